import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'
import { sample } from './played.ts'

describe('what waits for review', () => {
  it('is one merged reminder to 组织部 on the 4th working day of the oldest, and every third one after', async () => {
    const { says, hears, at, later } = await sampleCollege('2022-04-18 10:00')
    await says('杨晓东', '评分 软件 除3扣1，其余满分')
    await says('杨晓东', '提交')
    later('2022-04-19 10:00')
    await says('陈志刚', '评分 数控 除3扣1，其余满分')
    await says('陈志刚', '提交')
    await at('2022-04-19 12:00')
    const reads = hears('周组安')
    for (const day of ['20', '21', '22', '24', '25', '26']) {
      await at(`2022-04-${day} 09:07`)
      await at(`2022-04-${day} 15:00`)
    }
    expect(reads()).toEqual([
      '待审评分2张（机电工程学院1、信息工程学院1），最早的等了3个工作日。\n请回复“待审”。晚些提醒请说“明天上午提醒我”。',
      expect.stringContaining('待审评分2张（机电工程学院1、信息工程学院1），最早的等了6个工作日。'),
    ])
  })

  it('stands first in 帮助, and is told within the hour as one line of how many wait by then', async () => {
    const { says, hears, at, later } = await sampleCollege('2022-04-25 10:00')
    const reads = hears('周组安')
    await says('杨晓东', '评分 软件 除3扣1，其余满分')
    await says('杨晓东', '提交')
    for (const [name, branch] of [
      ['陈志刚', '数控'],
      ['刘慧敏', '物流'],
      ['黄雅琴', '艺术'],
    ] as const) {
      await says(name, `评分 ${branch} 全部满分`)
      await says(name, '提交')
    }
    expect(reads()).toHaveLength(1)
    expect(await says('袁秋月', '帮助')).toMatch(/^今天要办的：\n1\. 待审评分4张（.*），请回复“待审”。/)
    later('2022-04-25 10:30')
    await says('袁秋月', '备案 数控')
    await at('2022-04-25 11:00')
    expect(reads().slice(1)).toEqual([expect.stringMatching(/^待审评分3张（[^\n]*）。请回复“待审”。$/)])
  })

  it('is not told any more once all of it is filed', async () => {
    const { says, hears, at, later } = await sampleCollege('2022-04-25 10:00')
    await says('杨晓东', '评分 软件 全部满分')
    await says('杨晓东', '提交')
    await says('杨晓东', '评分 网络 全部满分')
    await says('杨晓东', '提交')
    const reads = hears('周组安')
    later('2022-04-25 10:30')
    await says('袁秋月', '全部备案 信息工程')
    await at('2022-04-25 11:00')
    await at('2022-04-25 12:00')
    expect(reads()).toEqual([])
  })
})

describe('what counts as settled', () => {
  it('does not hide a card returned after the hour of pushes, nor a seat that changed hands', async () => {
    const { says, hears, at, later, puts } = await sampleCollege('2022-04-25 10:00')
    for (const line of ['会计 全部满分', '电商 全部满分', '经管学生 全部满分', '物流 全部满分']) {
      await says('刘慧敏', `评分 ${line}`)
      await says('刘慧敏', '提交')
    }
    const liu = hears('刘慧敏')
    await at('2022-04-26 09:07')
    await at('2022-04-26 09:08')
    await at('2022-04-26 10:01')
    expect(liu()).toEqual([])
    later('2022-04-26 10:05')
    await says('周组安', '退回 会计 第3项请核实')
    await at('2022-04-26 10:06')
    expect(liu()).toEqual([expect.stringContaining('已退回'), expect.stringContaining('待评：会计教研室党支部')])
    const zeng = hears('曾雨薇')
    await at('2022-04-26 10:07')
    const chen = sample.people.find(({ name }) => name === '陈志刚')
    await puts({
      ...sample,
      people: sample.people.map((one) =>
        one.name === '曾雨薇'
          ? { ...one, seats: chen?.seats ?? [] }
          : one.name === '陈志刚'
            ? { ...one, seats: [] }
            : one,
      ),
    })
    await at('2022-04-26 10:08')
    expect(zeng()).toEqual([expect.stringContaining('支部评分 0/4')])
  })
})
