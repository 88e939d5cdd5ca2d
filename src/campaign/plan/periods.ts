import type { Temporal } from 'temporal-polyfill'
import { once } from '../once.ts'
import type { Campaign, Period } from './campaign.ts'
import type { CampaignFile } from './campaign-file.ts'
import type { FileDates } from './file-dates.ts'
import { placeholder } from './names.ts'

/**
 * Plans that grade several times a year (上半年, 下半年). A campaign is always looked at in one period: grading has that period's deadline, and
 * its records are found under that period's keys. If the plan grades once a year there are no periods, and nothing here changes anything.
 */

/** The periods as the file writes them; empty if it grades once a year. */
export const periodsOf = ({ duties }: CampaignFile, { grading, opens, span }: FileDates): Period[] =>
  (duties.grading.periods ?? []).map(({ name }, i) => ({
    number: i + 1,
    name,
    opens: opens[i] ?? span.starts,
    deadline: grading[i] ?? span.ends,
  }))

type InPeriod = Pick<Campaign, 'period'>

/** The period's name, such as `上半年`; empty if the plan grades once a year. */
export const periodName = ({ period }: InPeriod): string => period?.name ?? ''

const views = once<readonly Period[], Map<number, Campaign>>(() => new Map())

/** The campaign in a period; always the same object for the same number. Returns the campaign itself if there is no such period. */
export function campaignIn(campaign: Campaign, number: number): Campaign {
  const known = views(campaign.periods)
  if (!campaign.period) for (const period of campaign.periods) known.set(period.number, viewOf(campaign, period))
  return known.get(number) ?? campaign
}

function viewOf(campaign: Campaign, period: Period): Campaign {
  const { duties, names, titles } = campaign
  const named = (title: string): string => {
    const place = placeholder.exec(title)?.[0] ?? ''
    return `${place}${period.name}${title.slice(place.length)}`
  }
  return {
    ...campaign,
    period,
    duties: { ...duties, grading: { ...duties.grading, deadline: period.deadline } },
    names: {
      ...names,
      grading: named(names.grading),
      unitTable: named(names.unitTable),
      collegeTable: named(names.collegeTable),
    },
    titles: { ...titles, scorecard: named(titles.scorecard), summaryTable: named(titles.summaryTable) },
  }
}

const hasOpened = ({ opens }: Period, date: Temporal.PlainDate): boolean => opens.until(date).days >= 0

/** The campaign in the period that is open on `date`: the last that has opened, or the first before any has. */
export const campaignAt = (campaign: Campaign, date: Temporal.PlainDate): Campaign =>
  campaignIn(campaign, campaign.periods.findLast((one) => hasOpened(one, date))?.number ?? 1)

/** The campaign in each period that has opened by `date`, oldest first; at least one. */
export function campaignsBy(campaign: Campaign, date: Temporal.PlainDate): Campaign[] {
  const opened = campaign.periods.filter((one, i) => i === 0 || hasOpened(one, date))
  return opened.length > 0 ? opened.map(({ number }) => campaignIn(campaign, number)) : [campaign]
}

/** The campaign in each period of the year, oldest first; at least one. */
export const campaignsOf = (campaign: Campaign): Campaign[] => campaignsBy(campaign, campaign.ends)

/** A command word, with the period's name if that period is not the one open on `date`. */
export const wordIn = (campaign: Campaign, date: Temporal.PlainDate, word: string): string =>
  campaignAt(campaign, date).period === campaign.period ? word : `${word} ${periodName(campaign)}`

const before = /^[\s,，、:：的]+/
const after = /[\s,，、:：]$/

/** The period at the beginning or end of the words, and the rest: `上半年 软件教研室`, `软件教研室 上半年`. */
export function periodSaid(
  { periods }: Pick<Campaign, 'periods'>,
  words: string,
): { number: number; rest: string } | undefined {
  const said = words.trim()
  for (const { number, name } of periods) {
    if (said.startsWith(name)) return { number, rest: said.slice(name.length).replace(before, '') }
    if (/[\s,，、]/.test(said.at(-name.length - 1) ?? '') && said.endsWith(name))
      return { number, rest: said.slice(0, -name.length).trim().replace(after, '') }
  }
  return undefined
}

const joint = '.'
const suffixOf = ({ period }: InPeriod): string => (period && period.number > 1 ? `${joint}${period.number}` : '')

/** The last part of the key of a grading record: unchanged in the first period, marked in a later one. */
export const keyIn = (campaign: InPeriod, id: string): string => id + suffixOf(campaign)

/** The same part without its period. */
export const withoutPeriod = (id: string): string => id.replace(/\.\d+$/, '')

/** The grading records of this period, with the last part of their keys as in a plan without periods. */
export function rowsIn<Row extends { ids: readonly string[] }>(
  campaign: Pick<Campaign, 'period' | 'periods'>,
  rows: readonly Row[],
): readonly Row[] {
  if (campaign.periods.length === 0) return rows
  return rows.flatMap((row) => {
    const last = row.ids.at(-1) ?? ''
    const plain = withoutPeriod(last)
    return keyIn(campaign, plain) === last ? [{ ...row, ids: [...row.ids.slice(0, -1), plain] }] : []
  })
}
