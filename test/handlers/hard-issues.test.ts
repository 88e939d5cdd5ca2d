import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const may = '2022-05-19 10:00'
async function raised() {
  const college = await sampleCollege(may)
  await college.says(
    '马建国',
    '月报 去了机电学生党支部，学习按期开展。解决了资料柜问题。难点：机房投影损坏，请党委研究。',
  )
  expect(await college.says('马建国', '提交')).toMatch(/已提交/)
  return college
}

describe('a hard issue', () => {
  it('stands on the list from submission on, is decided, answered, and told to who raised it', async () => {
    const { says, hears } = await raised()
    expect(await says('邓书文', '议题')).toMatch(/1 5月 马建国 机电学生党支部：机房投影损坏.*（待上会）/)
    const raiser = hears('马建国')
    expect(await says('邓书文', '议题 1 决定 由后勤处更换投影，负责人孙处长，6月30日前')).toMatch(
      /已记下[^]*（已决定，6月30日前）/,
    )
    expect(await says('邓书文', '议题1 答复 新投影已装好')).toMatch(/已答复/)
    expect(raiser().join('\n')).toMatch(/党委已决定：由后勤处更换投影[^]*有答复了：新投影已装好/)
    expect(await says('邓书文', '议题')).toMatch(/没有待办的议题/)
    expect(await says('邓书文', '议题 全部')).toContain('（已答复）')
    expect(await says('邓书文', '进度')).toContain('议题 1/1')
  })

  it('is answered once: who comes second is told who did it; 退回 opens it as it was', async () => {
    const { says, hears } = await raised()
    await says('邓书文', '议题 1 答复 已装好')
    const raiser = hears('马建国')
    expect(await says('周组安', '议题 1 答复 已更换')).toMatch(/已由邓书文在5月19日（周四）答复：已装好/)
    expect(raiser()).toEqual([])
    expect(await says('周组安', '议题 1 退回 投影颜色不正')).toMatch(/（待上会）/)
    expect(await says('周组安', '议题 1 退回 再来')).toMatch(/还没有答复/)
  })

  it('a date that is none or past is asked back and nothing is written', async () => {
    const { says } = await raised()
    expect(await says('邓书文', '议题 1 决定 更换，6月31日前')).toMatch(/没有“6月31日前”这一天/)
    expect(await says('邓书文', '议题 1 决定 更换，4月30日前')).toMatch(/已经过去了/)
    expect(await says('邓书文', '议题')).toContain('（待上会）')
    expect(await says('邓书文', '议题 9 答复 好了')).toMatch(/没有第9号议题/)
    expect(await says('赵明远', '议题')).toContain('无权')
  })

  it('each of several in one message is its own; who has two of one is asked', async () => {
    const { says, hears } = await raised()
    await says('高文静', '月报 去了机电教工第一，学习正常。解决了场地问题。难点：党费系统登录不上。')
    await says('高文静', '提交')
    const first = hears('马建国')
    await says('邓书文', '议题 1 答复 已换\n议题 2 答复 已修')
    expect(first().join('\n')).toMatch(/有答复了：已换/)
    expect(first().join('\n')).not.toContain('已修')
    expect(await says('邓书文', '议题 全部')).toMatch(/（已答复）\n　答复：已修/)
    expect(await says('邓书文', '议题 1 退回 再看\n议题 1 答复 好了')).toMatch(/说了两次，都还没有记下/)
    expect(await says('邓书文', '议题 1、2 退回 没有解决')).toMatch(/1 5月[^]*（待上会）[^]*2 5月[^]*（待上会）/)
  })

  it('what lacks may be said alone afterwards, and what is unclear is asked', async () => {
    const { says } = await raised()
    expect(await says('邓书文', '议题 1 决定 由后勤处更换')).toMatch(/没有写明负责人和时限/)
    expect(await says('邓书文', '负责人孙处长，6月15日前')).toMatch(
      /（已决定，6月15日前）[^]*由后勤处更换，负责人孙处长/,
    )
    expect(await says('邓书文', '议题 1 撤销 会上没有通过')).toMatch(/已撤销[^]*（待上会）/)
    expect(await says('邓书文', '议题 1 已经好了')).toMatch(/“已经好了”是决定、答复还是退回/)
    expect(await says('邓书文', '答复')).toMatch(/答复：已经好了/)
    expect(await says('邓书文', '议题 1 退回')).toMatch(/请在后面写上内容/)
    expect(await says('邓书文', '颜色不正')).toMatch(/重新办理[^]*（待上会）/)
    expect(await says('邓书文', '议题 1 决定 由李主任负责，月底前完成')).toMatch(
      /已决定，5月31日前）\n　决定：由李主任负责，月底前完成$/,
    )
  })

  it('that its author takes out of the report is withdrawn and counts no more', async () => {
    const { says } = await raised()
    await says('马建国', '月报 5月 去了机电学生党支部，学习按期开展。解决了资料柜问题。没有难点。')
    await says('马建国', '提交')
    expect(await says('邓书文', '议题 全部')).toContain('机房投影损坏')
  })
})
