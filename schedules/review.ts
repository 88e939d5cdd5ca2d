import type { Temporal } from 'temporal-polyfill'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { daysWaited, type Queue, queueOf, queueWords } from '../src/bot/records/review-queue.ts'
import { inPeriods, roundsInSnapshot } from '../src/bot/scorecards/rounds.ts'
import { isWorkingDay } from '../src/campaign/calendar/calendar.ts'
import { isAny, once } from '../src/campaign/once.ts'
import { keyIn, periodName, wordIn } from '../src/campaign/plan/periods.ts'
import { holdersOf, holds } from '../src/campaign/roster/roster.ts'

const duty = 'review'
/** In working days: on its fourth day the oldest card has waited for three (decision 4). */
const every = 3

/** Decision 4: the organization department is told what waits for 备案 on the oldest card's 4th working day, and every third one after. */
export const reviewSchedule: Schedule = {
  duty,
  due: (all, date) => inPeriods(all, date, (snapshot) => toReviewers(snapshot, date)),
  open: (all, person) =>
    inPeriods(all, all.world.now.toPlainDate(), (snapshot) => {
      const queue = holds(person, 'organization-department') ? waitingIn(snapshot) : undefined
      return queue ? [{ duty, deadline: snapshot.world.campaign.ends, ...textFor(snapshot, queue) }] : []
    }),
}

/** For most of the year nothing waits. */
const waitingIn = once((snapshot: Snapshot): Queue | undefined =>
  isAny(snapshot.scorecards.values(), ({ state }) => state === 'submitted')
    ? queueOf(snapshot.world, (branch) => roundsInSnapshot(snapshot, branch).at(-1)?.card)
    : undefined,
)

const textFor = ({ world }: Snapshot, queue: Queue) => ({
  title: `${periodName(world.campaign)}${queueWords(queue, world.now.toPlainDate(), world.calendar)}`,
  lines: [],
  reply: `请回复“${wordIn(world.campaign, world.now.toPlainDate(), '待审')}”。`,
})

function toReviewers(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { calendar, roster } = snapshot.world
  const queue = waitingIn(snapshot)
  if (!queue || !isWorkingDay(calendar, date)) return []
  const days = daysWaited(queue, date, calendar)
  if (days <= 0 || days % every !== 0) return []
  return holdersOf(roster, 'organization-department').map((person) => ({
    receiver: { person },
    duty,
    period: keyIn(snapshot.world.campaign, queue.oldest.toString()),
    step: `waited-${days}`,
    kind: 'reminder',
    says: () => textFor(snapshot, queue),
  }))
}
