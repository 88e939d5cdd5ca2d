/** The replies to uncertain scores: the piece, the fault, and one question (voice, rule 4). */
import { type Item, leastOf, mostOf, type Rubric } from '../scores/rubric.ts'
import type { Amount } from './score-reader.ts'

/** Without `keep` nothing of the text counts. `item` is the number of the item to ask again. */
export type Problem = {
  piece: string
  say: string
  ask: string
  item?: number
  items?: readonly number[]
  keep: boolean
}

const again = '这条还没有记下，请改好再发一次。'
const whole = (piece: string, say: string, ask = again): Problem => ({ piece, say, ask, keep: false })
const about = (item: number, piece: string, say: string): Problem => ({
  piece,
  say,
  ask: `第${item}项应是几分？`,
  item,
  keep: true,
})

export const mixed = (piece: string): Problem =>
  whole(piece, `“${piece}”没有读懂是哪几项的分数。`, '请写明是第几项，如“第3项4”，再发一次。')
export const noItem = (piece: string): Problem => whole(piece, `“${piece}”没有写明是哪一项。`, '请发“第3项4”这样的话。')
export const noSuchItem = (item: number, piece: string, count: number): Problem =>
  whole(piece, `“${piece}”里没有第${item}项，评分共${count}项。`, '应是第几项？请改好再发一次。')
export const unreadPiece = (piece: string): Problem => whole(piece, `“${piece}”没有读懂。`)
export const unreadItem = (item: number, piece: string): Problem =>
  about(item, piece, `“${piece}”${/^第?[\s\d、,项和]+$/.test(piece) ? '没有写明得分' : '没有读懂'}。`)
export const likeTotal = (piece: string): Problem =>
  whole(piece, `“${piece}”像是总分，还没有记下。`, '总分由各项相加得出，请发各项得分，如“除3扣1，其余满分”。')
export const sumDiffers = (piece: string, sum: number, said: string): Problem =>
  whole(piece, `“${piece}”各项相加是${sum}分，不是${said}。`)
export const surplus = (piece: string, count: number, { room, open }: { room: number; open: boolean }): Problem =>
  whole(piece, `收到${count}个数，${open ? `还没有得分的只有${room}项` : `评分共${room}项`}，多出“${piece}”。`)
export const restUnclear = (piece: string): Problem =>
  whole(piece, `“${piece}”没有写明是哪几项。`, '其余各项都是满分的话，请加上“其余满分”再发一次。')
export const restOfNothing = (piece: string): Problem =>
  whole(piece, `“${piece}”之外没有写是哪几项。`, '全部满分请发“全部满分”，否则请写明哪几项扣分，如“除3扣1，其余满分”。')
export const noneLeft = (piece: string): Problem =>
  whole(piece, '各项都已有得分。', '全部改为满分请发“全部满分”，改一项请发“第3项4”。')
export const restDiffers = (piece: string, left: number): Problem =>
  whole(piece, `“${piece}”与前面写的对不上：其余是${left}项。`)
export const restUneven = (piece: string): Problem =>
  whole(piece, `“${piece}”没有读懂：各项的满分不一样。`, '满分请写“其余满分”，否则请逐项写明。')

const isTooLittle = ({ first = 0 }: Item, value: number): boolean => value < 0 && -value < first
/** The range of an item's scores, as a reason. */
function ranges(item: Item): string {
  if (item.levels) return `这一项是${item.levels.map(({ name }) => name).join('、')}之一`
  if (mostOf(item) === Number.POSITIVE_INFINITY) return '这一项不低于0分'
  if (leastOf(item) < 0) return `这一项减${item.first ?? 0}到${-leastOf(item)}分`
  return `这一项最高${mostOf(item)}分`
}

