import type { Temporal } from 'temporal-polyfill'
import { bulletins } from '../handlers/bulletin/draft.ts'
import { dayOf } from '../src/bot/clock.ts'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { nextWorkingDay } from '../src/campaign/calendar/calendar.ts'
import { quarterWords } from '../src/campaign/calendar/quarter.ts'
import { holdersOf } from '../src/campaign/roster/roster.ts'

const duty = 'bulletin'

/**
 * J8: the draft is ready on the first working day after a quarter. A bulletin that could not be posted at once is posted on the day that
 * was announced.
 */
export const bulletinSchedule: Schedule = {
  duty,
  reads: [bulletins],
  due: (snapshot, date) => [...ready(snapshot, date), ...postponed(snapshot, date)],
  open: () => [],
}

function ready({ world }: Snapshot, date: Temporal.PlainDate): Due[] {
  const quarter = world.campaign.duties['quarterly-report'].milestones.find((end) =>
    nextWorkingDay(world.calendar, end).equals(date),
  )
  if (!quarter) return []
  return holdersOf(world.roster, 'organization-department').map((person) => ({
    receiver: { person },
    duty,
    period: quarter.toString(),
    step: 'ready',
    kind: 'reminder',
    says: () => ({
      title: `${quarterWords(quarter)}通报的草稿已备好。`,
      lines: [],
      reply: `请回复“通报 ${quarterWords(quarter)}”查看、修改或发到群。`,
    }),
  }))
}

function postponed({ world, kept }: Snapshot, date: Temporal.PlainDate): Due[] {
  const day = date.toString()
  return kept.of(bulletins).flatMap(({ ids, value: { content } }) =>
    world.roster.groups.flatMap((group): Due[] => {
      const { sent } = content
      if (!sent || sent.days[group.id] !== day || dayOf(sent.at).equals(date)) return []
      const [title = '', ...lines] = sent.text.split('\n')
      return [
        {
          receiver: { group },
          duty,
          period: ids[1] ?? '',
          step: 'sent',
          kind: 'bulletin',
          says: () => ({ title, lines, reply: '' }),
        },
      ]
    }),
  )
}
