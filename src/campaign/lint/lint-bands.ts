import type { CampaignFile, Finding } from '../plan/campaign-file.ts'
import { isIn, type Range, readRange } from './lint-range.ts'

type Band = CampaignFile['bands'][number]
const warning = (place: string, sentence: string): Finding => ({ level: '警告', place, sentence })

/** Compares the words of the bands with each other and with their values, over every total that can be given. */
export function bandWarnings(file: CampaignFile): Finding[] {
  const { bands } = file
  const read = bands.map(({ words }) => readRange(words))
  const unread = bands.flatMap(({ words }, i) =>
    read[i]
      ? []
      : [
          warning(
            `bands[${i}].words`,
            `从“${words}”读不出一个分数范围，请核对 from 和 to；能读的写法如“65分以上不满85分”。`,
          ),
        ],
  )
  if (unread.length > 0) return unread
  const ranges = read.flatMap((range) => range ?? [])
  return stretches(bands, ranges, totals(file).reverse()).flatMap((stretch) => finding(stretch, bands))
}

/** Every total that the rule allows. For a rubric without an upper limit, up to where the best band has begun. */
function totals({ rubric: { step, total }, bands, result }: CampaignFile): number[] {
  const grain = result?.rounding ? 10 ** -result.rounding.decimals : step.points
  const most = Math.max(total.points, ...bands.map(({ from }) => from + grain))
  const last = bands[0]?.to === undefined ? most : total.points
  return Array.from({ length: Math.floor(last / grain + 1e-9) + 1 }, (_, i) => Math.round(i * grain * 1e6) / 1e6)
}

/** Neighbouring totals, from the highest down, for which words and values say the same. `said` and `meant` are indices of bands. */
type Stretch = { from: number; to: number; said: number[]; meant: number }

function stretches(bands: readonly Band[], ranges: readonly Range[], all: readonly number[]): Stretch[] {
  const found: Stretch[] = []
  for (const total of all) {
    const said = ranges.flatMap((range, i) => (isIn(total, range) ? [i] : []))
    const meant = bands.findIndex((band) => isIn(total, rangeOf(band)))
    const last = found.at(-1)
    if (last && last.meant === meant && last.said.join() === said.join()) last.to = total
    else found.push({ from: total, to: total, said, meant })
  }
  return found
}

/** The bands stand from the best down and leave no gap, so a band's upper end says nothing that the one before does not. */
const rangeOf = ({ from, inclusive }: Band): Range => ({ from: { points: from, included: inclusive } })

function finding({ from, to, said, meant }: Stretch, bands: readonly Band[]): Finding[] {
  const where = from === to ? `${from}分` : `${to}至${from}分`
  const decided = `现按“${bands[meant]?.name ?? ''}”计，请核实。`
  const [only, ...more] = said
  if (only === undefined) return [warning('bands', `按原文${where}不属于任何等级；${decided}`)]
  if (more.length > 0) {
    const words = said.map((i) => `“${bands[i]?.words ?? ''}”`).join('和')
    return [warning(`bands[${more.at(-1) ?? only}].words`, `${words}都含${where}；${decided}`)]
  }
  if (only === meant) return []
  return [
    warning(
      `bands[${only}]`,
      `按原文${where}是“${bands[only]?.name ?? ''}”，按 from 和 to 是“${bands[meant]?.name ?? ''}”，请改成一致。`,
    ),
  ]
}