/** A score that the item cannot have. `value` is the score it would be. */
export function badScore(
  item: Item,
  piece: string,
  { value, rubric }: { value: number | undefined; rubric: Rubric },
): Problem {
  const { number } = item
  const why =
    value === undefined
      ? '没有读懂'
      : item.levels || value > mostOf(item) || value < leastOf(item) || isTooLittle(item, value)
        ? ranges(item)
        : `得分以${rubric.step}分为一档`
  return about(number, piece, `第${number}项收到“${piece}”，${why}。`)
}
export const otherBefore = (
  item: number,
  piece: string,
  { was, said }: { was: number | null; said: number | undefined },
): Problem =>
  about(
    item,
    piece,
    `第${item}项现在${was === null ? '还没有得分' : `是${was}分`}${said === undefined ? '' : `，不是${said}分`}。`,
  )
export const twoReadings = (item: number, piece: string, readings: readonly (number | undefined)[]): Problem =>
  about(
    item,
    piece,
    `“${piece}”里第${item}项有两种读法：${readings.map((score) => (score === undefined ? '没有得分' : `${score}分`)).join('或')}。`,
  )
export const saidTwice = (item: number, piece: string): Problem =>
  about(item, piece, `“${piece}”里第${item}项写了两次。`)

const resend = (section: string, count: number): string => `请重发${section}的${count}项得分。`
export const sectionLength = (
  piece: string,
  section: string,
  { count, got }: { count: number; got: number },
): Problem => ({
  piece,
  say: `${section}有${count}项，“${piece}”里是${got}个数。`,
  ask: resend(section, count),
  keep: true,
})
export const sectionSum = (
  piece: string,
  section: string,
  { count, sum, said }: { count: number; sum: number; said: string },
): Problem => ({
  piece,
  say: `“${piece}”各项相加是${sum}分，不是${said}。`,
  ask: resend(section, count),
  keep: true,
})
/** The scores stay, because only the person knows which number is wrong. */
export const totalDiffers = (piece: string, sum: number): Problem => ({
  piece,
  say: `各项相加是${sum}分，不是“${piece}”。`,
  ask: '请核对：要改哪一项，请发“第3项4”这样的话。',
  keep: true,
})

/** A total cannot be checked while items are open. */
export const totalEarly = (piece: string, open: number): Problem => ({
  piece,
  say: `“${piece}”还不能核对，有${open}项没有得分。`,
  ask: '其余是满分的话请发“其余满分”，不是请接着发得分。',
  keep: true,
})

/** An amount as typed. */
export const typed = (amount: Amount, piece: string): string =>
  'num' in amount ? `${amount.how === 'lose' ? '扣' : ''}${amount.num.piece}` : piece

/** Several items with one sum: the text does not give the score of each. */
export const onlySum = (piece: string, items: readonly number[]): Problem => ({
  piece,
  say: `“${piece}”是几项合在一起的分数。`,
  ask: `第${items.join('、')}项各是几分？`,
  items,
  keep: true,
})
export const nothingToKeep = (piece: string): Problem => ({
  piece,
  say: `“${piece}”之前还没有分数。`,
  ask: '其余是满分的话请发“其余满分”，不是请接着发得分。',
  keep: true,
})
/** There is no self-score, or no submission, to refer to. */
export const nothingLike = (piece: string, like: 'self' | 'last'): Problem =>
  whole(
    piece,
    `“${piece}”没有记下：${like === 'self' ? '这个支部还没有自评' : '这张表还没有提交过'}。`,
    '请发各项得分，如“除3扣1，其余满分”。',
  )
export const restOfNothingLike = (piece: string): Problem =>
  whole(piece, `“${piece}”之外没有写是哪几项。`, '请写明哪几项不同，如“第3项4分，其余同自评”。')
export const bandDiffers = (piece: string, total: number, band: string): Problem => ({
  piece,
  say: `总分是${total}分，定级是${band}，不是“${piece}”。`,
  ask: '请核对：要改哪一项，请发“第3项4”这样的话。',
  keep: true,
})
