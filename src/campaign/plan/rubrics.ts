import type { Branch } from '../roster/roster.ts'
import { type Bands, grainOf, type Item, type Rubric } from '../scores/rubric.ts'
import type { CampaignFile } from './campaign-file.ts'
import { namesOf } from './names.ts'
import { rubricsIn } from './rubric-errors.ts'
import type { RubricFile } from './rubric-file.ts'

/** `first` is the rubric of branches without a kind, or of a kind without its own rubric. */
export type Rubrics = { first: Rubric; byKind: ReadonlyMap<string, Rubric> }

/** The rubric for a branch's kind, or the first one if the kind has none of its own. */
export const rubricFor = ({ first, byKind }: Rubrics, { kind = '' }: Pick<Branch, 'kind'>): Rubric =>
  byKind.get(kind) ?? first

/** All rubrics of a file: the first one, and those by kind of branch. */
export function rubricsOf(file: CampaignFile): Rubrics {
  const all = rubricsIn(file).map(({ rubric }) => ({ kind: rubric.kind ?? '', rubric: rubricOf(file, rubric) }))
  const [first = { kind: '', rubric: rubricOf(file, file.rubric) }] = all
  return { first: first.rubric, byKind: new Map(all.map(({ kind, rubric }) => [kind, rubric])) }
}

function rubricOf(file: CampaignFile, rubric: Omit<RubricFile, 'kind'>): Rubric {
  const { shares, rounding } = file.result ?? {}
  return {
    step: rubric.step.points,
    bands: file.bands.map(({ name }) => name),
    headings: [rubric.title, namesOf(file).grading],
    sections: rubric.sections.map(({ name, items, share, most }) => ({
      name,
      items: items.map((item) => itemOf(item, name, rubric.levels)),
      ...(share === undefined ? {} : { share }),
      ...(most === undefined ? {} : { most }),
    })),
    ...(shares || rounding
      ? { result: { shares: shares ?? [], ...(rounding ? { decimals: rounding.decimals } : {}) } }
      : {}),
    ...(file.vetoes ? { vetoes: file.vetoes.map(({ name, words, atMost }) => ({ name, words, atMost })) } : {}),
    ...(rubric.evidence ? { evidence: true } : {}),
  }
}

type ItemFile = RubricFile['sections'][number]['items'][number]

function itemOf(item: ItemFile, section: string, shared: RubricFile['levels']): Item {
  const { number, label, words, points, open, bonus, deduct, levels: own } = item
  const levels = own ?? (open || bonus !== undefined || deduct ? undefined : shared)
  return {
    number,
    label,
    words,
    points,
    section,
    ...(open ? { most: Number.POSITIVE_INFINITY } : {}),
    ...(bonus === undefined ? {} : { most: bonus }),
    ...(deduct ? { least: -deduct.to, first: deduct.from } : {}),
    ...(levels ? { levels } : {}),
  }
}

/** The bands of a rubric. Totals have the grain of the rule, so a band that begins above a boundary begins one grain higher. */
export function bandsOf(file: CampaignFile, rubric: Rubric): Bands {
  const upper = file.bands.slice(0, -1).map(({ name, from, inclusive, words }) => ({
    name,
    from: inclusive ? from : from + grainOf(rubric),
    words,
  }))
  const lowest = file.bands.at(-1)
  return { upper, lowest: { name: lowest?.name ?? '', words: lowest?.words ?? '' } }
}
