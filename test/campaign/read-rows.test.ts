import { describe, expect, it } from 'vitest'
import { type Reading, readCard, readChange } from '../../src/campaign/reading/read-scores.ts'
import { fullMarks } from '../../src/campaign/scores/rubric.ts'
import { eighteen } from './rubrics.ts'

const full = fullMarks(eighteen)
/** The scores below full marks: `3:4 17:8`, an open one as `3:?`. With the question, if something is asked back. */
const brief = (reading: Reading): string => {
  if (reading.kind !== 'scores' && reading.kind !== 'unread') return reading.kind
  const scores = reading.scores.flatMap((score, i) => (score === full[i] ? [] : [`${i + 1}:${score ?? '?'}`]))
  const open = reading.scores.every((score) => score === null) ? ['nothing'] : scores
  return [...(reading.kind === 'unread' ? [reading.sentence] : []), ...open].join(' ')
}
const card = (text: string): string => brief(readCard(text, eighteen))

describe('a row of scores', () => {
  it.each([
    ['5×16 8 10', '17:8'],
    ['5*16，8，10', '17:8'],
    ['5x16 10x2', ''],
    ['16个5 8 10', '17:8'],
    ['16个5分，8分，10分', '17:8'],
    ['十六个5，8，10', '17:8'],
    ['16个5分 2个10分', ''],
    ['5×18', '17:5 18:5'],
    ['18个5', '17:5 18:5'],
    ['5×4 5×4 5×4 5×4 8 10', '17:8'],
    ['5乘16 8 10', '17:8'],
    ['4个5，4个5，4个5，3个5和3，8 10', '16:3 17:8'],
    ['5/5/4/5/5/5/5/5/5/5/5/5/5/5/5/5/8/10', '3:4 17:8'],
    ['5+5+4+5+5+5+5+5+5+5+5+5+5+5+5+5+8+10', '3:4 17:8'],
    ['5 5 4 5 5555 5555 5555 8 10＝97', '3:4 17:8'],
    ['5 5 4 5合计19 5555 5555 5555 8 10', '3:4 17:8'],
    ['第1O项扣1，其余满分', '10:4'],
    ['第1o项扣1，其余满分', '10:4'],
    ['第l6项扣1，其余满分', '16:4'],
    ['第I8项扣1，其余满分', '18:9'],
  ])('%j is taken', (text, scores) => expect(card(text)).toBe(scores))

  it.each([
    [
      '五五五九 五五五五 五五五五 五五五五 8 10',
      '第4项收到“9”，这一项最高5分。其余17项已记下。第4项应是几分？ 4:? 17:8',
    ],
    ['第3、4项4；3，其余满分', '“3”没有读懂是哪几项的分数。请写明是第几项，如“第3项4”，再发一次。 nothing'],
    ['第3、4项分别4。3，其余满分', '“第3、4项分别4。3”没有读懂。另有16项已记下。第3项应是几分？ 3:? 4:?'],
    ['55555555555555550510', '第17项收到“0510”，这一项最高10分。另有16项已记下。第17项应是几分？ 17:? 18:?'],
    ['5 5 优 5 5555 5555 5535 8 10', '第3项收到“优”，没有读懂。其余17项已记下。第3项应是几分？ 3:? 15:3 17:8'],
    ['优 5 5 5 5555 5555 5535 8 10', '第1项收到“优”，没有读懂。其余17项已记下。第1项应是几分？ 1:? 15:3 17:8'],
    ['5×16 优 10', '第17项收到“优”，没有读懂。其余17项已记下。第17项应是几分？ 17:?'],
    ['5 5 无 5 5555 5555 5555 10 10', '第3项收到“无”，没有读懂。其余17项已记下。第3项应是几分？ 3:?'],
    ['5 5 5 5 5555 5555 5555 10 优', '第18项收到“优”，没有读懂。其余17项已记下。第18项应是几分？ 18:?'],
    ['5 5 优 良 5555 5555 5535 8 10', '第3项收到“优”，没有读懂。另有16项已记下。第3项应是几分？ 3:? 4:? 15:3 17:8'],
    [
      '5 5 4 5 5 5 5 5 5 5 5 5 5 5 5 5 8 10人',
      '第18项收到“10人”，没有读懂。其余17项已记下。第18项应是几分？ 3:4 17:8 18:?',
    ],
  ])('%j is taken but for one place', (text, asked) => expect(card(text)).toBe(asked))

  it.each([
    ['5 5 4 5 5555 5555 5555 8 10＝96', /各项相加是97分，不是96/],
    ['5 5 4 5合计20 5555 5555 5555 8 10', /“5 5 4 5合计20”各项相加是19分，不是20/],
    ['5×16 10×3', /收到19个数，评分共18项，多出“10”/],
    ['19个5', /没有读懂/],
    ['0个5 8 10', /没有读懂/],
    ['5×19', /没有读懂/],
    ['5×0 8 10', /没有读懂/],
    ['5×1.5 8', /没有读懂/],
    ['一个9一个10', /没有读懂/],
    ['一个3，一个4，其余满分', /没有读懂是哪几项的分数/],
    ['5，5，4，5，6扣1，其余满分', /“5,5,4,5”没有读懂是哪几项的分数/],
    ['5 5 4 5,15:3 其余满分', /“5 5 4 5”没有读懂是哪几项的分数/],
    ['5 5 暂不评分的项 5 5555 5555 5535 8 10', /没有读懂/],
  ])('of %j nothing is taken', (text, asked) => {
    expect(card(text)).toMatch(asked)
    expect(card(text)).toMatch(/ nothing$/)
  })

  it.each(['16个好 8 10', '16个，8 10'])('%j is not about scores', (text) => expect(card(text)).toBe('other'))
  it('words without a number are no scores', () => expect(card('优 良 优 良')).toBe('other'))
})

