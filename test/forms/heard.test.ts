import { expect, it } from 'vitest'
import { campaignOf, changed, plan2022 } from '../campaign/campaign-files.ts'
import { sampleCollege } from '../support/sample-college.ts'
import { withMembers as roster } from './two-units.ts'

const named = campaignOf(changed(plan2022, [[['switches', 'namesInGroupsAfterDeadline'], true]]))
const report = '到了软件教研室，组织生活正常。解决了经费问题。难点：无'

/** The part of what came to somebody at a moment that is about one thing. */
async function heard(to: string, { from, at, about, campaign, given = [] }: Heard): Promise<string | undefined> {
  const { says, at: comes, later, college } = await sampleCollege(from, roster, campaign)
  for (const [who, text] of given) {
    await says(who, text)
    await says(who, '提交')
  }
  later(at.replace(/..:..$/, '08:00'))
  await comes(at)
  const arrived = college.door.to(to).find((one) => one.text.includes(about))
  return arrived?.text.slice(arrived.text.indexOf(about))
}
type Heard = {
  from: string
  at: string
  about: string
  campaign?: ReturnType<typeof campaignOf>
  given?: readonly (readonly [who: string, text: string])[]
}
const april = { from: '2022-04-25 10:00', about: '4月联系支部报告' }
const one = [['罗委', `月报 ${report}`]] as const

it.each<[what: string, Heard, text: RegExp | undefined]>([
  [
    'counts before the deadline, and no name',
    { ...april, at: '2022-04-29 09:07', campaign: named, given: one },
    /^4月联系支部报告 4月30日（周六）到期，今天4月29日（周五）是最后一个工作日，已交 1\/2。\n请各党总支书记.*回复“评分”。请各位委员在与我的对话里直接回复报告。$/,
  ],
  [
    'no name after it',
    { ...april, at: '2022-05-05 09:07' },
    /^4月联系支部报告 .*逾期1个工作日，已交 0\/2。\n请各[^马罗]*$/,
  ],
  [
    'names after it if they are switched on',
    { ...april, at: '2022-05-05 09:07', campaign: named },
    /^4月联系支部报告 .*逾期1个工作日，已交 0\/2。\n +还没交：马委、罗委\n请各/,
  ],
  [
    'only the names of those who are late',
    { ...april, at: '2022-05-05 09:07', campaign: named, given: one },
    /^4月联系支部报告 .*逾期1个工作日，已交 1\/2。\n +还没交：马委\n请各/,
  ],
  [
    'nothing if all have answered',
    { ...april, at: '2022-04-29 09:07', given: [...one, ['马委', `月报 ${report}`]] },
    undefined,
  ],
])('a group hears %s', async (_, said, text) => {
  const answer = await heard('#all', said)
  if (text) expect(answer).toMatch(text)
  else expect(answer).toBeUndefined()
})

it.each<[who: string, Heard, text: RegExp]>([
  [
    'deng',
    { ...april, at: '2022-05-05 09:07' },
    /^4月联系支部报告已到期，还有2位未交。\n +马委、罗委\n[^]*汇总请回复“月报汇总 4月”。/,
  ],
  [
    'deng',
    { ...april, at: '2022-05-05 09:07', given: one },
    /^4月联系支部报告已到期，还有1位未交。\n +马委\n[^]*汇总请回复“月报汇总 4月”。/,
  ],
  [
    'he',
    { from: '2022-06-20 10:00', at: '2022-07-01 09:07', about: '2季度季报' },
    /^2季度季报已到期，还有2个支部未交。\n +软件教研室党支部、网络教研室党支部\n[^]*已交的和本总支情况请回复“季报”。/,
  ],
])('who is above hears once who is late: %s', async (who, said, text) => {
  expect(await heard(who, said)).toMatch(text)
})
