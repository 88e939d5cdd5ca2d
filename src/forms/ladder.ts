import type { Temporal } from 'temporal-polyfill'
import type { Due, Schedule, Snapshot } from '../bot/pushes/schedule.ts'
import { isoOf } from '../campaign/calendar/iso.ts'
import { type Steps, stepOf } from '../campaign/calendar/ladder.ts'
import { listsBy, once, remembered } from '../campaign/once.ts'
import { byDeadline, hasBegun, openFor } from './open.ts'
import { forDoer, ladderFor, type Owed, type Owing, owedIn } from './owed.ts'

/**
 * The schedule of a duty: people on the steps before and after each deadline, their superiors once and merged, groups with counts. It
 * follows from who owes what and from the campaign's steps. `prompt` is the step that asks first.
 */
export const ladder = (
  owing: Owing,
  { prompt }: { prompt?: string | ((snapshot: Snapshot) => string) } = {},
): Schedule => ({
  duty: owing.about,
  reads: owing.reads,
  due: (snapshot, date) => {
    const steps = stepsOn(owing, snapshot, date)
    const days = owing.deadlines?.(snapshot).filter((deadline) => isAny(steps(deadline)))
    const falling = days ? owedBy(owing, snapshot, days) : fallingOf(owedIn(owing, snapshot), steps)
    if (falling.length === 0) return []
    return [
      ...toPeople(owing, snapshot, {
        falling,
        steps,
        prompt: typeof prompt === 'function' ? prompt(snapshot) : prompt,
      }),
      ...toSuperiors(owing, snapshot, { falling, steps }),
      ...toGroups(owing, snapshot, { falling, steps }),
    ]
  },
  open: (snapshot, person) =>
    openFor(owing, snapshot, person.id)
      .filter(({ deadline }) => hasBegun(owing, snapshot, deadline))
      .map(({ deadline, said }) => ({ duty: owing.about, deadline, ...said })),
})

type Falling = { falling: readonly Owed[]; steps: (deadline: Temporal.PlainDate) => Steps }

/** On most days no step of a duty falls, and then nothing of it is reckoned. Steps of one deadline may fall on two days looked at. */
function owedBy(owing: Owing, snapshot: Snapshot, days: readonly Temporal.PlainDate[]): readonly Owed[] {
  if (days.length === 0) return []
  return remembered(owedByDays(owing)(snapshot), days.map(isoOf).join(), () => owing.owed(snapshot, days))
}
const owedByDays = once<Owing, (snapshot: Snapshot) => Map<string, readonly Owed[]>>(() => once(() => new Map()))
const fallingOf = (owed: readonly Owed[], steps: Falling['steps']): readonly Owed[] =>
  owed.filter((one) => isAny(steps(one.deadline)) || (one.doer !== undefined && isAny(steps(one.doer.deadline))))
const isAny = ({ person, group, superior }: Steps): boolean => (person ?? group ?? superior) !== undefined

/** The steps that fall on a day, reckoned once for each deadline. */
function stepsOn(owing: Owing, snapshot: Snapshot, date: Temporal.PlainDate): Falling['steps'] {
  const rules = ladderFor(owing, snapshot)
  return once((deadline) => stepOf(rules, deadline, { date, calendar: snapshot.world.calendar }))
}

function toPeople(owing: Owing, snapshot: Snapshot, due: Falling & { prompt: string | undefined }): Due[] {
  const open = due.falling
    .filter(({ done }) => !done)
    .map(forDoer)
    .filter(({ deadline }) => due.steps(deadline).person !== undefined)
  return [...listsBy(open, ({ by }) => by)].flatMap(([person, mine]) =>
    byDeadline(mine).map((some): Due => {
      const [{ deadline, period }] = some
      const step = due.steps(deadline).person ?? ''
      return {
        receiver: { person },
        duty: owing.about,
        period,
        step,
        kind: step === due.prompt ? 'prompt' : 'reminder',
        says: () => owing.asks(snapshot, some, person),
      }
    }),
  )
}

function toSuperiors(owing: Owing, snapshot: Snapshot, due: Falling): Due[] {
  const { tells } = owing
  if (!tells) return []
  const open = due.falling.filter((one) => !one.done && due.steps(one.deadline).superior !== undefined)
  return [...listsBy(open, ({ superiors }) => superiors)].flatMap(([person, mine]) =>
    byDeadline(mine).map(
      (some): Due => ({
        receiver: { person },
        duty: owing.about,
        period: some[0].period,
        step: `superior-${due.steps(some[0].deadline).superior}`,
        kind: 'escalation',
        says: () => tells(snapshot, some),
      }),
    ),
  )
}

/** Counts. After the deadline also the names of those who have not answered, but only if the campaign switches that on (R4). */
function toGroups(owing: Owing, snapshot: Snapshot, due: Falling): Due[] {
  const { tellsGroup } = owing
  const { campaign, roster } = snapshot.world
  if (!tellsGroup) return []
  const isNamed = ({ superior }: Steps): boolean =>
    campaign.switches.namesInGroupsAfterDeadline && superior !== undefined
  const falling = due.falling.filter(({ deadline }) => {
    const steps = due.steps(deadline)
    return steps.group !== undefined || isNamed(steps)
  })
  return byDeadline(falling).flatMap((all) => {
    const below = listsBy(all, ({ generalBranch }) => (generalBranch === undefined ? [] : [generalBranch]))
    return roster.groups.flatMap((group): Due[] => {
      const owed = group.scope === 'college' ? all : below.get(group.scope)
      const open = owed?.filter((one) => !one.done) ?? []
      if (!owed || open.length === 0) return []
      const [{ deadline, period }] = owed
      const steps = due.steps(deadline)
      const silent = isNamed(steps) ? [...new Set(open.flatMap(({ by }) => by))] : []
      const mention = silent.flatMap((person) => person.accounts[group.platform] ?? [])
      return [
        {
          receiver: { group },
          duty: owing.about,
          period,
          step: steps.group ?? `after-${steps.superior}`,
          kind: 'reminder',
          says: () => tellsGroup(snapshot, { owed, done: owed.length - open.length, silent }),
          ...(isNamed(steps) ? { mention } : {}),
        },
      ]
    })
  })
}
