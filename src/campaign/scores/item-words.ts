/** Scores and items in words, for every kind of item. */
import {
  exactly,
  type Item,
  isPlain,
  isScore,
  itemsOf,
  leastOf,
  mostOf,
  type PartialScores,
  type Rubric,
} from './rubric.ts'

const points = (score: number): string => `${score}分`
const levelOf = (score: number, { levels = [] }: Item): string | undefined =>
  levels.find((level) => level.points === score)?.name

/** `4分`, `较好（15分）`, `加5分`, `减2分`. */
export function scoreWords(score: number, item: Item): string {
  const level = levelOf(score, item)
  if (level !== undefined) return `${level}（${points(score)}）`
  if (item.points > 0 || score === 0) return points(score)
  return score > 0 ? `加${points(score)}` : `减${points(-score)}`
}
/** The same after a label: `4`, `较好`. */
export const scoreShort = (score: number, item: Item): string => levelOf(score, item) ?? String(score)

/** `0到5分`, `好、较好、一般、差之一`, `0分起，不封顶`, `加0到10分`, `减2到10分，没有的0分`. */
export function rangeWords(item: Item): string {
  const { levels, first = 0 } = item
  if (levels) return `${levels.map(({ name }) => name).join('、')}之一`
  if (mostOf(item) === Number.POSITIVE_INFINITY) return `基础分${item.points}分，可加可减，不低于0分`
  if (leastOf(item) < 0) return `减${first}到${-leastOf(item)}分，没有的0分`
  return item.points === 0 ? `加0到${mostOf(item)}分` : `0到${item.points}分`
}
/** In a label: `0–5`. */
export function rangeShort(item: Item): string {
  if (item.levels) return item.levels.map((level) => `${level.name}${level.points}`).join('/')
  if (mostOf(item) === Number.POSITIVE_INFINITY) return `基础${item.points}`
  return `${leastOf(item)}–${mostOf(item)}`
}
/** The points after the plan's words: `5分`, `基础分20分，不封顶`. */
export function worth(item: Item): string {
  if (mostOf(item) === Number.POSITIVE_INFINITY) return `基础分${item.points}分，不封顶`
  return item.points > 0 && !item.levels ? points(item.points) : rangeWords(item)
}

/** The name of what a tick and 其余 stand for, and the heading for scores that differ from it. */
export function normal(rubric: Rubric): { name: string; all: string; below: string } {
  const best = commonBest(rubric)
  if (best !== undefined) return { name: best, all: best, below: `不是“${best}”` }
  return isPlain(rubric)
    ? { name: '满分', all: '满分', below: '低于满分' }
    : { name: '基础分', all: '基础分', below: '有加减' }
}
/** The best level, if all items have the same levels. */
function commonBest(rubric: Rubric): string | undefined {
  const names = new Set(itemsOf(rubric).map((item) => levelOf(item.points, item)))
  const [only] = names
  return names.size === 1 ? only : undefined
}

/** What examples speak of: the third item, or else any, with a score below its normal one. */
export function exampleItem(rubric: Rubric): { item: Item; below: number } | undefined {
  const items = itemsOf(rubric)
  return [...items.slice(2, 3), ...items].flatMap((item) => {
    const below = [...valuesOf(item, rubric), exactly(item.points - rubric.step)].find((score) => score < item.points)
    return below !== undefined && isScore(below, item, rubric) ? [{ item, below }] : []
  })[0]
}

/** A line that scores a whole card, in this rubric's own words. */
export function exampleOf(rubric: Rubric): string {
  const { name } = normal(rubric)
  const items = itemsOf(rubric)
  const leveled = items.find(({ levels = [] }) => levels.length > 1)
  const bonus = items.find((item) => item.points === 0 && mostOf(item) > 0)
  const open = items.find((item) => mostOf(item) === Number.POSITIVE_INFINITY)
  if (leveled?.levels?.[1]) return `除${leveled.number}${leveled.levels[1].name}，其余${name}`
  const { item, below = 0 } = exampleItem(rubric) ?? {}
  const off = item ? `除${item.number}扣${exactly(item.points - below)}` : ''
  if (open) return `${off}、${open.number}加1，其余${name}`
  return bonus ? `${off}、${bonus.number}加${Math.min(5, mostOf(bonus))}，其余${name}` : `${off}，其余${name}`
}

/** The whole numbers that an item may get, the best first. For an item without an upper limit, those near its base. */
export function valuesOf(item: Item, rubric: Rubric): number[] {
  if (item.levels) return item.levels.map((level) => level.points)
  const most = mostOf(item) === Number.POSITIVE_INFINITY ? item.points + near : mostOf(item)
  const least = mostOf(item) === Number.POSITIVE_INFINITY ? Math.max(0, item.points - near) : leastOf(item)
  const count = Math.max(0, Math.floor(most) - Math.ceil(least) + 1)
  return Array.from({ length: count }, (_, i) => Math.floor(most) - i).filter((score) => isScore(score, item, rubric))
}
const near = 5

/** Every known score that differs from the item's normal one (full marks or its base): `3 书记能力威信 4.5、…`. */
export const belowFull = (scores: PartialScores, rubric: Rubric): string =>
  itemsOf(rubric)
    .flatMap((item, i) => {
      const score = scores[i] ?? item.points
      return score !== item.points ? [`${item.number} ${item.label} ${scoreShort(score, item)}`] : []
    })
    .join('、')
