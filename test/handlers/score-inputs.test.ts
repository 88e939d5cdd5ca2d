import { expect, it } from 'vitest'
import { readInputs } from '../../src/campaign/reading/read-appraisal.ts'
import { sampleCollege } from '../support/sample-college.ts'

it.each([
  ['年度考核 优秀', { annual: '优秀' }],
  ['年度考核结果为良好', { annual: '良好' }],
  ['调查摸底：党员23人，流动2人；台账齐全', { survey: '党员23人，流动2人；台账齐全' }],
  [
    '年度考核 优秀\n调查摸底 台账齐全；群众评议 92%，来源：问卷',
    { annual: '优秀', survey: '台账齐全', appraisal: { percent: 92, source: '问卷' } },
  ],
  ['年度考核', undefined],
  ['第3项4，年度考核优秀', undefined],
])('%s', (text, inputs) => expect(readInputs(text)).toEqual(inputs))

it('年度考核 and 调查摸底 are kept beside the card and never reckoned; the reviewer reads them', async () => {
  const { says } = await sampleCollege('2022-04-25 10:00')
  await says('刘慧敏', '评分 会计 除3扣1，其余满分')
  expect(await says('刘慧敏', '年度考核 优秀')).toMatch(/总分 99 分，定级：先进[^]*年度考核：优秀/)
  expect(await says('刘慧敏', '调查摸底 党员23人，台账齐全')).toMatch(/年度考核：优秀\n调查摸底：党员23人，台账齐全/)
  expect(await says('刘慧敏', '提交')).toMatch(/已提交.*\n?.*99 分/)
  expect(await says('刘慧敏', '年度考核 良好')).toMatch(/年度考核：良好[^]*调查摸底：党员23人/)
  await says('刘慧敏', '提交')
  expect(await says('周组安', '待审 会计')).toMatch(/年度考核：良好\n调查摸底：党员23人，台账齐全/)
})

it('where nothing is being scored it is said how, and nothing is kept', async () => {
  const { says } = await sampleCollege('2022-04-25 10:00')
  for (const said of ['群众评议', '群众评议 92%，来源：座谈会', '年度考核 优秀', '会计 年度考核 优秀'])
    expect(await says('刘慧敏', said)).toMatch(/要和分数放在一起，还没有记下。请先回复“评分 会计教研室”/)
  expect(await says('周组安', '群众评议 92%')).toMatch(/您可以回复/)
})

it('of several cards it is asked which one such a word belongs to, before the submission and after it', async () => {
  const { says } = await sampleCollege('2022-04-25 10:00')
  await says('杨晓东', '评分 软件 除3扣1，其余满分\n网络 除3扣2，其余满分')
  expect(await says('杨晓东', '群众评议 92%，来源：座谈会')).toMatch(/这是哪个支部的分数/)
  await says('杨晓东', '网络')
  await says('杨晓东', '提交')
  expect(await says('杨晓东', '年度考核 优秀')).toMatch(/这是哪个支部的分数/)
  await says('杨晓东', '软件')
  await says('杨晓东', '提交')
  await says('周组安', '待审 信息')
  expect(await says('周组安', '逐个看')).toMatch(/软件教研室党支部[^]*年度考核：优秀/)
  expect(await says('周组安', '下一个')).toMatch(/网络教研室党支部[^]*群众评议满意度 92%（第17项旁注，来源：座谈会）/)
})
