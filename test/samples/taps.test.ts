import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { CampaignFile } from '../../src/campaign/plan/campaign-file.ts'
import { aibotSocket, aibotUrl } from '../conversations/drivers/aibot.ts'
import { wecom } from '../conversations/drivers/wecom.ts'
import { Running } from '../conversations/running.ts'
import { sampleOf } from './sample.ts'

const { roster, text } = sampleOf('G')

/** G with as many items as a checklist of WeCom holds: its first four sections, each 25 %. */
function shorter(): string {
  const file = CampaignFile.parse(parse(text))
  const sections = file.rubric.sections.slice(0, 4).map((section) => ({ ...section, share: 0.25 }))
  return stringify({ ...file, rubric: { ...file.rubric, sections } })
}

it.each([wecom, aibotUrl, aibotSocket])(
  'levels are chosen by taps on $name: checklist, a button a level, confirmation, submission',
  async (driver) => {
    const folder = await mkdtemp(join(tmpdir(), 'levels-'))
    const campaign = join(folder, 'campaign.yaml')
    await writeFile(campaign, shorter())
    const phones = await driver.open(
      roster.people.flatMap(({ accounts }) => accounts.wecom ?? []),
      [],
    )
    const running = await Running.in({
      ...phones.env,
      CAMPAIGN_FILE: campaign,
      ROSTER_FILE: 'campaigns/samples/G/roster.xlsx',
    })
    // In the evening nothing is pushed in between.
    await phones.connect(await running.start('2024-09-18T21:00:00+08:00'))
    const grader = roster.people.find(({ name }) => name === '金书文')?.accounts.wecom ?? ''
    const screen = async (): Promise<string> => {
      await running.quiet()
      return phones.seen.findLast(({ to }) => to === grader)?.lines.join('\n') ?? ''
    }
    await phones.says(grader, '评分 作物教研室')
    await expect.poll(screen, { timeout: 15_000 }).toMatch(/打勾＝好[^]*☑ 20 安全稳定\n\[下一步\]/)
    await phones.unticks(grader, [3, 8])
    await expect
      .poll(screen, { timeout: 15_000 })
      .toMatch(/第3项 阵地管理[^]*之后还有1项[^]*\[好\] \[较好\] \[一般\] \[差\]/)
    expect(await phones.taps(grader, '较好')).toBe(1)
    await expect.poll(screen, { timeout: 15_000 }).toMatch(/第8项 发展党员[^]*\[好\] \[较好\] \[一般\] \[差\]/)
    expect(await phones.taps(grader, '差')).toBe(1)
    await expect.poll(screen, { timeout: 15_000 }).toMatch(/组织建设 20 20 0 20 20 ＝80[^]*总分 93\.8 分，定级：优秀/)
    // What a card of 智能机器人 cannot hold stands in a message before it; a bot that only answers says all of it as text.
    const said = phones.seen.filter(({ to }) => to === grader).flatMap(({ lines }) => lines)
    expect(said).toContain('不是“好”：3 阵地管理 较好、8 发展党员 差')
    if ((await phones.taps(grader, '提交')) === undefined) await phones.says(grader, '提交')
    await expect.poll(screen, { timeout: 15_000 }).toContain('作物教研室党支部已提交：总分 93.8 分，定级：优秀')
    expect(phones.violations).toEqual([])
    expect(running.errors).toEqual([])
    await running.end()
    await phones.close()
    await rm(folder, { recursive: true, force: true })
  },
  60_000,
)
