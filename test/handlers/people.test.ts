import { describe, expect, it } from 'vitest'
import { isCourtesy } from '../../handlers/courtesy.ts'
import { awayUntil } from '../../src/bot/pushes/reminders.ts'
import { delegations } from '../../src/bot/records/delegations.ts'
import { sample } from '../schedules/played.ts'
import { sampleCollege } from '../support/sample-college.ts'

describe('收到 and the like', () => {
  it.each([
    '收到',
    '好的',
    '谢谢',
    '收到，谢谢！',
    '好的好的',
    '知道了',
    '👌',
    'OK',
    '收到[抱拳]',
    '嗯嗯',
    '辛苦了',
    '谢谢您',
  ])('%s is one', (text) => expect(isCourtesy(text)).toBe(true))
  it.each(['收到通知后开会', '好的支部要表扬', '谢谢组织部的同志', '了', '行政', '', '3', '可以申报吗'])(
    '%s is none',
    (text) => expect(isCourtesy(text)).toBe(false),
  )

  it('get one line with the next open duty, and say where something is not submitted', async () => {
    const { says } = await sampleCollege('2022-04-26 10:00')
    expect(await says('马建国', '收到')).toBe(
      '好的。接下来：4月联系支部报告，4月30日（周六）到期，最后一个工作日4月29日（周五），还有3个工作日。',
    )
    expect(await says('曾雨薇', '谢谢')).toBe('好的。')
    await says('马建国', '月报 4月 到了网络教研室，组织生活正常。解决：无。难点：无')
    expect(await says('马建国', '好的')).toMatch(/还没有提交/)
    await says('马建国', '提交')
    expect(await says('马建国', '好的，谢谢')).toBe('好的。')
  })
})

describe('leave', () => {
  it('pauses reminders to its end; 销假 ends it, and the superior hears of both', async () => {
    const { says, hears, at } = await sampleCollege('2022-04-22 10:00')
    const deng = hears('邓书文')
    const ma = hears('马建国')
    expect(await says('马建国', '请假到5月6日')).toMatch(/^好的，到5月6日（周五）不再提醒您，已告知邓书文。/)
    await at('2022-04-24 09:07')
    expect(ma().filter((text) => text.includes('联系支部报告'))).toEqual([])
    await at('2022-04-27 10:00')
    expect(await says('马建国', '提前回来了，销假')).toMatch(/已销假，提醒恢复，已告知邓书文/)
    expect(await says('马建国', '销假')).toContain('目前没有请假')
    await at('2022-04-28 09:07')
    expect(ma().filter((text) => text.includes('联系支部报告，'))).toHaveLength(1)
    expect(deng().join('\n')).toMatch(/马建国请假到5月6日[^]*马建国已销假/)
  })

  it('that lies ahead pauses nothing before it begins', async () => {
    const { store, hears, at } = await sampleCollege('2022-04-22 10:00')
    const ma = sample.people.find(({ name }) => name === '马建国')?.id ?? ''
    await store.commit([{ put: awayUntil.key(ma), value: { from: '2022-04-27', until: '2022-05-20' } }])
    const heard = hears('马建国')
    await at('2022-04-24 09:07')
    expect(heard()).toHaveLength(1)
    await at('2022-04-28 09:07')
    await at('2022-04-29 09:07')
    expect(heard()).toHaveLength(1)
  })
})

describe('a delegation', () => {
  const filled = '代填 马建国 到了网络教研室，组织生活正常。解决：无。难点：无'
  it('ends with its duty', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    expect(await says('马建国', '让邓书文代填')).toContain('30天后自动结束')
    expect(await says('邓书文', filled)).toContain('请马建国核对')
    await says('马建国', '月报 4月')
    await says('马建国', '提交')
    expect(await says('邓书文', filled)).toBe('目前没有人请您代填。')
  })

  it('ends after 30 days, and as said', async () => {
    const { says, hears, later } = await sampleCollege('2022-04-25 10:00')
    await says('马建国', '让邓书文代填')
    const deng = hears('邓书文')
    expect(await says('马建国', '不用代填了')).toContain('不再由邓书文代填')
    expect(deng()).toEqual(['马建国说不用代填了，谢谢。'])
    expect(await says('邓书文', filled)).toBe('目前没有人请您代填。')
    expect(await says('马建国', '不用代填了')).toBe('目前没有请人代填。')
    await says('马建国', '让邓书文代填')
    later('2022-05-26 10:00')
    expect(await says('邓书文', filled)).toBe('目前没有人请您代填。')
  })
})

