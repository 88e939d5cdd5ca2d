import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { readApproval } from '../../src/campaign/reading/read-approval.ts'
import type { Bands } from '../../src/campaign/scores/rubric.ts'

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const bands: Bands = {
  upper: [
    { name: '好', from: 90, words: '' },
    { name: '较好', from: 75, words: '' },
  ],
  lowest: { name: '差', words: '' },
}
const read = (text: string): string => {
  const said = readApproval(text, bands, {
    today: day('2024-10-10'),
    starts: day('2024-03-01'),
    ends: day('2024-12-31'),
    happened: true,
  })
  if (said.kind === 'unread') return `？${said.why}`
  if (said.kind === 'back') return `退回：${said.reason}`
  const on = said.on ? ` ${said.on.toString()}` : ''
  return said.kind === 'agreed' ? `同意${on}` : `${said.band}：${said.reason}${on}`
}

describe('what was decided, as it is said', () => {
  it.each([
    ['同意', '同意'],
    ['同意党总支意见。', '同意'],
    ['10月9日同意', '同意 2024-10-09'],
    ['昨天，同意总支的建议', '同意 2024-10-09'],
    ['同意，10月9日', '同意 2024-10-09'],
    ['１０月９日 同意', '同意 2024-10-09'],
    ['较好', '较好：'],
    ['较好党支部，理由：10月3日的会议没有记录。', '较好：10月3日的会议没有记录'],
    ['10.9 改定为差 因为材料不实', '差：材料不实 2024-10-09'],
    ['定为好', '好：'],
    ['退回 第3项请核实。', '退回：第3项请核实'],
    ['退回', '退回：'],
    ['', '？'],
    ['10月9日', '？'],
    ['不同意', '？“不同意”没有读懂'],
    ['同意但要整改', '？“但要整改”没有读懂'],
    ['六星', '？“六星”没有读懂'],
    ['12月1日同意', '？“12月1日”还没到，请办完以后再记。'],
    ['10月32日同意', '？没有“10月32日”这一天，应是哪一天？'],
  ])('%s', (text, meant) => expect(read(text)).toBe(meant))
})
