import type { CampaignFile, Finding } from './campaign-file.ts'
import type { RubricFile } from './rubric-file.ts'

/** Errors of a rubric, its bands and its rule. Each names its place and the remedy. */

export const error = (place: string, sentence: string): Finding => ({ level: '错误', place, sentence })
const isMultiple = (value: number, step: number): boolean => Math.abs(value / step - Math.round(value / step)) < 1e-6
const same = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6
const shown = (value: number): number => Number(value.toFixed(6))
const sumOf = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((sum, one) => sum + of(one), 0)

/** The members of a list with a value that an earlier member has already. */
export const repeated = <T>(
  list: readonly T[],
  of: (one: T) => string | number,
): { at: number; value: string | number }[] => {
  const values = list.map(of)
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [{ at, value }] : []))
}

/** All rubrics of a file, with their places. */
export const rubricsIn = ({
  rubric,
  otherRubrics = [],
}: CampaignFile): { rubric: Omit<RubricFile, 'kind'> & { kind?: string }; place: string }[] => [
  { rubric, place: 'rubric' },
  ...otherRubrics.map((other, i) => ({ rubric: other, place: `otherRubrics[${i}]` })),
]

/** All errors of the rubrics of a file; none if they fit. */
export function rubricErrors(file: CampaignFile): Finding[] {
  const all = rubricsIn(file)
  const kinds = all.map(({ rubric: { kind = '' } }) => kind)
  return [
    ...all.flatMap(({ rubric, place }) => oneRubric(rubric, place)),
    ...(all.length > 1 && kinds[0] === '' ? [error('rubric.kind', '有几张评分表时，这一张也要写明支部类别。')] : []),
    ...repeated(kinds, (kind) => kind).map(({ at, value }) =>
      error(`${all[at]?.place ?? ''}.kind`, `支部类别“${value}”用了两次，请换一个名称。`),
    ),
    ...all
      .filter(({ rubric }) => !same(rubric.total.points, file.rubric.total.points))
      .map(({ rubric, place }) =>
        error(
          `${place}.total.points`,
          `各张评分表的总分应相同（等级是共用的），这张${rubric.total.points}分，第一张${file.rubric.total.points}分。`,
        ),
      ),
    ...resultErrors(file),
  ]
}

type Rubric = Pick<RubricFile, 'step' | 'total' | 'sections' | 'levels'>

function oneRubric(rubric: Rubric, at: string): Finding[] {
  const { step, total, sections, levels } = rubric
  const items = sections.flatMap(({ items: own }, i) =>
    own.map((item, j) => ({ ...item, place: `${at}.sections[${i}].items[${j}]` })),
  )
  const placeOf = (index: number): string => items[index]?.place ?? at
  const sum = sumOf(sections, (section) => reachOf(section) * (section.share ?? 1))
  const shared = sections.filter(({ share }) => share !== undefined)
  const shares = sumOf(sections, ({ share = 0 }) => share)
  return [
    ...(same(sum, total.points)
      ? []
      : [error(`${at}.total.points`, `各项分值合计${shown(sum)}分，与总分${total.points}分不符，请核对各项分值。`)]),
    ...(shared.length > 0 && (shared.length < sections.length || !same(shares, 1))
      ? [error(`${at}.sections`, `各类的比例合计${shown(shares * 100)}%，应每类都写、合计100%，请改 share。`)]
      : []),
    ...items.flatMap(({ number, place }, i) =>
      number === i + 1
        ? []
        : [error(`${place}.number`, `这里应是第${i + 1}项，写的是${number}；各项请从1起连续编号。`)],
    ),
    ...items.flatMap((item) => itemErrors(item, item.place, { step: step.points, levels: item.levels ?? levels })),
    ...levelErrors(items, levels, at),
    ...repeated(items, ({ label }) => label).map(({ at: index, value }) =>
      error(`${placeOf(index)}.label`, `短名称“${value}”用了两次，请换一个。`),
    ),
    ...repeated(sections, ({ name }) => name).map(({ at: index, value }) =>
      error(`${at}.sections[${index}].name`, `“${value}”用了两次，请换一个名称。`),
    ),
  ]
}

