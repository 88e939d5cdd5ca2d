import { expect, it } from 'vitest'
import { laggingCollege, lowScores } from '../support/lagging-college.ts'

it('复评 is a round of its own beside the first, filed like it', async () => {
  const { says, hears } = await laggingCollege()
  expect(await says('杨晓东', '评分 网络 全部满分')).toMatch(/已备案/)
  const grader = hears('杨晓东')
  expect(await says('周组安', '复评 后进')).toMatch(/已记下：网络教研室党支部（第2轮）开始复评/)
  expect(await says('周组安', '复评 网络')).toMatch(/第2轮复评还没有备案/)
  expect(await says('周组安', '进度')).toMatch(/评分 2\/\d+\n复评 0\/1/)
  expect(await says('周组安', '谁没交复评')).toContain('网络教研室')
  expect(await says('杨晓东', '评分 网络 除1扣2、17得0，其余满分')).toMatch(/复评[^]*总分 88 分[^]*第1轮 60 分 后进/)
  await says('杨晓东', '提交')
  expect(await says('周组安', '待审 网络')).toMatch(/复评（第2轮），第1轮 60 分 后进/)
  expect(await says('周组安', '退回 网络 第17项请核实')).toMatch(/已退回/)
  expect(await says('杨晓东', '评分 网络')).toMatch(/退回意见：第17项请核实/)
  await says('杨晓东', '第17项3')
  expect(await says('杨晓东', '提交')).not.toMatch(/逾期/)
  expect(await says('周组安', '备案 网络')).toMatch(/已备案/)
  expect(await says('周组安', '进度')).toMatch(/复评 1\/1/)
  expect(await says('周组安', '历史 网络')).toMatch(
    /提交评分第1版，60 分 后进[^]*提交复评第1版，88 分 先进[^]*备案复评/,
  )
  expect(await says('周组安', '复评 网络')).toMatch(/第2轮不是后进/)
  expect(grader().join('\n')).toMatch(/组织部安排复评：网络教研室党支部。请重新评分，回复“评分 网络教研室”/)
})

it('复评 begins nothing for a branch without a filed round, and a third where the second is 后进', async () => {
  const { says } = await laggingCollege()
  expect(await says('周组安', '复评 信息学生')).toMatch(/没有开始：信息学生还没有备案的评分/)
  expect(await says('杨晓东', '复评 网络')).toContain('无权')
  await says('周组安', '复评 网络')
  for (const round of [2, 3]) {
    await says('杨晓东', `评分 ${lowScores}`)
    await says('杨晓东', '提交')
    await says('周组安', '备案 网络')
    expect(await says('周组安', '复评 网络')).toContain(`第${round + 1}轮`)
  }
})

it('no self-score is asked or taken in 复评', async () => {
  const { says } = await laggingCollege()
  await says('周组安', '复评 网络')
  expect(await says('郑雨桐', '评分 全部满分')).toMatch(/不再收支部自评/)
})
