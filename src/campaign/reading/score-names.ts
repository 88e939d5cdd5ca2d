/** The words of a rubric: the names of its sections and items, and the plan's sentences about them. */
import { type Item, isPlain, itemsOf, type Rubric } from '../scores/rubric.ts'
import { plainText } from './score-text.ts'
import type { Meaning } from './score-tokens.ts'
import { endBy } from './trim.ts'

type Named = { name: string; meaning: Meaning; tail?: RegExp }
type Found = { meaning: Meaning; length: number }
/** Finds the name that begins at a place of a text, the longest first. */
type Names = (plain: string, at: number) => Found | undefined

const known = new WeakMap<Rubric, Names>()
/** Finds names of a rubric in a text; the longest one wins. */
export function namesIn(rubric: Rubric): Names {
  const found =
    known.get(rubric) ??
    finder([...itemNames(rubric), ...sectionNames(rubric), ...amounts(rubric), ...aroundScores(rubric)])
  known.set(rubric, found)
  return found
}

function finder(names: readonly Named[]): Names {
  const byFirst = new Map<string, Named[]>()
  for (const named of [...names].sort((a, b) => b.name.length - a.name.length)) {
    const first = named.name[0] ?? ''
    byFirst.set(first, [...(byFirst.get(first) ?? []), named])
  }
  return (plain, at) => {
    for (const { name, meaning } of byFirst.get(plain[at] ?? '') ?? [])
      if (plain.startsWith(name, at)) return { meaning, length: name.length }
    return undefined
  }
}

const parts = (name: string): string[] => {
  const found: string[] = []
  for (let from = 0; from < name.length; from++)
    for (let to = from + 2; to <= name.length; to++) found.push(name.slice(from, to))
  return found
}

/** The names of bands, and the headings of the form. */
const aroundScores = ({ bands, headings }: Rubric): Named[] => [
  ...bands.map((name): Named => ({ name: plainText(name), meaning: { kind: 'band' } })),
  ...headings.map((name): Named => ({ name: plainText(name), meaning: { kind: 'noise' } })),
]

/**
 * The words for amounts. 好, 较好: the name of a level stands for its points. 基础分: if items have a base, it is what 满分 is in other rubrics.
 */
function amounts(rubric: Rubric): Named[] {
  const levels = new Map(
    itemsOf(rubric).flatMap(({ levels: own = [] }) => own.map(({ name, points }) => [name, points] as const)),
  )
  const base: Named[] = isPlain(rubric)
    ? []
    : ['基础分', '基本分'].map((name): Named => ({ name, meaning: { kind: 'full' } }))
  return [
    ...base,
    ...[...levels].map(
      ([name, value]): Named => ({
        name: plainText(name),
        meaning: { kind: 'number', num: { piece: name, value, points: true, level: true } },
      }),
    ),
  ]
}

/** The names of items. A label that two items share names none. A part of a label counts if no other label and no section has it. */
function itemNames(rubric: Rubric): Named[] {
  const items = itemsOf(rubric)
  const label = (item: Item): string => plainText(item.label)
  const meaning = (item: number, said: 'label' | 'part' | 'words'): Meaning => ({ kind: 'item', item, said })
  return items.flatMap((item) => {
    const others = items.filter((other) => other !== item).map(label)
    const own = label(item)
    const alone = (part: string): boolean =>
      others.every((other) => !other.includes(part)) && rubric.sections.every(({ name }) => !name.includes(part))
    const words = plainText(item.words)
    const sentence = words.slice(0, endBy(words, /[。.;；\s]/))
    return [
      ...(others.includes(own) || rubric.sections.some(({ name }) => name === own)
        ? []
        : [{ name: own, meaning: meaning(item.number, 'label') }]),
      ...parts(own)
        .filter((part) => part !== own && alone(part))
        .map((name) => ({ name, meaning: meaning(item.number, 'part') })),
      ...(sentence.length > 8 ? [{ name: sentence, meaning: meaning(item.number, 'words') }] : []),
    ]
  })
}

function sectionNames(rubric: Rubric): Named[] {
  const ordinals = '一二三四五六七八九十'
  return rubric.sections.flatMap(({ name }, section): Named[] => {
    const meaning = (part: boolean): Meaning => ({ kind: 'section', section, part })
    const alone = (part: string): boolean =>
      rubric.sections.every((other, i) => i === section || !other.name.includes(part))
    const numbers = [
      `${ordinals[section]}、`,
      `${ordinals[section]}.`,
      `(${ordinals[section]})`,
      `${section + 1}、`,
      `${section + 1}.`,
    ]
    return [
      ...parts(name)
        .filter(alone)
        .map((part) => ({ name: part, meaning: meaning(part !== name) })),
      ...numbers.flatMap((number) =>
        ['', ' '].map((gap) => ({ name: `${number}${gap}${name}`, meaning: meaning(false) })),
      ),
    ]
  })
}
