import { expect, it } from 'vitest'
import { importRoster } from '../../src/bot/roster-import/roster-import.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { college, without } from '../campaign/invented-college.ts'
import { textOf } from '../support/bots.ts'
import { onBothEngines } from '../support/engines.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'
import { talkingCollege } from '../support/talking-college.ts'

onBothEngines((open) => {
  it.each([
    ['a word', { kind: 'text', text: '你好' }],
    ['the words of a form', { kind: 'text', text: '评分 除3扣1，其余满分' }],
    ['a word of the menu', { kind: 'tap', button: 'help', picked: {} }],
    ['a tap of what is gone', { kind: 'tap', button: 'score:submit.1', picked: {} }],
  ] as const)('who comes later hears first what the year brings, after %s too, and once', async (_, what) => {
    const store = await open()
    const talking = await talkingCollege(store, { people: without('赵明远') })
    await importRoster(store, await rosterWorkbook({ people: college }), { campaign: campaignOf(plan2022) })
    const account = 'zhaomingyuan'
    const { rows } = await talking.bot.receive({ channel: 'wecom', account, once: '1', what })
    const texts = rows.filter(({ lane }) => lane === rows[0]?.lane).map(textOf)
    expect(texts[0]).toMatch(/^欢迎。“基层组织建设年”正在进行[^]*您今年的工作：[^]*例如回复“评分 /)
    expect(await talking.reads(account, '帮助')).not.toContain('欢迎')
    expect(await talking.reads('qianlixin', '帮助')).not.toContain('欢迎')
  })
})
