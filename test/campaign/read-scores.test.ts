import { describe, expect, it } from 'vitest'
import { type Reading, readCard, readChange } from '../../src/campaign/reading/read-scores.ts'
import { fullMarks, type PartialScores } from '../../src/campaign/scores/rubric.ts'
import { eighteen, twelve } from './rubrics.ts'

const full = fullMarks(eighteen)
const nothing = full.map(() => null)
/** Full marks, except for these items. */
const but = (scores: { readonly [item: number]: number | null }): PartialScores =>
  full.map((score, i) => (i + 1 in scores ? (scores[i + 1] ?? null) : score))
const first = (...scores: number[]): PartialScores => full.map((_, i) => scores[i] ?? null)
const scoresOf = (reading: Reading): PartialScores | string =>
  reading.kind === 'scores' ? reading.scores : reading.kind === 'unread' ? reading.sentence : reading.kind
const card = (text: string): PartialScores | string => scoresOf(readCard(text, eighteen))
const change = (text: string, draft: PartialScores, asked?: number): PartialScores | string =>
  scoresOf(readChange(text, eighteen, { draft, asked }))

describe('a whole card', () => {
  it.each([
    '5 5 4.5 5 5 5 5 5 5 5 5 5 5 5 3 5 8 10',
    '5,5,4.5,5,5,5,5,5,5,5,5,5,5,5,3,5,8,10',
    '5、5、4.5、5、5、5、5、5、5、5、5、5、5、5、3、5、8、10。',
    '5；5；4.5；5；5；5；5；5；5；5；5；5；5；5；3；5；8；10',
    '５ ５ ４．５ ５ ５ ５ ５ ５ ５ ５ ５ ５ ５ ５ ３ ５ ８ １０',
    '5分 5分 4分半 5分 5分 5分 5分 5分 5分 5分 5分 5分 5分 5分 3分 5分 8分 10分',
    '五 五 四点五 五 五 五 五 五 五 五 五 五 五 五 三 五 八 十',
    '5 5 四分半 5\n5555\n5555\n5 5 3 5\n8 10',
    '评分：5 5 4.5 5 5555 5555 5 5 3 5 8 10',
    '5 5 4.5 5 5555 5555 5535 8 10，总分95.5',
    '5 5 4.5 5 5555 5555 5535 8 10 合计95.5分，谢谢',
    '5 5 4.5 5=19.5\n5 5 5 5=20\n5 5 5 5=20\n5 5 3 5=18\n8 10=18',
    '领导班子 5 5 4.5 5，党员队伍 5 5 5 5，工作机制 5 5 5 5，工作业绩 5 5 3 5，群众反映 8 10',
    '领导班子：5 5 4.5 5；党员队伍：5555；工作机制：5555；工作业绩：5535；群众反映：8 10',
    '领导班子 5 5 4.5 5 ＝19.5\n党员队伍 5 5 5 5 ＝20\n工作机制 5 5 5 5 ＝20\n工作业绩 5 5 3 5 ＝18\n群众反映 8 10 ＝18\n总分 95.5 分',
    '一、领导班子 5 5 4.5 5 二、党员队伍 满分 三、工作机制 满分 四、工作业绩 5 5 3 5 五、群众反映 8 10',
    '班子 5 5 4.5 5，队伍全满，机制全满，业绩5535，反映 8 10',
    '群众反映 8 10，工作业绩 5 5 3 5，领导班子 5 5 4.5 5，其余满分',
    '1:5 2:5 3:4.5 4:5 5:5 6:5 7:5 8:5 9:5 10:5 11:5 12:5 13:5 14:5 15:3 16:5 17:8 18:10',
    '1、5 2、5 3、4.5 4、5 5、5 6、5 7、5 8、5 9、5 10、5 11、5 12、5 13、5 14、5 15、3 16、5 17、8 18、10',
    '1.5 2.5 3.4.5 4.5 5.5 6.5 7.5 8.5 9.5 10.5 11.5 12.5 13.5 14.5 15.3 16.5 17.8 18.10',
    '除3扣0.5、15扣2、17得8，其余满分',
    '除3扣半分，15扣两分，17得八分，其余满分',
    '除三扣零点五、十五扣二、十七得八，其余满分',
    '除了第3项扣0.5分、第15项扣2分、第17项得8分，其他各项都是满分。',
    '除第3项4.5分、第15项3分、第17项8分外，其余均为满分',
    '3得4.5，15得3，17得8，其它全满',
    '3扣0.5 15扣2 17扣2 剩下的都满分',
    '3项扣0.5分 15项给3分 17项打8分 余下不扣分',
    '都满分，除了3扣0.5、15扣2、17得8',
    '全部满分，除第3项扣0.5，第15项扣2，第17项扣2',
    '除3扣0.5外，15和17各扣2，其余15项满分',
    '除3 扣 0.5 ，15、17都扣2，别的没扣',
    '3、15、17分别扣0.5、2、2，其余满分',
    '3扣0.5，15扣2，17得8，18项满分，其余全部满分',
    '其余满分，但是3扣0.5、15扣2、17只得8',
    '第3项扣0.5分，得4.5分；第15项3分，第17项8分；其余满分，请领导审核',
    '15和17，各扣2分，3扣0.5，其余满分',
    '3→4.5，15→3，17→8，其余满分',
    '①5 ②5 ③4.5 ⑮3 ⑰8 其余满分',
    '3 要点丙 4.5分\n15 要点辰 3分\n17 要点午 8分\n其余满分',
    '扣分情况如下：3扣0.5，15扣2，17扣2。其余满分，总分95.5。',
    '您好，3扣0.5，15扣2，17扣2，其余都满分，谢谢',
  ])('is read from %j', (text) => expect(card(text)).toEqual(but({ 3: 4.5, 15: 3, 17: 8 })))

  it.each([
    '5545 5555 5555 5555 9 10',
    '5545555555555555910',
    '5545555555555555 9 10',
    '55455555555555559 10',
    '５５４５　５５５５　５５５５　５５５５　９　１０',
    '五五四五 五五五五 五五五五 五五五五 九 十',
    '五五四五五五五五五五五五五五五五九十',
    '5545 5555 5555 5555 910',
    '5545\n5555\n5555\n5555\n9 10',
  ])('of whole points is read from %j', (text) => expect(card(text)).toEqual(but({ 3: 4, 17: 9 })))

  it.each([
    '全部满分',
    '都满分',
    '满分',
    '全满',
    '各项满分',
    '每项都是满分',
    '18项全部满分',
    '均为满分',
    '所有项目都不扣分',
    '一律满分。',
    '前16项满分，后2项满分',
    '1至18项满分',
  ])('is full marks by %j', (text) => expect(card(text)).toEqual(full))

  it('takes the digits of the one-digit items first where nothing separates them', () => {
    expect(card('555555555555555510 10')).toEqual(full)
    expect(card('55555555555555551010')).toEqual(full)
  })
  it('with the last item in a list of several', () => {
    expect(card('3、5、18项各扣1，其余满分')).toEqual(but({ 3: 4, 5: 4, 18: 9 }))
    expect(card('第3、18项都得4，其余满分')).toEqual(but({ 3: 4, 18: 4 }))
  })
  it('with one verb for several items', () => expect(card('3、5扣1，其余满分')).toEqual(but({ 3: 4, 5: 4 })))
  it('from the maximum down to a score', () => expect(card('除3扣到4，其余满分')).toEqual(but({ 3: 4 })))
  it('with words that ask for nothing', () =>
    expect(card('5 5 4 5 5 5 5 5 5 5 5 5 5 5 5 5 9 10 好的')).toEqual(but({ 3: 4, 17: 9 })))
  it('begun in order, with the rest said', () => expect(card('5 5 4 5，其余满分')).toEqual(but({ 3: 4 })))
})

