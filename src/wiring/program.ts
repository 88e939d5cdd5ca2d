import { randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import { auditedTables, handlers, papersOf } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { runningClock, zone } from '../bot/clock.ts'
import { tokenCache } from '../bot/connections/token-cache.ts'
import type { InPlace, Receive, SocketWay } from '../bot/messages/channel.ts'
import { deadLetters, outbox } from '../bot/messages/outbox.ts'
import { tellQuotaLow } from '../bot/notices/quota-low.ts'
import { tellUnreachable } from '../bot/notices/unreachable.ts'
import { Pushes } from '../bot/pushes/pushes.ts'
import { currentRoster, peopleWithAccount, tellChanged } from '../bot/roster/roster-import.ts'
import { takeSentRosters } from '../bot/roster/sent-rosters.ts'
import { Bot } from '../bot/turn/bot.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import { dataKeysOf, openStore, storeFolder } from '../cli/open-store.ts'
import type { Config } from '../config.ts'
import { Delivery } from '../delivery/delivery.ts'
import { lease, leaseMs, release } from '../delivery/lease.ts'
import { instanceLease } from '../delivery/running.ts'
import { backUp } from '../store/backup.ts'
import { seal } from '../store/seals.ts'
import { all, type Store, StoreUnavailable } from '../store/store.ts'
import { type Metrics, metrics as newMetrics } from '../web/metrics.ts'
import { type Health, server } from '../web/server.ts'
import { commandsOf } from './commands.ts'
import { serveControl } from './control.ts'
import { pagesOf } from './dashboard.ts'
import { HealthWatch } from './health.ts'
import { listen } from './listen.ts'
import { loadCampaign } from './load-campaign.ts'
import { goOut, proxiesInWords } from './outgoing.ts'
import { type PlatformParts, platformsOf } from './platforms.ts'
import { type Listening, simulated, simulatorStart } from './simulated.ts'
import { rosterAtStart } from './start-roster.ts'
import { version } from './version.ts'

const sweepEvery = '17 * * * *'
const sealEvery = '*/10 * * * *'
const backUpAt = '23 * * * *'

/** The whole program: puts the parts together, starts them, and stops them in turn. */
export class Program {
  readonly #config: Config
  readonly #log: Logger
  readonly #stops: (() => unknown)[] = []
  #running = false

  constructor(config: Config, log: Logger) {
    this.#config = config
    this.#log = log
  }

  /** Resolves when callbacks are answered. Throws what the administrator has to put right. */
  async start(): Promise<void> {
    const config = this.#config
    const log = this.#log
    const instance = randomBytes(4).toString('hex')
    const campaign = await loadCampaign(config.campaignFile)
    const calendar = calendarOf(campaign.calendar.overrides)
    const clock = this.#clock(simulatorStart(campaign, calendar))
    const socketWay = await this.#goOut()
    const store = await openStore(config, { log })
    this.#stops.push(() => store.close())
    if (store.shared) await this.#show(store, instance)
    await this.#quietly('seal', this.#seal(store))
    const changed = await rosterAtStart(config, { store, campaign, log })
    const metrics = newMetrics({
      outboxDepth: () => count(store, outbox.key()),
      deadLetters: () => count(store, deadLetters.key()),
      deliveryWaits: () => delivery.waiting !== undefined,
      quotas: async () => (await Promise.all(platforms.map(({ quotas }) => quotas?.() ?? Promise.resolve([])))).flat(),
    })
    const roster = await currentRoster(store)
    const parts: PlatformParts = {
      tokens: tokenCache(store),
      leases: { take: (name) => lease(store, name, instance), release: (name) => release(store, name, instance) },
      log,
      store,
      roster,
      socketWay,
      quotaLow: async (kind, used, limit) =>
        delivery.queued(await tellQuotaLow(store, await world(), { kind, used, limit }, instance)),
    }
    const simulator = config.simulator ? await simulated(config, campaign, parts, clock, () => pushes.run()) : undefined
    const platforms = simulator ? [simulator.platform] : platformsOf(config, parts)
    const channels = new Map(platforms.map(({ channel }) => [channel.name, channel]))
    const downloads = new Map(
      platforms.flatMap(({ channel, download }) => (download ? [[channel.name, download]] : [])),
    )
    const can = new Map(platforms.map(({ channel }) => [channel.name, channel.can]))
    let dashboardAddress: string | undefined
    const conversations = handlers(schedules, {
      address: () => dashboardAddress,
      isEncrypted: dataKeysOf(config) !== undefined,
    })
    const bot = new Bot({
      store,
      campaign,
      calendar,
      clock,
      channels: can,
      handlers: conversations,
      instance,
      queued: (rows) => delivery.queued(rows),
      conflict: () => metrics.conflicts.inc(),
    })
    const world = () => bot.world()
    const delivery = new Delivery({
      store,
      channels,
      world,
      // What makes documents is loaded with the first: until then the program starts faster and is smaller without it.
      render: async (order) => (await import('./documents.ts')).renderer(store, world, papersOf(conversations))(order),
      refresh: (row, begun) => pushes.refresh(row, begun),
      instance,
      log,
      sent: (channel, result, seconds) => metrics.sends.observe({ channel, result }, seconds),
      unreachable: async (person) => delivery.queued(await tellUnreachable(store, await world(), person, instance)),
    })
    const pushes: Pushes = new Pushes({
      store,
      schedules,
      world,
      instance,
      log,
      queued: (rows) => delivery.queued(rows),
      started: (kind) => metrics.due.inc({ kind }),
    })
    const receive: Receive = async (inbound) => {
      const end = metrics.turns.startTimer({ channel: inbound.channel })
      const { kind, rows } = await bot.receive(inbound)
      end({ result: kind })
      if (inbound.what.kind === 'file') void this.#quietly('rosters', takeFiles())
      const held = rows.findIndex((row) => row.heldUntil !== undefined)
      const places: InPlace[] = []
      for (const row of held < 0 ? [] : rows.slice(held)) {
        const place = row.lane === rows[held]?.lane ? await delivery.inPlace(row) : undefined
        if (place) places.push(place)
      }
      const [inPlace, ...rest] = places
      return inPlace ? { inPlace, rest } : {}
    }
    const takeFiles = (): Promise<void> =>
      takeSentRosters({ store, campaign, downloads, world, instance, log, queued: (rows) => delivery.queued(rows) })
    const watch = new HealthWatch({
      store,
      delivery,
      people: async () => peopleWithAccount((await world()).roster),
      isRunning: () => this.#running,
      log,
    })
    this.#stops.push(() => watch.stop())
    const pages = pagesOf({ config, store, world, platforms, simulator })
    const routers = [...platforms.flatMap((platform) => platform.open(receive)), ...pages]
    await delivery.start()
    this.#stops.push(() => delivery.stop())
    const address = await this.#listen(routers, metrics, () => watch.health())
    for (const { channel, cannot = [], stop } of platforms) {
      for (const line of cannot) log.warn({ channel: channel.name }, line)
      if (stop) this.#stops.push(stop)
    }
    await simulator?.connect(address)
    dashboardAddress = simulator ? simulator.dashboardAt(address) : config.publicUrl
    this.#running = true
    for (const { started } of platforms)
      void started?.().catch((error: unknown) => this.#running && log.error({ err: error }, 'platform: start'))
    this.#wakeUp(pushes, store)
    void this.#quietly('rosters', takeFiles())
    if (!store.shared)
      this.#stops.push(
        await serveControl(
          storeFolder(config),
          commandsOf({ store, campaign, world, instance, queued: (rows) => delivery.queued(rows) }),
          (error) => log.error({ err: error }, 'a command failed'),
        ),
      )
    delivery.queued(await tellChanged(store, await world(), changed, instance))
    if (simulator) process.stdout.write(`模拟器已启动，请在浏览器打开 ${simulator.addressFor(address)}\n`)
    else log.info({ channels: [...channels.keys()], port: address.port, version }, '党建助手已启动')
  }

  /** Takes nothing new, lets what is under way end, closes the store. */
  async stop(): Promise<void> {
    this.#running = false
    for (const stop of this.#stops.reverse())
      await Promise.resolve(stop()).catch((error: unknown) => this.#log.error({ err: error }, 'stop'))
  }

  #clock(simulated: Temporal.ZonedDateTime) {
    const { clockStart, simulator } = this.#config
    const start = clockStart ?? (simulator ? simulated : undefined)
    if (clockStart) this.#log.warn({ start: clockStart.toString() }, 'CLOCK_START：时钟从设定的时刻走起，仅供试用')
    return runningClock(start)
  }

  /** Whatever goes out takes the proxies from now on. Of the simulator nothing goes out. */
  async #goOut(): Promise<SocketWay> {
    const { simulator, outgoing } = this.#config
    if (simulator) return () => ({})
    const proxies = proxiesInWords(outgoing)
    if (proxies !== undefined) this.#log.info({}, `对外的请求经过代理：${proxies}`)
    return goOut(outgoing)
  }

  /** Tells commands that want the store for themselves that somebody uses it. */
  async #show(store: Store, instance: string): Promise<void> {
    const name = instanceLease(instance)
    await lease(store, name, instance)
    const renewal = setInterval(() => void this.#quietly('lease', lease(store, name, instance)), leaseMs / 3)
    this.#stops.push(() => {
      clearInterval(renewal)
      return release(store, name, instance)
    })
  }

  async #seal(store: Store): Promise<void> {
    await seal(store, auditedTables, new Date().toISOString(), dataKeysOf(this.#config))
  }

  async #listen(routers: readonly Router[], metrics: Metrics, health: () => Promise<Health>): Promise<Listening> {
    const isUnavailable = (error: unknown): boolean => error instanceof StoreUnavailable
    const app = server({ routers, metrics, health, isUnavailable, log: this.#log })
    const { address, stop } = await listen(app, this.#config)
    this.#stops.push(stop)
    return address
  }

  async #quietly(what: string, work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => this.#log.error({ err: error }, what))
  }

  /** What has come due is said at start and looked for every minute. A minute that was missed is made up for by the next. */
  #wakeUp(pushes: Pushes, store: Store): void {
    const look = (): Promise<void> => this.#quietly('schedules', pushes.run())
    const sweep = (): Promise<void> => this.#quietly('sweep', store.sweep())
    const options = { timezone: zone, noOverlap: true, missedExecutionTolerance: 50_000 }
    const sealing = (): Promise<void> => this.#quietly('seal', this.#seal(store))
    const backingUp = (): Promise<void> =>
      store.shared
        ? Promise.resolve()
        : this.#quietly('back-up', backUp(storeFolder(this.#config), this.#config.backupDays))
    const jobs = [
      ['* * * * *', look],
      [sealEvery, sealing],
      [sweepEvery, sweep],
      [backUpAt, backingUp],
    ] as const
    for (const task of jobs.map(([when, job]) => cron.schedule(when, job, options))) this.#stops.push(() => task.stop())
    void look()
    void sweep()
  }
}

const count = async (store: Store, prefix: readonly string[]): Promise<number> => {
  let found = 0
  for await (const _ of all(store, prefix)) found++
  return found
}