/** Levels need different names, because people say a level only by its name. */
function levelErrors(items: readonly Item[], shared: Rubric['levels'], at: string): Finding[] {
  const points = new Map<string, number>()
  const all = items.flatMap(({ levels }) => levels ?? shared ?? [])
  return all.flatMap((level) => {
    const known = points.get(level.name) ?? level.points
    points.set(level.name, known)
    return known === level.points
      ? []
      : [error(`${at}.sections`, `等次“${level.name}”有${known}分和${level.points}分两种，请用不同的名称。`)]
  })
}

type Section = RubricFile['sections'][number]
type Item = Section['items'][number]

/** The most points that a section can have. */
export function reachOf({ items, most }: Section): number {
  const sum = sumOf(items, ({ points, bonus = 0 }) => points + bonus)
  return most === undefined ? sum : Math.min(sum, most)
}

function itemErrors(
  { points, open, bonus, deduct, levels: own }: Item,
  place: string,
  { step, levels }: { step: number; levels: Item['levels'] },
): Finding[] {
  const kinds = [open, bonus, deduct, own].filter((one) => one !== undefined)
  const isOff = bonus !== undefined || deduct !== undefined
  const byLevels = levels !== undefined && !open && !isOff
  const best = Math.max(...(levels ?? []).map((level) => level.points))
  const values = byLevels ? [] : [points, bonus ?? 0, deduct?.from ?? 0, deduct?.to ?? 0]
  return [
    ...(kinds.length > 1 ? [error(place, '一项只能是不封顶、加分、减分、等次中的一种，请只留一个。')] : []),
    ...(isOff === (points === 0)
      ? []
      : [
          error(
            `${place}.points`,
            isOff ? '加分项、减分项的 points 写0。' : '满分应大于0；加分项请写 bonus，减分项请写 deduct。',
          ),
        ]),
    ...(byLevels && !same(best, points)
      ? [error(`${place}.points`, `最好的等次是${best}分，这里写的是${points}分，请改成一致。`)]
      : []),
    ...(byLevels ? repeated(levels, (level) => level.name) : []).map(({ value }) =>
      error(`${place}.levels`, `等次“${value}”写了两次，请换一个名称。`),
    ),
    ...(byLevels ? repeated(levels, (level) => level.points) : []).map(({ value }) =>
      error(`${place}.levels`, `两个等次都是${value}分，分不出来，请改分值。`),
    ),
    ...(deduct && deduct.from > deduct.to ? [error(`${place}.deduct`, '最少减的分多于最多减的分，请改正。')] : []),
    ...values
      .filter((value) => !isMultiple(value, step))
      .map((value) => error(`${place}.points`, `${value}分不是步长${step}分的倍数，请改分值或步长。`)),
  ]
}

function resultErrors(file: CampaignFile): Finding[] {
  const { result, bands, vetoes = [] } = file
  const { shares = [], rounding } = result ?? {}
  const sum = sumOf(shares, ({ share }) => share)
  const isWeighted = shares.length > 0 || rubricsIn(file).some(({ rubric }) => rubric.sections.some((one) => one.share))
  const names = bands.map(({ name }) => name)
  return [
    ...(shares.length > 0 && !same(sum, 1)
      ? [error('result.shares', `各方占比合计${shown(sum * 100)}%，应为100%，请改 share。`)]
      : []),
    ...repeated(shares, ({ who }) => who).map(({ at, value }) =>
      error(`result.shares[${at}].who`, `${value} 写了两次，请合并。`),
    ),
    ...(isWeighted && !rounding
      ? [error('result.rounding', '按比例合成会有小数，请写明保留几位（rounding: decimals）。')]
      : []),
    ...vetoes.flatMap(({ atMost }, i) =>
      names.includes(atMost)
        ? []
        : [error(`vetoes[${i}].atMost`, `没有“${atMost}”这个等级，应为${names.join('、')}之一。`)],
    ),
    ...repeated(vetoes, ({ name }) => name).map(({ at, value }) =>
      error(`vetoes[${at}].name`, `“${value}”写了两次，请换一个名称。`),
    ),
  ]
}

