import { expect } from 'vitest'
import { sampleCollege } from './sample-college.ts'

export const lowScores = '网络 除1扣5、2扣5、3扣5、4扣5，17得0，18得0，其余满分' // 60

/** The sample college on Monday, 25 April: 网络教研室 (郑雨桐) is filed as 后进, 软件教研室 (杨晓东) as 先进. */
export async function laggingCollege() {
  const college = await sampleCollege('2022-04-25 10:00')
  const { says } = college
  expect(await says('杨晓东', `评分 ${lowScores}\n软件 除3扣1，其余满分`)).toMatch(/60 分 后进/)
  await says('杨晓东', '提交')
  expect(await says('周组安', '备案 网络、软件')).toMatch(/已备案/)
  college.later('2022-04-25 14:00')
  return college
}
