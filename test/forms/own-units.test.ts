import { expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'
import { person, twoUnits } from './two-units.ts'

const roster = twoUnits(
  person(
    'he',
    '何兼',
    { post: 'branch-secretary', branch: 'b1' },
    { post: 'branch-secretary', branch: 'b2' },
    { post: 'general-branch-secretary', generalBranch: 'g1' },
  ),
  person('sun', '孙单', { post: 'branch-secretary', branch: 'b3' }),
  person('liu', '刘总', { post: 'general-branch-secretary', generalBranch: 'g2' }),
)
const brand = '名称：先锋岗，阶段：培育，内容：党员带学生备赛'

it.each([
  ['软件', '软件教研室党支部'],
  ['网络教研室党支部', '网络教研室党支部'],
  ['信息工程学院党总支', '信息工程学院党总支'],
  ['信息', '信息工程学院党总支'],
])('who leads several units names one: %s', async (said, unit) => {
  const { says } = await sampleCollege('2022-06-15 10:00', roster)
  const answer = await says('何兼', `品牌 ${said}，${brand}`)
  expect(answer).toContain(unit)
  expect(answer).toMatch(/名称：先锋岗[^]*提交/)
  expect(answer).not.toMatch(/名称：.*(?:软件|网络|信息)/)
})

it('who leads several and names none, or another’s, is asked which', async () => {
  const { says } = await sampleCollege('2022-06-15 10:00', roster)
  for (const said of [brand, `机电学生 ${brand}`]) {
    const asked = await says('何兼', `品牌 ${said}`)
    for (const unit of ['软件教研室', '网络教研室', '信息工程']) expect(asked).toContain(unit)
    expect(asked).not.toMatch(/提交/)
    await says('何兼', '取消')
  }
})

it.each([
  ['孙单', '机电学生党支部'],
  ['刘总', '机电工程学院党总支'],
])('who leads one need not name it: %s', async (name, unit) => {
  const { says } = await sampleCollege('2022-06-15 10:00', roster)
  const answer = await says(name, `品牌 ${brand}`)
  expect(answer).toContain(unit)
  expect(answer).toMatch(/名称：先锋岗[^]*提交/)
})