describe('scores that somebody else fills in', () => {
  it('need no name of the branch where the principal has only one', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    await says('赵明远', '让钱立新代填评分')
    expect(await says('钱立新', '代填 赵明远 除3扣1，其余满分')).toMatch(/已记下机电教工第一党支部评分/)
    expect(await says('钱立新', '代填 赵明远 机电学生 全部满分')).toMatch(/没有读懂是哪个支部/)
  })
  it('of two branches in one message are refused as a whole, so that none is passed over', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    await says('陈志刚', '让赵明远代填评分')
    const two = '代填 陈志刚 机电教工第一 除3扣1，其余满分\n机电教工第二 全部满分'
    expect(await says('赵明远', two)).toMatch(/请每个支部发一条/)
    expect(await says('陈志刚', '提交')).toMatch(/没有可提交的/)
  })
})

describe('a form that somebody else fills in', () => {
  it('may be any: it is the draft of who asked, who alone submits it', async () => {
    const { says, hears } = await sampleCollege('2022-06-20 10:00')
    const [qian, zhao] = [hears('钱立新'), hears('赵明远')]
    expect(await says('赵明远', '让钱立新代填季报')).toContain('已请钱立新代填2季度季报')
    expect(qian().join()).toContain('“代填 赵明远 季报 完成情况：…存在问题：…下步打算：…”')
    const filled = await says('钱立新', '代填 赵明远 季报 完成情况：集中学习四次。存在问题：无。下步打算：开放日。')
    expect(filled).toMatch(/已记下机电教工第一党支部2季度季报[^]*完成情况：集中学习四次[^]*本人确认后提交/)
    expect(zhao().join()).toMatch(/钱立新已代填您的[^]*请回复“季报”核对后提交/)
    expect(await says('钱立新', '提交')).toContain('没有可提交的')
    expect(await says('赵明远', '季报')).toMatch(/完成情况：集中学习四次[^]*提交/)
    expect(await says('赵明远', '提交')).toContain('已提交')
    expect(await says('钱立新', '季报')).toContain('还没交')
    expect(await says('钱立新', '代填 赵明远 季报 完成情况：再写一遍')).toBe('目前没有人请您代填。')
  })

  it('goes on where a program of before left it', async () => {
    const { says, store } = await sampleCollege('2022-04-25 10:00')
    const idOf = (name: string): string => sample.people.find((one) => one.name === name)?.id ?? ''
    const value = { at: '2022-04-24T02:00:00Z', month: '2022-04' }
    await store.commit([{ put: delegations.key(idOf('邓书文'), idOf('马建国')), value }])
    expect(await says('邓书文', '代填 马建国 到了网络教研室，一切正常。')).toContain('已记下4月联系支部报告')
    expect(await says('马建国', '不用代填了')).toContain('不再由邓书文代填')
  })

  it('keeps to what was asked for, and numbers alone where a form takes no names', async () => {
    const { says } = await sampleCollege('2022-06-20 10:00')
    await says('赵明远', '让钱立新代填发展')
    expect(await says('钱立新', '代填 赵明远 季报 完成情况：无')).toContain('发展只记人数')
    expect(await says('钱立新', '代填 赵明远 发展 积极分子王小明')).toContain('发展只记人数')
    expect(await says('钱立新', '代填 赵明远 发展 积极分子12 发展对象3 预备党员2 转正1 告知0')).toMatch(/积极分子 12/)
    expect(await says('赵明远', '发展')).toMatch(/积极分子 12[^]*提交/)
  })
})
