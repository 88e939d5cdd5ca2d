import type { Temporal } from 'temporal-polyfill'
import { firstDayDuty, firstDayEntry, firstDayOf, replyWith, yourTasks } from '../handlers/first-day.ts'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import type { Person } from '../src/campaign/roster/roster.ts'

/** Contract, part two: on the campaign's first working day everybody hears their duties of the year, and one thing to say. */
export const firstDaySchedule: Schedule = {
  duty: firstDayDuty,
  due: (snapshot, date) => {
    const { roster, now } = snapshot.world
    const first = firstDayOf(snapshot.world)
    // If that day was missed, nothing makes up for it.
    if (!date.equals(first) || !now.toPlainDate().equals(first)) return []
    return roster.people
      .filter(({ accounts }) => (accounts.wecom ?? accounts.dingtalk) !== undefined)
      .map((person) => dueTo(snapshot, person, first))
  },
  open: () => [],
}

function dueTo({ world }: Snapshot, person: Person, first: Temporal.PlainDate): Due {
  const [duty, period, step] = firstDayEntry(first, person)
  return {
    receiver: { person },
    duty,
    period,
    step,
    kind: 'prompt',
    says: () => ({
      title: `“${world.campaign.name}”今天开始，要办的事都可以在这里回一句话办好。`,
      lines: yourTasks(world, person),
      reply: replyWith(world, person),
    }),
  }
}
