import { Temporal } from 'temporal-polyfill'
import { schedules } from '../../schedules/all.ts'
import { runningClock } from '../bot/clock.ts'
import { rosters, rosterVersion } from '../bot/roster/world.ts'
import { calendarOf, isWorkingDay, nextWorkingDay } from '../campaign/calendar/calendar.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import { EmulatedWecom } from '../platforms/simulator/emulated-wecom.ts'
import { openEmbedded } from '../store/embedded.ts'
import { openRedis } from '../store/redis.ts'
import { all, type Store } from '../store/store.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { type Happening, Instances } from './crash-instances.ts'
import { type Arrived, CrashOracle, type Verdict } from './crash-oracle.ts'
import type { Order, Place } from './crashed-program.ts'
import { generatedCollege } from './generated-college.ts'

export type Crashes = {
  /** Node's arguments that start `crashed-program`. */
  program: readonly string[]
  place: Place
  instances: number
  kills: number
  branches: number
  campaign: string
  /** ISO dates, both included. The default is the campaign's own dates. */
  from?: string
  to?: string
}
/**
 * `standstills` counts how often all instances were killed and started an hour or days later. `left` counts rows and dead letters at the
 * end.
 */
export type Figures = Verdict & {
  engine: 'embedded' | 'redis'
  instances: number
  kills: number
  standstills: number
  days: number
  messages: number
  left: number
  violations: number
  seconds: number
}

const zone = 'Asia/Shanghai'
const patienceMs = 120_000
const random = (below: number): number => Math.floor(Math.random() * below)

/**
 * If a program stands still between counting a send and sending it, WeCom refuses the message for a minute, and the program sends it again.
 * Nothing is lost.
 */
const sentLate = /: 45009 /

/**
 * Plays a year on a virtual clock. Nobody answers, and the program is killed again and again at random: at a request before or after its
 * effect, just after its answer, or at any moment. An emulated WeCom records what arrived.
 */
export async function crashYear(crashes: Crashes): Promise<{ figures: Figures; problems: readonly string[] }> {
  const year = new CrashYear(crashes, await loadCampaign(crashes.campaign), generatedCollege(crashes.branches))
  return year.run()
}

class CrashYear {
  readonly #crashes: Crashes
  readonly #campaign: Awaited<ReturnType<typeof loadCampaign>>
  readonly #roster: Roster
  readonly #oracle: CrashOracle
  readonly #clock = runningClock()
  readonly #wecom: EmulatedWecom
  readonly #instances: Instances
  readonly #happenings: Happening[] = []
  #wake: () => void = () => {}
  #arrived = new Map<string, Arrived[]>()
  #figures = { standstills: 0, days: 0, messages: 0 }
  /** The number of requests until the next kill. */
  #fuse = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  /**
   * The groups whose connection was broken today. The program killed with it may be another one; the sender tries a group once more and then
   * leaves it open, so a second time would be a fault of the network, not a kill.
   */
  #broken = new Set<string>()

