import type { Temporal } from 'temporal-polyfill'
import { type Push, planPushes } from '../bot/pushes/push-plan.ts'
import { receiverId, type Schedule, type Snapshot } from '../bot/pushes/schedule.ts'
import { Kept } from '../bot/records/kept.ts'
import type { World } from '../bot/roster/world.ts'

/** One message that arrived at a receiver on a day. `starts` is the number of programs started by then. */
export type Arrived = { text: string; starts: number }
export type Verdict = { lost: number; unexpected: number; doubledToPeople: number; doubledToGroups: number }

/**
 * Knows which messages must arrive in a year in which nobody answers, whatever is killed. It knows the plan and the arrived messages, but
 * no stores, ledgers or queues.
 * On a day on which the program died for good, nobody knows whether it noted all that had arrived. So on its next day it may repeat those
 * messages, merged with others, or leave them out; both are right.
 */
export class CrashOracle {
  readonly verdict: Verdict = { lost: 0, unexpected: 0, doubledToPeople: 0, doubledToGroups: 0 }
  readonly problems: string[] = []
  readonly #world: Omit<World, 'now'>
  readonly #schedules: readonly Schedule[]
  readonly #said = new Set<string>()
  #doubtful: string[] = []

  constructor(world: Omit<World, 'now'>, schedules: readonly Schedule[]) {
    this.#world = world
    this.#schedules = schedules
  }

  /** The number of messages due on a day. */
  due(date: Temporal.PlainDate): number {
    return this.#plan(date, this.#said).size
  }

  /**
   * Judges a day. `arrived` holds the messages by receiver id, in order. `finished` means that the program lived until everything was out.
   */
  judge(date: Temporal.PlainDate, arrived: ReadonlyMap<string, readonly Arrived[]>, finished: boolean): void {
    const most = this.#plan(date, this.#said)
    const least = this.#plan(date, new Set([...this.#said, ...this.#doubtful]))
    for (const receiver of new Set([...most.keys(), ...arrived.keys()])) {
      const pushes = [most.get(receiver), least.get(receiver)]
      const got = arrived.get(receiver) ?? []
      this.#count(`${date.toString()} ${receiver}`, pushes, { got, finished })
      if (finished || got.length > 0) this.#note(pushes[0], finished)
    }
    if (!finished) return
    for (const entry of this.#doubtful) this.#said.add(entry)
    this.#doubtful = []
  }

  #note(push: Push | undefined, finished: boolean): void {
    for (const entry of push?.ledger ?? [])
      if (finished) this.#said.add(entry.join('\n'))
      else this.#doubtful.push(entry.join('\n'))
  }

  #count(
    what: string,
    pushes: readonly (Push | undefined)[],
    { got, finished }: { got: readonly Arrived[]; finished: boolean },
  ): void {
    const [first, ...more] = got
    if (!first) {
      if (finished && pushes.every((push) => push !== undefined)) this.#add('lost', what)
      return
    }
    const texts = pushes.map((push) => push && plain(push.text))
    if (got.some(({ text }) => !texts.includes(plain(text)))) this.#add('unexpected', what)
    const isGroup = pushes.some((push) => push && 'group' in push.receiver)
    let before = first
    for (const one of more) {
      // A group's robot does not recognise repeats, so the message on its way at a crash may come twice.
      if (isGroup && one.starts > before.starts) this.verdict.doubledToGroups++
      else this.#add('doubledToPeople', what)
      before = one
    }
  }

  #add(kind: 'lost' | 'unexpected' | 'doubledToPeople', what: string): void {
    this.verdict[kind]++
    this.problems.push(`${kind}: ${what}`)
  }

  #plan(date: Temporal.PlainDate, said: ReadonlySet<string>): Map<string, Push> {
    const { campaign } = this.#world
    const now = date.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: campaign.push.at })
    const snapshot: Snapshot = {
      world: { ...this.#world, now },
      scorecards: new Map(),
      liaisonReports: new Map(),
      kept: new Kept(),
      away: new Map(),
      wrote: new Map(),
    }
    const told = { said: (entry: readonly string[]) => said.has(entry.join('\n')), pushed: () => false }
    const plan = planPushes(this.#schedules, snapshot, { date, told })
    return new Map([...plan].map((push) => [receiverId(push.receiver), push]))
  }
}

/** A group's robot may set the first line in bold. */
const plain = (text: string): string => text.replaceAll('**', '')
