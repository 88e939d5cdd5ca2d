import { expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const three = '评分 软件 除3扣1，其余满分\n网络 除3扣2，其余满分\n大数据 全部满分'

it('a part of an offered name is as good as a tap: the score goes to that branch, and nothing else is lost', async () => {
  const { says } = await sampleCollege('2022-04-25 10:00')
  await says('杨晓东', three)
  expect(await says('杨晓东', '第4项3')).toMatch(/这是哪个支部的分数/)
  expect(await says('杨晓东', '软件')).toMatch(/软件教研室 97 分[^]*网络教研室 98 分[^]*大数据教研室 100 分/)
  expect(await says('杨晓东', '提交')).toMatch(/已提交/)
})

it('after 修改 and a part of a name the next score is of the branch that is shown', async () => {
  const { says } = await sampleCollege('2022-04-25 10:00')
  await says('杨晓东', three)
  expect(await says('杨晓东', '修改')).toMatch(/改哪个支部/)
  expect(await says('杨晓东', '网络')).toMatch(/网络教研室党支部/)
  expect(await says('杨晓东', '第2项4')).toMatch(/软件教研室 99 分[^]*网络教研室 97 分[^]*大数据教研室 100 分/)
  expect(await says('杨晓东', '第2项4')).toMatch(/这是哪个支部的分数/)
})
