import type { Context } from 'koa'
import type { WebSessions } from '../../bot/dashboard/login.ts'
import type { World } from '../../bot/roster/world.ts'
import { dashboardSeers } from '../../bot/turn/rights.ts'
import { wordedFor } from '../../campaign/roster/post-words.ts'
import { holdersOf, holds, type Person, personOf } from '../../campaign/roster/roster.ts'
import { Cookie } from './cookies.ts'

export type GuardParts = { sessions: WebSessions; world: () => Promise<World>; secure: boolean }
/** The requester, read from the roster as it is now: nobody, a person without the right, or a person who may see the dashboard. */
export type Asking = { world: World } & ({ person: Person; may: boolean } | { person?: undefined })

/** The session behind a request, and what its person may see at this moment. */
export class Guard {
  readonly world: () => Promise<World>
  readonly #sessions: WebSessions
  readonly #cookie: Cookie

  constructor({ sessions, world, secure }: GuardParts) {
    this.world = world
    this.#sessions = sessions
    this.#cookie = new Cookie('session', secure)
  }

  /** Opens a session under a new id and ends the one before. It lives for `seconds`. */
  async open(context: Context, person: string, seconds: number): Promise<void> {
    await this.#sessions.close(this.#cookie.read(context))
    this.#cookie.give(context, await this.#sessions.open(person), seconds)
  }

  async close(context: Context): Promise<void> {
    await this.#sessions.close(this.#cookie.read(context))
    this.#cookie.take(context)
  }

  async asks(context: Context): Promise<Asking> {
    const id = await this.#sessions.person(this.#cookie.read(context))
    const world = await this.world()
    if (id === undefined) return { world }
    const person = personOf(world.roster, id)
    const may = person !== undefined && holds(person, ...dashboardSeers)
    return { world, person: person ?? { id, name: '', accounts: {}, seats: [] }, may }
  }

  /** The people to ask for the right: the organization department, by name if the roster has one. */
  whom({ roster, campaign }: Pick<World, 'roster' | 'campaign'>): string {
    const department = campaign.posts['organization-department']
    const names = holdersOf(roster, 'organization-department').map(({ name }) => name)
    return names.length > 0 ? `${department}（${names.slice(0, 2).join('、')}）` : department
  }

  /** What people without the right read. */
  refusal(world: World): string {
    return wordedFor(
      world.campaign,
    )`看板由组织部、党委办公室、党委书记、副书记和党总支书记查看，您的账号暂时不能查看。如需开通请联系${this.whom(world)}。`
  }
}

/** A request that changes something must come from our own page, so the browser's Origin is compared, whatever cookies it has. */
export function isForeign(context: Context, publicUrl: string | undefined): boolean {
  const origin = context.get('origin')
  const site = context.get('sec-fetch-site')
  if (site === 'cross-site' || site === 'same-site') return true
  const ours = [`http://${context.get('host')}`, `https://${context.get('host')}`]
  if (publicUrl !== undefined) ours.push(new URL(publicUrl).origin)
  return origin !== '' && !ours.includes(origin)
}