const isOpen = (file: CampaignFile): boolean =>
  rubricsIn(file).some(({ rubric }) => rubric.sections.some(({ items }) => items.some(({ open }) => open)))

/** Checks, from the best band down, that every total lies in exactly one band and that the shares can be kept. */
export function bandErrors(file: CampaignFile): Finding[] {
  const { bands } = file
  const [best] = bands
  const lowest = bands.at(-1)
  return [
    ...(best ? bestErrors(best, file) : []),
    ...(lowest && !(lowest.from === 0 && lowest.inclusive)
      ? [error(`bands[${bands.length - 1}].from`, '最低等级应从0分起并包含0分，请改 from 和 inclusive。')]
      : []),
    ...bands.flatMap((band, i) => {
      if (band.to !== undefined && band.from >= band.to)
        return [error(`bands[${i}].from`, `“${band.name}”的下限应低于上限，请改正。`)]
      return i > 0 && (band.to === undefined || band.toInclusive === undefined)
        ? [error(`bands[${i}].to`, `“${band.name}”没有写上限，请写 to 和 toInclusive。`)]
        : []
    }),
    ...bands.slice(1).flatMap((worse, i) => {
      const better = bands[i]
      return better ? borderErrors(better, worse, `bands[${i + 1}].to`) : []
    }),
    ...repeated(bands, ({ name }) => name).map(({ at, value }) =>
      error(`bands[${at}].name`, `“${value}”用了两次，请换一个名称。`),
    ),
    ...shareErrors(bands),
  ]
}

function bestErrors(best: Band, file: CampaignFile): Finding[] {
  const { points } = file.rubric.total
  if (isOpen(file))
    return best.to === undefined ? [] : [error('bands[0].to', '评分表不封顶，最高等级不写 to 和 toInclusive。')]
  return best.to !== undefined && same(best.to, points) && best.toInclusive
    ? []
    : [error('bands[0].to', `最高等级应到总分${points}分为止并包含它，请改 to 和 toInclusive。`)]
}

type Band = CampaignFile['bands'][number]
function borderErrors(better: Band, worse: Band, place: string): Finding[] {
  const names = `“${better.name}”和“${worse.name}”`
  if (worse.to === undefined) return []
  if (worse.to > better.from) return [error(place, `${names}在${better.from}至${worse.to}分重叠，请改分数线。`)]
  if (worse.to < better.from) return [error(place, `${names}之间空出${worse.to}至${better.from}分，请改分数线。`)]
  if (better.inclusive && worse.toInclusive)
    return [error(place, `${better.from}分同时属于${names}，请只让一个包含它。`)]
  if (!better.inclusive && !worse.toInclusive)
    return [error(place, `${better.from}分不属于${names}中任何一个，请让一个包含它。`)]
  return []
}

/** Shares that cannot hold: the bands have too little room for all branches, or those below a demanded share too little for it. */
function shareErrors(bands: readonly Band[]): Finding[] {
  const room = (from: number): number =>
    Math.min(
      1,
      sumOf(bands.slice(from), ({ atMost }) => atMost?.share ?? 1),
    )
  return [
    ...(room(0) < 1 - 1e-6
      ? [error('bands', `各等级的上限合计只有${shown(room(0) * 100)}%，容不下全部支部，请改 atMost。`)]
      : []),
    ...bands.flatMap(({ name, orBelow }, i) =>
      orBelow && room(i) < orBelow.share - 1e-6
        ? [
            error(
              `bands[${i}].orBelow`,
              `“${name}”及以下至少占${shown(orBelow.share * 100)}%，而它们的上限合计只有${shown(room(i) * 100)}%，请改正。`,
            ),
          ]
        : [],
    ),
  ]
}