describe('a part of a card is kept', () => {
  it.each([
    ['5 5 4 5', first(5, 5, 4, 5)],
    ['5545', first(5, 5, 4, 5)],
    ['5/5/4/5', first(5, 5, 4, 5)],
    ['5545 5554.', first(5, 5, 4, 5, 5, 5, 5, 4)],
    ['领导班子 5 5 4.5 5', first(5, 5, 4.5, 5)],
    ['1:5 2:4', first(5, 4)],
    ['第1项5分，第2项4分', first(5, 4)],
  ])('%j', (text, scores) => expect(card(text)).toEqual(scores))
})

describe('what is not certain is asked back', () => {
  const asked = (
    text: string,
  ): { sentence: string; piece: string; scores: PartialScores; item: number | undefined } => {
    const reading = readCard(text, eighteen)
    if (reading.kind !== 'unread') throw new Error(`${text} was read as ${reading.kind}`)
    return { ...reading, item: reading.item }
  }

  it.each([
    [
      '5 5 6 5 5 5 5 5 5 5 5 5 5 5 5 5 10 10',
      3,
      '6',
      but({ 3: null }),
      '第3项收到“6”，这一项最高5分。其余17项已记下。第3项应是几分？',
    ],
    ['5 5 4.3 5 5 5 5 5 5 5 5 5 5 5 5 5 10 10', 3, '4.3', but({ 3: null }), '以0.5分为一档'],
    ['5 5 好 5 5 5 5 5 5 5 5 5 5 5 5 5 10 10', 3, '好', but({ 3: null }), '第3项收到“好”'],
    ['5565 5555 5555 5555 10 10', 3, '6', but({ 3: null }), '第3项收到“6”'],
    ['556555555555555510 10', 3, '6', but({ 3: null }), '第3项收到“6”'],
    ['5 5 55 5 5 5 5 5 5 5 5 5 5 5 5 5 10 10', 3, '55', but({ 3: null }), '第3项收到“55”'],
    ['除3扣6，其余满分', 3, '扣6', but({ 3: null }), '扣6'],
    ['除17得11，其余满分', 17, '11', but({ 17: null }), '最高10分'],
    ['除3扣1，3得3，其余满分', 3, '3扣1，3得3', but({ 3: null }), '“3扣1，3得3”里第3项有两种读法：4分或3分。'],
    ['除3扣1、15扣2、17得八九，其余满分', 17, '八九', but({ 3: 4, 15: 3, 17: null }), '其余17项已记下'],
    ['除3，其余满分', 3, '3', but({ 3: null }), '没有写明得分'],
    ['555555555555555510', 17, '10', first(...Array.from({ length: 16 }, () => 5)), '第17项有两种读法：10分或1分'],
    ['5555 5555 5555 5555 10', 17, '10', first(...Array.from({ length: 16 }, () => 5)), '10分或1分'],
    ['5 5 4半 5', 3, '4半', first(5, 5), '没有读懂'],
    ['优 良 5 5 4 5 5', 1, '优', nothing, '第1项收到“优”'],
    ['√ √ 5 5', 1, '√', nothing, '第1项收到“√”'],
    ['5 5 / 5 4 5', 3, '/', first(5, 5), '第3项收到“/”'],
    ['5 / 5 5 5', 2, '/', first(5), '第2项收到“/”'],
    ['5 5 4分5 5', 3, '4分5', first(5, 5), '没有读懂'],
    ['5 5 1O 5', 3, '1O', first(5, 5), '没有读懂'],
    ['除3扣1不对，其余满分', 3, '除3扣1不对', but({ 3: null }), '没有读懂'],
    ['第3项扣1分，得3分，其余满分', 3, '第3项扣1分，得3分', but({ 3: null }), '4分或3分'],
    ['5 5 45 5', 3, '45', first(5, 5), '第3项应是几分'],
  ])('%j at item %i', (text, item, piece, scores, sentence) => {
    const reading = asked(text)
    expect(reading).toMatchObject({ item, piece, scores })
    expect(reading.sentence).toContain(sentence)
  })

  it.each([
    ['5 5 4 5 5 5 5 5 5 5 5 5 5 5 5 5 9 10 5', '5', '收到19个数'],
    ['除30扣1，其余满分', '30扣1', '没有第30项'],
    ['第0项4，其余满分', '第0项4', '没有第0项'],
    ['除3-1，其余满分', '3-1', '没有读懂'],
    ['5 5 4(5) 5', '5 5', '没有读懂'],
    ['18项各扣1', '各扣1', '没有读懂'],
    ['3零分，其余满分', '3零分', '没有读懂'],
    ['3 0，其余满分', '3 0', '没有读懂是哪几项'],
    ['3 4分，其余满分', '3 4分', '没有读懂是哪几项'],
    ['1 5分 2 4分 3 5分', '1 5分', '两种读法'],
    ['评分如下：1、5；2、5；3、4', '1、5', '两种读法'],
    ['两项扣1分，其余满分', '两项扣1分', '没有读懂'],
    ['其余满分', '其余满分', '没有写是哪几项'],
    ['总分98', '总分98', '像是总分'],
    ['3扣1 满分', '满分', '其余满分'],
    ['除3扣1，其余14项满分', '其余14项满分', '其余是17项'],
    ['除3扣1，其余都5分', '其余都5分', '各项的满分不一样'],
    ['5 5 4 5 第5项4', '5 5 4 5', '没有读懂是哪几项'],
    ['3 5，其余满分', '3 5', '没有读懂是哪几项'],
    ['95', '95', '像是总分'],
    ['5。5。4', '5。5', '没有读懂'],
    ['1 5 2 4 3 5', '1 5 2 4 3 5', '两种读法'],
    ['1.5 2.5 3.5', '1.5 2.5 3.5', '两种读法'],
    ['5 5 -4 5', '-4', '没有读懂'],
    ['5 5 4.5.5 5', '4.5.5', '没有读懂'],
  ])('%j, and nothing of it counts', (text, piece, sentence) => {
    const reading = asked(text)
    expect(reading.sentence).toContain(sentence)
    expect(reading.piece).toContain(piece)
    expect(reading.item ?? 3).toBe(3)
  })

  it('an item that does not stand in the section named, and an item that a clause without a score names', () => {
    expect(asked('党员队伍第3项扣1，其余满分').scores).toEqual(but({ 3: null, 5: null, 6: null, 7: null, 8: null }))
    expect(asked('除3扣1，党员队伍不错，其余满分').scores).toEqual(but({ 3: 4, 5: null, 6: null, 7: null, 8: null }))
  })
  it('whether the rest is full marks', () => {
    const reading = asked('3扣1')
    expect(reading.scores).toEqual(nothing.map((_, i) => (i === 2 ? 4 : null)))
    expect(reading.sentence).toBe(
      '第3项要点丙4分已记下。其余17项是满分吗？是的话请发“其余满分”，不是请接着发其余得分。',
    )
    expect(change('其余满分', reading.scores)).toEqual(but({ 3: 4 }))
  })
  it('a section of the wrong length, and the others are kept', () => {
    const reading = asked('领导班子 5 5 4.5，党员队伍 5 5 5 5，工作机制 5555，工作业绩 5 5 5 5，群众反映 10 10')
    expect(reading.sentence).toBe(
      '领导班子有4项，“领导班子 5 5 4.5”里是3个数。另有14项已记下。请重发领导班子的4项得分。',
    )
    expect(change('5 5 4.5 5', reading.scores)).toEqual(but({ 3: 4.5 }))
  })
  it('a section whose stated sum does not fit', () => {
    const reading = asked('领导班子 5 5 4.5 5＝20，其余满分')
    expect(reading.sentence).toContain('各项相加是19.5分，不是20')
    expect(reading.scores).toEqual(but({ 1: null, 2: null, 3: null, 4: null }))
  })
  it('a total that cannot be checked yet', () => {
    expect(asked('除3扣1，总分98').sentence).toContain('还不能核对，有17项没有得分')
  })
  it('a total by which the others can only be full', () => {
    expect(card('除3扣1，总分99')).toEqual(but({ 3: 4 }))
  })
  it('a total that does not fit', () => {
    const reading = asked('除3扣1，其余满分，总分98')
    expect(reading.sentence).toContain('各项相加是99分，不是“总分98”')
    expect(reading.piece).toBe('总分98')
  })
})

describe('another rubric', () => {
  const eights = fullMarks(twelve)
  it.each([
    '8 8 7 8 8 8 8 8 8 8 8 8',
    '887 8888 88888',
    '887888888888',
    '除3扣1，其余满分',
    '12项都满分，除3得7',
    '组织建设 8 8 7，制度落实 8888，服务群众 满分',
  ])('is read from %j', (text) =>
    expect(scoresOf(readCard(text, twelve))).toEqual(eights.map((score, i) => (i === 2 ? 7 : score))),
  )
  it('has its own steps and maxima', () => {
    expect(scoresOf(readCard('除3扣0.5，其余满分', twelve))).toContain('得分以1分为一档')
    expect(scoresOf(readCard('8 8 9 8 8 8 8 8 8 8 8 8', twelve))).toContain('这一项最高8分')
    expect(scoresOf(readCard('第13项7，其余满分', twelve))).toContain('没有第13项，评分共12项')
  })
})
