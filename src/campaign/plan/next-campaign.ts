import { Temporal } from 'temporal-polyfill'
import { isNode, parseDocument } from 'yaml'
import { readCampaignFile } from './campaign-file.ts'

/** `lines`: where the old year is still written: words of the old plan, which only the new plan can replace. */
export type NextCampaign = { text: string; starts: string; ends: string; oldYear: number; lines: number[] }

/**
 * The file of another year, made of this one: `id`, `starts` and `ends` moved, the days off of the old year taken out. Everything else,
 * comments and blanks included, stands as it stood. undefined: the text does not have the form of a campaign file.
 */
export function nextCampaign(text: string, year: number): NextCampaign | undefined {
  const read = readCampaignFile(text)
  if ('findings' in read) return undefined
  const { file } = read
  const oldYear = Temporal.PlainDate.from(file.starts).year
  const [starts, ends] = [moved(file.starts, year - oldYear), moved(file.ends, year - oldYear)]
  const hasOverrides = Object.keys(file.calendar.overrides).length > 0
  const next = replaced(text, [
    { path: ['id'], value: `'${year}'` },
    { path: ['starts'], value: starts },
    { path: ['ends'], value: ends },
    ...(hasOverrides ? [{ path: ['calendar', 'overrides'], value: '{}' }] : []),
  ])
  const lines = next.split('\n').flatMap((line, i) => (line.includes(String(oldYear)) ? [i + 1] : []))
  return { text: next, starts, ends, oldYear, lines }
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
