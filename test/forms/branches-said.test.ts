import { expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'
import { person, twoUnits } from './two-units.ts'

const roster = twoUnits(person('he', '何评', { post: 'general-branch-secretary', generalBranch: 'g1' }))
const refused = '无权给这个支部评分。您可以评分的支部：软件教研室党支部、网络教研室党支部。'

it.each<[said: string, answer: RegExp]>([
  ['评分 机电学生 全部满分', new RegExp(`^${refused}$`)],
  [
    '评分 软件 全部满分\n机电学生 全部满分',
    new RegExp(`^${refused}[^]*软件教研室党支部 · 党总支评分[^]*总分 100 分[^]*“提交”`),
  ],
  ['评分 软件 除3扣1，其余满分\n网络 全部满分', /^2个支部评分\n软件教研室 99 分.*\n网络教研室 100 分/],
  ['评分软件教研室全部满分', /^软件教研室党支部 · 党总支评分[^]*总分 100 分/],
  ['评分软件教研室', /^软件教研室评分\n软件教研室党支部，共18项/],
  ['评分软件教研室好', /^今天要办的/],
  ['评分标准', /^今天要办的/],
  ['评分机电学生全部满分', /^这是哪个支部的分数[^]*1\. 软件教研室\n2\. 网络教研室/],
  ['评分 教研室 全部满分', /^是哪个支部\n[^]*1\. 软件教研室\n2\. 网络教研室/],
  ['评分 食堂 全部满分', /^没有找到这个支部，请选择\n[^]*1\. 软件教研室\n2\. 网络教研室/],
])('%j is answered for the branches that are one’s own', async (said, answer) => {
  const { says } = await sampleCollege('2022-04-25 10:00', roster)
  expect(await says('何评', said)).toMatch(answer)
})
