import { Temporal } from 'temporal-polyfill'
import { isNode, isScalar, parseDocument, visit } from 'yaml'
import { readCampaignFile } from './campaign-file.ts'
import { marked } from './quotations.ts'

/** `lines` are the places that still name the old year. They hold the old plan's words, which only the new plan can replace. */
export type NextCampaign = { text: string; starts: string; ends: string; oldYear: number; lines: number[] }

/**
 * Makes the file of another year from this one. It moves `id`, dates, titles and whole lines of comment, and removes the old year's days
 * off. The plan's own words (`words`, `source`, `document`) stay and are marked `# 待核对`, because only the new plan can replace them.
 * Everything else stays unchanged. Undefined if the text does not have the form of a campaign file.
 */
export function nextCampaign(text: string, year: number): NextCampaign | undefined {
  const read = readCampaignFile(text)
  if ('findings' in read) return undefined
  const { file } = read
  const oldYear = Temporal.PlainDate.from(file.starts).year
  const years = { from: oldYear, to: Temporal.PlainDate.from(file.ends).year, by: year - oldYear }
  const [starts, ends] = [moved(file.starts, years.by), moved(file.ends, years.by)]
  const hasOverrides = Object.keys(file.calendar.overrides).length > 0
  const dated = replaced(text, [
    { path: ['id'], value: `'${year}'` },
    { path: ['starts'], value: starts },
    { path: ['ends'], value: ends },
    ...(hasOverrides ? [{ path: ['calendar', 'overrides'], value: '{}' }] : []),
  ])
  const next = marked(retitled(dated, years))
  const lines = next.split('\n').flatMap((line, i) => (yearsIn(line, years).length > 0 ? [i + 1] : []))
  return { text: next, starts, ends, oldYear, lines: years.by > years.to - years.from ? lines : [] }
}

/** The years of the old campaign, and how many years later the new one is. */
type Years = { from: number; to: number; by: number }
const digits = '〇一二三四五六七八九'
const yearPattern = /(?<!\d)\d{4}(?!\d)|[〇零○一二三四五六七八九]{4}/g

/** The years of the old campaign in a text, in either way of writing them. */
const yearsIn = (text: string, { from, to }: Years): string[] =>
  [...text.matchAll(yearPattern)]
    .map(([found]) => found)
    .filter((found) => numberOf(found) >= from && numberOf(found) <= to)

const numberOf = (written: string): number =>
  Number(written.replace(/[零○]/g, '0').replace(/[〇一二三四五六七八九]/g, (digit) => String(digits.indexOf(digit))))

const later = (text: string, years: Years): string =>
  text.replace(yearPattern, (found) => {
    const number = numberOf(found)
    if (number < years.from || number > years.to) return found
    const next = String(number + years.by)
    return /\d/.test(found) ? next : next.replace(/\d/g, (digit) => digits[Number(digit)] ?? '')
  })

/** Moves the years in titles, names and lines of comment. */
function retitled(text: string, years: Years): string {
  const changes: { from: number; to: number }[] = []
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isScalar(value) || !value.range || !['title', 'name'].includes(String(key.value))) return
      changes.push({ from: value.range[0], to: value.range[1] })
    },
  })
  const titled = changes
    .toSorted((a, b) => b.from - a.from)
    .reduce((done, { from, to }) => done.slice(0, from) + later(done.slice(from, to), years) + done.slice(to), text)
  return titled
    .split('\n')
    .map((line) => (line.trimStart().startsWith('#') ? later(line, years) : line))
    .join('\n')
}

/** 29 February becomes 28 February in a year without it. */
const moved = (date: string, years: number): string => Temporal.PlainDate.from(date).add({ years }).toString()

/** Writes into the text itself, so that no blank and no comment moves. */
function replaced(text: string, changes: readonly { path: string[]; value: string }[]): string {
  const document = parseDocument(text)
  return changes
    .flatMap(({ path, value }) => {
      const node = document.getIn(path, true)
      return isNode(node) && node.range ? [{ from: node.range[0], to: node.range[1], value }] : []
    })
    .sort((a, b) => b.from - a.from)
    .reduce((changed, { from, to, value }) => changed.slice(0, from) + value + changed.slice(to), text)
}
