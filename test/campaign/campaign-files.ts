import { readFileSync } from 'node:fs'
import type { Temporal } from 'temporal-polyfill'
import { parseDocument } from 'yaml'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { parseCampaign } from '../../src/campaign/plan/parse-campaign.ts'

export const plan2022 = readFileSync('campaigns/2022/campaign.yaml', 'utf8')
export const otherCollege = readFileSync('test/campaign/other-college.yaml', 'utf8')

/** The campaign of a file's text. Throws if it has errors. */
export function campaignOf(text: string): Campaign {
  const read = parseCampaign(text)
  if ('findings' in read) throw new TypeError(JSON.stringify(read.findings))
  return read.campaign
}

/**
 * The text with the values at these paths replaced; undefined removes a value. Throws if a path does not exist, which is a mistake of the
 * test.
 */
export function changed(
  text: string,
  changes: readonly (readonly [path: readonly (string | number)[], value: unknown])[],
): string {
  const document = parseDocument(text)
  for (const [path, value] of changes) {
    if (!document.hasIn(path)) throw new TypeError(`no ${path.join('.')}`)
    if (value === undefined) document.deleteIn(path)
    else document.setIn(path, value)
  }
  return document.toString({ lineWidth: 0 })
}

/** Every text under one of these keys, at any depth. */
export function textsAt(keys: readonly string[], value: unknown, key = ''): string[] {
  if (typeof value === 'string') return keys.includes(key) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(keys, one, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([own, one]) => textsAt(keys, one, own))
}

export const strings = (dates: readonly Temporal.PlainDate[] | 'all-year'): string[] | 'all-year' =>
  dates === 'all-year' ? dates : dates.map(String)
