import { expect, it } from 'vitest'
import { laggingCollege } from '../support/lagging-college.ts'

const heardOn = async (college: Awaited<ReturnType<typeof laggingCollege>>, name: string, moment: string) => {
  const heard = college.hears(name)
  await college.at(moment)
  return heard().join('\n')
}

it('sponsor and helper are asked of 组织部 the working day before and on the 5th after filing', async () => {
  const college = await laggingCollege()
  expect(await heardOn(college, '周组安', '2022-04-28 09:07')).not.toContain('包扶')
  expect(await heardOn(college, '周组安', '2022-05-05 09:07')).toMatch(
    /包扶委员和帮扶支部，今天5月5日（周四）到期[^]*网络教研室/,
  )
  await college.says('周组安', '后进 网络 包扶 宋志明 帮扶 软件')
  expect(await heardOn(college, '周组安', '2022-05-06 09:07')).not.toContain('包扶委员和帮扶支部')
})

it('measures are asked of the branch secretary, then told to the general branch', async () => {
  const college = await laggingCollege()
  await college.says('周组安', '后进 网络 包扶 宋志明 帮扶 软件')
  expect(await heardOn(college, '郑雨桐', '2022-04-27 09:07')).toMatch(/整改措施，5月5日（周四）前/)
  const general = college.hears('杨晓东')
  expect(await heardOn(college, '郑雨桐', '2022-05-05 09:07')).toMatch(/整改措施，今天5月5日（周四）到期/)
  await college.at('2022-05-06 09:07')
  expect(general().join('\n')).toMatch(/整改措施已到期，还有1个支部没有提出。[^]*网络教研室/)
})

it('the sponsor reads in the monthly prompt which branch; 组织部 and 党委书记 are warned in November and December', async () => {
  const college = await laggingCollege()
  await college.says('周组安', '后进 网络 包扶 宋志明 帮扶 软件')
  expect(await heardOn(college, '宋志明', '2022-05-24 09:07')).toMatch(/您包扶的支部：网络教研室党支部（措施未提出）/)
  const first = college.hears('许一鸣')
  expect(await heardOn(college, '周组安', '2022-11-01 09:07')).toMatch(
    /后进转化率 0\/1，目标50%以上，还要转化1个[^]*还没有复评：网络教研室/,
  )
  expect(first().join('\n')).toMatch(/还要转化1个/)
  await college.says('周组安', '复评 后进')
  await college.says('杨晓东', '评分 网络 全部满分')
  await college.says('杨晓东', '提交')
  await college.says('周组安', '备案 网络')
  expect(await heardOn(college, '周组安', '2022-12-01 09:07')).not.toContain('转化率')
})

it('a visit to the branch that one sponsors counts as a visit of one’s own, though it is no liaison branch', async () => {
  const college = await laggingCollege()
  const visit = '去了网络教研室，整改已经开始，学习按月开展，没有难点'
  expect(await college.says('宋志明', visit)).not.toMatch(/联系支部：网络教研室/)
  await college.says('宋志明', '取消')
  await college.says('周组安', '后进 网络 包扶 宋志明 帮扶 软件')
  expect(await college.says('宋志明', visit)).toMatch(/联系支部：网络教研室党支部/)
  expect(await college.says('宋志明', '提交')).toContain('已提交')
  const told = college.hears('周组安')
  await college.at('2022-05-05 09:07')
  expect(told().join('\n')).toMatch(/还没交|没交/)
  expect(told().join('\n')).not.toContain('宋志明')
})
