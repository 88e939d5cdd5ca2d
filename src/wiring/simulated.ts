import { randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import type { Middleware } from 'koa'
import { Temporal } from 'temporal-polyfill'
import type { runningClock } from '../bot/clock.ts'
import { zone } from '../bot/clock.ts'
import { type Calendar, calendarOf } from '../campaign/calendar/calendar.ts'
import { dayOfStep, nextPushTime } from '../campaign/calendar/ladder.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { branchOf, generalBranchOf, type Roster } from '../campaign/roster/roster.ts'
import type { Config } from '../config.ts'
import { door } from '../platforms/simulator/door.ts'
import { type SimulatedPerson, Simulator } from '../platforms/simulator/simulator.ts'
import type { Guard } from '../web/dashboard/guard.ts'
import { simulatedLogin } from '../web/simulator/login.ts'
import { simulatorPage } from '../web/simulator/page.ts'
import { type Platform, type PlatformParts, wecomPlatform } from './platforms.ts'

export type Listening = { host: string; port: number }

/** The path of the dashboard in the simulator, because `/` is the simulator's own page. */
export const simulatedPath = '/sim/dashboard'

/** The simulator's phones and the emulated WeCom, and the app that uses it like the real one. */
export type Simulated = {
  platform: Platform
  /** The simulator's own routes, and the dashboard's routes for the person chosen on its page. */
  routers: (dashboard: { routers: Router[]; guard: Guard }) => Router[]
  door: Middleware
  dashboardAt: (listening: Listening) => string
  connect: (listening: Listening) => Promise<void>
  addressFor: (listening: Listening) => string
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)

/** The start of the simulator's clock: the morning ten working days before the scores are due, when people first hear of them. */
export function simulatorStart({ starts, duties }: Campaign, calendar: Calendar): Temporal.ZonedDateTime {
  const first = dayOfStep(calendar, duties.grading.deadline, 10)
  const day = Temporal.PlainDate.compare(first, starts) < 0 ? starts : first
  return day.toZonedDateTime({ timeZone: zone, plainTime: '09:00' })
}

/** `look` says everything that is due at the moment to which the clock was moved. */
export async function simulated(
  config: Config,
  campaign: Campaign,
  { parts, clock, look }: { parts: PlatformParts; clock: ReturnType<typeof runningClock>; look: () => Promise<void> },
): Promise<Simulated> {
  const key = isLoopback(config.host) ? undefined : randomBytes(12).toString('base64url')
  const guard = door(key)
  const calendar = calendarOf(campaign.calendar.overrides)
  const simulator = new Simulator({
    people: peopleOf(parts.roster, campaign),
    groups: parts.roster.groups.filter((group) => group.platform === 'wecom').map(({ key, name }) => ({ key, name })),
    clock: {
      now: () => clock.now().toString({ timeZoneName: 'never' }),
      async moveTo(iso) {
        clock.moveTo(Temporal.Instant.from(iso).toZonedDateTimeISO(zone))
        await look()
      },
      nextPush: () => nextPushTime(clock.now(), calendar, campaign.push.at).toString({ timeZoneName: 'never' }),
    },
    guard,
  })
  const apiBase = await simulator.wecom.listen()
  const platform = wecomPlatform({ ...simulator.wecom.credentials, apiBase }, parts)
  return {
    platform: {
      ...platform,
      async stop() {
        await platform.stop?.()
        await simulator.close()
      },
    },
    door: guard,
    routers: (dashboard) => [
      simulatedLogin(guard, dashboard.guard),
      simulator.router,
      simulatorPage(guard),
      ...dashboard.routers,
    ],
    dashboardAt: ({ host, port }) => `http://${localName(host)}:${port}${simulatedPath}`,
    connect: ({ host, port }) => simulator.wecom.connect(`http://${localName(host)}:${port}/wecom/callback`),
    addressFor: ({ host, port }) => `http://${localName(host)}:${port}/${key === undefined ? '' : `?key=${key}`}`,
  }
}

const localName = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host

const peopleOf = (roster: Roster, campaign: Campaign): SimulatedPerson[] =>
  roster.people.flatMap(({ name, accounts, seats }) =>
    accounts.wecom === undefined
      ? []
      : seats.map((seat) => ({
          account: accounts.wecom ?? '',
          name,
          post: campaign.posts[seat.post],
          groupings: [
            ...(seat.generalBranch ? [generalBranchOf(roster, seat.generalBranch)?.name ?? ''] : []),
            ...(seat.branch ? [branchOf(roster, seat.branch)?.name ?? ''] : []),
          ],
        })),
  )