describe('items before one loss', () => {
  it.each([
    ['3，15扣1，其余满分', '3:4 15:4'],
    ['3，5，16扣1，其余满分', '3:4 5:4 16:4'],
    ['3，5各扣1，其余满分', '3:4 5:4'],
    ['3、5扣1，其余满分', '3:4 5:4'],
  ])('%j are items where their numbers ascend', (text, scores) => expect(card(text)).toBe(scores))
  it.each(['4，3扣1，其余满分', '3,3扣1，其余满分', '16，5，3扣1，其余满分', '3，5，4各扣1，其余满分'])(
    '%j is asked, because the first may be scores',
    (text) => expect(card(text)).toMatch(/没有读懂是哪几项的分数.* nothing$/),
  )
})

describe('a score right behind the number of an item', () => {
  it.each([
    ['3、5零分，其余满分', '“3、5零分”没有读懂。另有16项已记下。第3项应是几分？ 3:? 5:?'],
    ['除3、5四分，其余满分', '“除3、5四分”没有读懂。另有16项已记下。第3项应是几分？ 3:? 5:?'],
    ['3零分，其余满分', '“3零分”没有读懂。其余17项已记下。第3项应是几分？ 3:?'],
    ['除17九分，其余满分', '“除17九分”没有读懂。其余17项已记下。第17项应是几分？ 17:?'],
  ])('%j is no row of scores: the items are asked for', (text, asked) => expect(card(text)).toBe(asked))
  it.each([
    ['3、5都零分，其余满分', '3:0 5:0'],
    ['第3、5项零分，其余满分', '3:0 5:0'],
    ['5分5分4分半5分5分5分5分5分5分5分5分5分5分5分3分5分8分10分', '3:4.5 15:3 17:8'],
  ])('%j is clear', (text, scores) => expect(card(text)).toBe(scores))
})

describe('items with a value of their own', () => {
  const draft = full.map((score, i) => ([2, 4, 14].includes(i) ? 3 : score))
  const change = (text: string): string => brief(readChange(text, eighteen, { draft }))
  it.each([
    ['3、5少1', '3:2 5:2 15:3'],
    ['3、5减1', '3:2 5:2 15:3'],
    ['3、5加1', '3:4 5:4 15:3'],
    ['3、5满分', '15:3'],
    ['3、5不得分', '3:0 5:0 15:3'],
    ['3、5不扣', '15:3'],
    ['3、5没扣', '15:3'],
    ['3，5不扣分', '15:3'],
    ['3少1', '3:2 5:3 15:3'],
    ['3从3改4', '3:4 5:3 15:3'],
  ])('%j', (text, scores) => expect(change(text)).toBe(scores))
  it.each([
    ['3、5按自评', /这个支部还没有自评/],
    ['3跟上次一样', /这张表还没有提交过/],
    ['3、5少扣1分', /没有读懂/],
    ['3得4-5', /没有读懂。第3项应是几分/],
    ['得4左右', /没有读懂/],
  ])('%j is asked', (text, said) => {
    expect(change(text)).toMatch(said)
    expect(change(text)).toMatch(/ 3:3 5:3 15:3$/)
  })
})

describe('what was taken off before is cancelled', () => {
  const draft = full.map((score, i) => (i === 2 ? 4 : i === 14 ? 3 : score))
  const change = (text: string): string => brief(readChange(text, eighteen, { draft }))
  it.each([
    ['取消3的扣分', '15:3'],
    ['取消第3项扣分', '15:3'],
    ['取消3的扣分吧', '15:3'],
    ['取消第3项的扣分，谢谢', '15:3'],
    ['取消3扣分', '15:3'],
    ['取消3、15的扣分', ''],
    ['取消3和15的扣分', ''],
    ['取消3的扣分，16扣1', '15:3 16:4'],
  ])('by %j', (text, scores) => expect(change(text)).toBe(scores))
  it.each(['取消第3项', '取消3的得分', '取消所有扣分', '取消扣分', '取消3的扣分2', '取消3扣2'])(
    'not by %j, which is asked',
    (text) => expect(change(text)).toMatch(/没有读懂.* 3:4 15:3$/),
  )
})
