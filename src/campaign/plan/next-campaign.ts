import { Temporal } from 'temporal-polyfill'
import { isNode, isScalar, parseDocument, visit } from 'yaml'
import { readCampaignFile } from './campaign-file.ts'
import { marked } from './quotations.ts'

/** `lines`: where the old year is still written: words of the old plan, which only the new plan can replace. */
export type NextCampaign = { text: string; starts: string; ends: string; oldYear: number; lines: number[] }

/**
 * The file of another year, made of this one: `id`, dates, titles and whole lines of comment moved, the days off of the old year taken
 * out. The plan's own words (`words`, `source`, `document`) stay as they are and are marked `# 待核对`, since only the new plan can
 * replace them. Everything else stands as it stood. undefined: the text does not have the form of a campaign file.
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

/** The years of the old campaign, and by how many the new one is later. */
type Years = { from: number; to: number; by: number }
const digits = '〇一二三四五六七八九'
const yearPattern = /(?<!\d)\d{4}(?!\d)|[〇零○一二三四五六七八九]{4}/g

/** Years of the old campaign in a text, in either way of writing. */
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

/** Titles, names and lines of comment speak of the new years. */
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

/** 29 February becomes the 28th in a year without it. */
const moved = (date: string, years: number): string => Temporal.PlainDate.from(date).add({ years }).toString()

/** Written into the text itself, so that not one blank or comment moves. */
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
