import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const may = '2022-05-20 10:00'

describe('the task list', () => {
  it('shows each owner the own tasks by their current milestone, and takes in one message how far one is', async () => {
    const { says } = await sampleCollege(may)
    const list = await says('陈志刚', '任务')
    expect(list).toMatch(/^1 厘清支部划分 5月31日（周二）前 未开始$/m)
    expect(list).toMatch(/^2 党支部等级评定 4月30日（周六）前 0\/4 自动$/m)
    expect(list).toMatch(/^4 完善党委制度汇编 12月31日（周六）前 未开始$/m)
    expect(list).not.toContain('党委委员讲党课')
    expect(await says('陈志刚', '任务 1 征求了各支部意见')).toMatch(
      /已记下[^]*1 厘清支部划分 5月31日（周二）前 进行中：征求了各支部意见/,
    )
    expect(await says('陈志刚', '任务1 12月 已开始摸底')).toMatch(/1 厘清支部划分 12月31日（周六）前 进行中/)
    expect(await says('陈志刚', '任务')).toMatch(/^1 厘清支部划分 5月31日（周二）前 进行中$/m)
    expect(await says('陈志刚', '任务 1 已完成 已报组织部')).toMatch(/1 厘清支部划分 5月31日（周二）前 已完成/)
    expect(await says('陈志刚', '任务 撤销 1 5月 报错了')).toMatch(/已撤销[^]*5月31日（周二）前 未开始/)
  })

  it('takes several tasks of one message apart, and a number as people write it', async () => {
    const { says } = await sampleCollege(may)
    const both = await says('陈志刚', '任务 1 已完成\n任务 4 进行中 在收集')
    expect(both).toMatch(/1 厘清支部划分 5月31日（周二）前 已完成$/m)
    expect(both).toMatch(/4 完善党委制度汇编 12月31日（周六）前 进行中：在收集/)
    const line = await says('陈志刚', '任务 1 5月 已完成；任务 4 已完成')
    expect(line).toMatch(/1 厘清支部划分 5月31日（周二）前 已完成$[^]*4 完善党委制度汇编[^\n]*已完成$/m)
    expect(await says('陈志刚', '任务 4、9 已完成')).toMatch(/4 完善党委制度汇编[^\n]*已完成$[^]*9 [^\n]*已完成$/m)
    expect(await says('陈志刚', '任务 9 已完成\n1.建了活动室\n2.做了展板')).toMatch(/9 [^\n]*已完成：1.建了活动室/)
    expect(await says('陈志刚', '任务 4 未开始\n任务 4 已完成')).toMatch(/说了两次，都还没有记下/)
    for (const said of [
      '任务 1. 进行中',
      '任务 ①进行中',
      '任务 （1）进行中',
      '任务 第1项 进行中',
      '任务 一 进行中',
      '任务一进行中',
      '任务第一项 进行中',
      '任务①进行中',
    ])
      expect(await says('陈志刚', said)).toMatch(/1 厘清支部划分 5月31日（周二）前 进行中$/m)
    expect(await says('陈志刚', '任务一')).toMatch(/^1 厘清支部划分 5月31日（周二）前 进行中$/m)
    const lines = await says('陈志刚', '任务一 已完成\n任务四 进行中')
    expect(lines).toMatch(/1 厘清支部划分[^\n]*已完成$[^]*4 完善党委制度汇编[^\n]*进行中$/m)
    expect(await says('陈志刚', '任务 9 撤销 报错了')).toMatch(/已撤销[^]*9 [^\n]*未开始/)
    expect(await says('陈志刚', '任务 撤销 任务4 报错了')).toMatch(/已撤销[^]*4 [^\n]*未开始/)
  })

  it('says of what is counted only the figure, and refuses what is another’s', async () => {
    const { says } = await sampleCollege(may)
    expect(await says('陈志刚', '任务 2 已完成')).toMatch(/自动统计，目前0\/4/)
    expect(await says('周组安', '任务 7 已完成')).toMatch(/自动统计，目前覆盖 0\/\d+（线上0，线下0）/)
    expect(await says('马建国', '任务 8 已完成')).toMatch(/自动统计，目前0\/2/)
    expect(await says('周组安', '任务 11 已完成')).toMatch(/无权报任务11.*由党委委员办理/)
    expect(await says('赵明远', '任务 1 已完成')).toMatch(/无权报任务1.*由党总支书记办理/)
  })

  it('takes an earlier milestone, late, and says that it is open', async () => {
    const { says } = await sampleCollege('2022-06-01 10:00')
    const list = await says('陈志刚', '任务')
    expect(list).toMatch(/1 厘清支部划分 12月31日（周六）前 未开始\n.*5月的还没有完成/)
    expect(await says('陈志刚', '任务 1 5月 已完成')).toMatch(/已记下。记为6月1日（逾期1个工作日）/)
    expect(await says('陈志刚', '任务')).not.toContain('还没有完成')
  })

  it('is counted owner by task in 进度, and named in 谁没交任务', async () => {
    const { says } = await sampleCollege(may)
    const before = /任务 (\d+)\/(\d+)/.exec(await says('周组安', '进度'))
    expect(before?.[1]).toBe('0')
    await says('陈志刚', '任务 1 已完成')
    expect(await says('周组安', '进度')).toContain(`任务 1/${before?.[2]}`)
    expect(await says('周组安', '谁没交任务')).toMatch(/陈志刚（4、5、9）/)
    expect(await says('陈志刚', '进度')).toMatch(/任务 1\//)
  })

  it('reminds who has not, five working days before; what is done is not asked', async () => {
    const { says, at, hears } = await sampleCollege(may)
    await says('陈志刚', '任务 1 已完成')
    const done = hears('陈志刚')
    const open = hears('刘慧敏')
    await at('2022-05-24 09:07')
    expect(open().join('\n')).toMatch(/任务1 厘清支部划分，5月31日（周二）前，还有5个工作日。[^]*“任务 1 已完成”/)
    expect(done().join('\n')).not.toContain('厘清支部划分')
  })
})