  constructor(crashes: Crashes, campaign: Awaited<ReturnType<typeof loadCampaign>>, roster: Roster) {
    this.#crashes = crashes
    this.#campaign = campaign
    this.#roster = roster
    const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
    const calendar = calendarOf(campaign.calendar.overrides)
    this.#oracle = new CrashOracle({ campaign, roster, channels, calendar }, schedules)
    this.#instances = new Instances({
      program: crashes.program,
      count: crashes.instances,
      start: (instance) => this.#start(instance),
      happened: (happening) => this.#happen(happening),
    })
    const now = (): number => this.#clock.now().epochMilliseconds
    this.#wecom = new EmulatedWecom({
      members: roster.people.map(({ accounts, name }) => ({ account: accounts.wecom ?? '', name })),
      groups: roster.groups.map(({ key, name }) => ({ key, name })),
      now,
      life: now,
    })
  }

  async run(): Promise<{ figures: Figures; problems: readonly string[] }> {
    const began = performance.now()
    await this.#wecom.listen()
    try {
      await this.#furnish()
      await this.#play()
    } finally {
      await this.#end()
    }
    const { instances, place } = this.#crashes
    const { violations } = this.#wecom
    const figures = {
      engine: 'folder' in place ? 'embedded' : 'redis',
      instances,
      kills: this.#instances.kills,
      ...this.#figures,
      ...this.#oracle.verdict,
      left: await this.#left(),
      violations: violations.length,
      seconds: Math.round((performance.now() - began) / 1000),
    } as const
    return { figures, problems: [...this.#oracle.problems, ...violations.filter((one) => !sentLate.test(one))] }
  }

  async #play(): Promise<void> {
    this.#wecom.fault = ({ path, query }) =>
      /\/(message|webhook)\/send$/.test(path) ? this.#burn(query['key']) : undefined
    this.#wecom.chats.onChange(({ chat, message }) => this.#note(chat, message.text))
    this.#arm()
    const { starts, ends } = this.#campaign
    const { from = starts, to = ends } = this.#crashes
    const calendar = calendarOf(this.#campaign.calendar.overrides)
    let isFinished = true
    const play = async (date: Temporal.PlainDate): Promise<Temporal.PlainDate> => {
      const day = await this.#day(date)
      isFinished = day.isFinished
      return day.over
    }
    for (let date = Temporal.PlainDate.from(from); date.until(to).days >= 0; date = date.add({ days: 1 }))
      if (isWorkingDay(calendar, date) && this.#oracle.due(date) > 0) date = await play(date)
    // If the program was dead for days at the end, further days let it take up what it left.
    for (let date = Temporal.PlainDate.from(to); !isFinished; ) date = await play(nextWorkingDay(calendar, date))
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#instances.end()
    await this.#wecom.close()
  }

  /** Plays one day until everything is out, or until the program is dead for days; `over` is the last of those days. */
  async #day(date: Temporal.PlainDate): Promise<{ over: Temporal.PlainDate; isFinished: boolean }> {
    this.#figures.days++
    this.#arrived = new Map()
    this.#broken = new Set()
    this.#clock.moveTo(date.toZonedDateTime({ timeZone: zone, plainTime: this.#campaign.push.at }))
    const orders = new Set<string>()
    const order = (...names: readonly string[]): void => {
      const at = this.#clock.now().toInstant().toString()
      orders.add(at)
      for (const name of names) this.#instances.order(name, at)
    }
    order(...this.#instances.names)
    for (let hours = 0; ; ) {
      const happened = await this.#next()
      if (happened.kind === 'quiet') {
        if (!orders.has(happened.at)) continue
        this.#oracle.judge(date, this.#arrived, true)
        return { over: date, isFinished: true }
      }
      const standstill = random(Math.max(20, this.#crashes.kills / 5))
      if (standstill > 2) order(happened.name)
      else {
        await this.#instances.killAll()
        this.#happenings.length = 0
        this.#figures.standstills++
        if (standstill > 0 && hours < 2) {
          hours++
          this.#clock.moveTo(this.#clock.now().add({ hours: 1 }))
          order(...this.#instances.names)
        } else {
          this.#oracle.judge(date, this.#arrived, false)
          return { over: date.add({ days: [0, 1, 10][random(3)] ?? 0 }), isFinished: false }
        }
      }
    }
  }

  #start(instance: string): Order {
    const { corpId, agentId, secret } = this.#wecom.credentials
    const { place, campaign } = this.#crashes
    return { start: { place, instance, campaign, wecom: { corpId, agentId, secret, apiBase: this.#wecom.base } } }
  }

  /** Counts a request that has arrived, for a group with its key. */
  #burn(group: string | undefined): { reset: true } | undefined {
    this.#fuse--
    if (this.#fuse > 0) return undefined
    this.#fuse = Number.POSITIVE_INFINITY
    const where = group !== undefined && this.#broken.has(group) ? 1 + random(2) : random(3)
    if (where === 0 && group !== undefined) this.#broken.add(group)
    if (where < 2) this.#kill()
    else this.#timer = setTimeout(() => this.#kill(), random(6))
    return where === 0 ? { reset: true } : undefined
  }

  #kill(): void {
    this.#instances.killOne()
    this.#arm()
  }

  /** Chooses the next kill. The kills are spread over the year. */
  #arm(): void {
    const { kills, branches, from, to } = this.#crashes
    if (this.#instances.kills >= kills) return
    const { starts, ends } = this.#campaign
    const days = Temporal.PlainDate.from(from ?? starts).until(to ?? ends).days
    if (random(5) === 0) this.#timer = setTimeout(() => this.#kill(), 20 + random(200))
    else this.#fuse = 1 + random((branches * days) / 4 / kills)
  }

  #note(chat: string, text: string): void {
    this.#figures.messages++
    const [kind, name] = chat.split(/:(.*)/)
    const receiver =
      kind === 'group'
        ? this.#roster.groups.find(({ key }) => key === name)
        : this.#roster.people.find(({ accounts }) => accounts.wecom === name)
    const id = receiver?.id ?? chat
    this.#arrived.set(id, [...(this.#arrived.get(id) ?? []), { text, starts: this.#instances.starts }])
  }

  #happen(happening: Happening): void {
    this.#happenings.push(happening)
    this.#wake()
  }

  async #next(): Promise<Happening> {
    for (;;) {
      const happening = this.#happenings.shift()
      if (happening) return happening
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the program stands still')), patienceMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  #open(): Promise<Store> {
    const { place } = this.#crashes
    return 'folder' in place ? openEmbedded(place.folder, { kind: 'platform' }) : openRedis(place.redis, place.prefix)
  }

  async #furnish(): Promise<void> {
    const store = await this.#open()
    await store.commit([
      { put: rosters.key('1'), value: this.#roster },
      { put: rosterVersion.key(), value: { current: '1', content: '' } },
    ])
    await store.close()
  }

  async #left(): Promise<number> {
    const store = await this.#open()
    let left = 0
    for (const name of ['outbox', 'outbox-progress', 'dead-letter']) for await (const _ of all(store, [name])) left++
    await store.close()
    return left
  }
}
