import type { Temporal } from 'temporal-polyfill'
import { measuresOwed, sponsorsOwed } from '../handlers/lagging/owed.ts'
import { conversionOf, laggingIn, laggingReads } from '../handlers/lagging/records.ts'
import { listed } from '../src/bot/pushes/push-text.ts'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { opensMonth } from '../src/campaign/calendar/calendar.ts'
import { dueWords } from '../src/campaign/calendar/ladder.ts'
import { holdersOf } from '../src/campaign/roster/roster.ts'
import { isConverted, newestFiled } from '../src/campaign/scores/rounds.ts'
import { ladder } from '../src/forms/ladder.ts'

const duty = 'lagging'

/** J9: a warning on the first working day of the last two months, while fewer lagging branches have moved up than the plan wants. */
const conversionSchedule: Schedule = { duty, reads: laggingReads, due: warnings, open: () => [] }

function warnings(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar, roster, now } = snapshot.world
  const { bands, conversion } = campaign
  const lowest = bands.lowest.name
  const left = (conversion.by.year - date.year) * 12 + conversion.by.month - date.month
  if (left < 0 || left > 1 || !opensMonth(calendar, date, campaign.starts)) return []
  const all = laggingIn(snapshot)
  const rate = conversionOf(snapshot, all)
  const needed = Math.ceil(conversion.goal * rate.all) - rate.done
  if (needed <= 0) return []
  const open = all.filter(({ rounds }) => !isConverted(rounds, bands))
  const ungraded = open.filter(({ rounds }) => newestFiled(rounds)?.round === 1)
  const again = open.filter((one) => !ungraded.includes(one))
  const names = (some: typeof all): string =>
    listed(
      some.map(({ name }) => name),
      '个',
    )
  const told = { duty, period: date.toString().slice(0, 7), step: 'conversion', kind: 'reminder' as const }
  const said = {
    title: `${lowest}${rate.words}，还要转化${needed}个，${dueWords(calendar, conversion.by, now.toPlainDate())}。`,
    lines: [
      ...(ungraded.length > 0 ? [`还没有复评：${names(ungraded)}`] : []),
      ...(again.length > 0 ? [`复评后仍为${bands.lowest.name}：${names(again)}`] : []),
    ],
  }
  return [
    ...holdersOf(roster, 'organization-department').map((person) => ({
      receiver: { person },
      ...told,
      says: () => ({ ...said, reply: `请回复“${lowest}”查看；安排复评请回复“复评 ${lowest}”。` }),
    })),
    ...holdersOf(roster, 'committee-secretary').map((person) => ({
      receiver: { person },
      ...told,
      says: () => ({ ...said, reply: `请回复“${lowest}”查看。` }),
    })),
  ]
}

/** J9: sponsor and helper after filing, measures after the sponsor, and the conversion rate. */
export const laggingSchedules: readonly Schedule[] = [ladder(sponsorsOwed), ladder(measuresOwed), conversionSchedule]
