import { randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import cron from 'node-cron'
import type { Logger } from 'pino'
import type { Temporal } from 'temporal-polyfill'
import { auditedTables, handlers, papersOf } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { type RunningClock, runningClock, zone } from '../bot/clock.ts'
import { tokenCache } from '../bot/connections/token-cache.ts'
import type { Receive, SocketWay } from '../bot/messages/channel.ts'
import { tellQuotaLow } from '../bot/notices/quota-low.ts'
import type { Pushes } from '../bot/pushes/pushes.ts'
import { currentRoster, peopleWithAccount, tellChanged } from '../bot/roster-import/roster-import.ts'
import { takeSentRosters } from '../bot/roster-import/sent-rosters.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import type { Config } from '../config.ts'
import { lease, leaseMs, release } from '../delivery/lease.ts'
import { instanceLease } from '../delivery/running.ts'
import { backUp } from '../store/backup.ts'
import { isSealed, seal } from '../store/seals.ts'
import { type Store, StoreUnavailable } from '../store/store.ts'
import { type Metrics, metrics as newMetrics } from '../web/metrics.ts'
import { type Health, server } from '../web/server.ts'
import { type Assembled, assemble } from './assemble.ts'
import { commandsOf } from './commands.ts'
import { serveControl } from './control.ts'
import { pagesOf } from './dashboard.ts'
import { HealthWatch } from './health.ts'
import { listen } from './listen.ts'
import { loadCampaign } from './load-campaign.ts'
import { observersOf, sourcesOf } from './measured.ts'
import { dataKeysOf, openStore, storeFolder } from './open-store.ts'
import { goOut, proxiesInWords } from './outgoing.ts'
import { type Platform, type PlatformParts, platformsOf } from './platforms.ts'
import { type Listening, type Simulated, simulated, simulatorStart } from './simulated.ts'
import { type Changed, rosterAtStart } from './start-roster.ts'
import { version } from './version.ts'

const sweepEvery = '17 * * * *'
const sealEvery = '*/10 * * * *'
const backUpAt = '23 * * * *'

/** The whole program: joins the parts, starts them, and stops them in turn. */
export class Program {
  readonly #config: Config
  readonly #log: Logger
  readonly #stops: (() => unknown)[] = []
  #running = false

  constructor(config: Config, log: Logger) {
    this.#config = config
    this.#log = log
  }

  /** Resolves when callbacks are answered. Throws Stopped if the administrator has to solve a problem. */
  async start(): Promise<void> {
    const base = await this.#base()
    const { store, campaign, clock, instance } = base
    const metrics = newMetrics()
    const dashboard: { address?: string | undefined } = {}
    const conversations = handlers(schedules, {
      address: () => dashboard.address,
      isEncrypted: dataKeysOf(this.#config) !== undefined,
    })
    const assembled = assemble({
      store,
      campaign,
      clock,
      handlers: conversations,
      schedules,
      // The modules that make documents are loaded with the first one. Until then the program is smaller, and it starts faster.
      render: (world) => async (order) =>
        (await import('./documents.ts')).renderer(store, world, papersOf(conversations))(order),
      instance,
      log: this.#log,
      observers: observersOf(metrics),
    })
    const { platforms, simulator } = await this.#platforms(base, assembled)
    metrics.watch(sourcesOf(store, assembled.delivery, platforms))
    const takeFiles = this.#files(base, assembled, platforms)
    const address = await this.#serve({ base, assembled, platforms, simulator, metrics, takeFiles })
    dashboard.address = simulator ? simulator.dashboardAt(address) : this.#config.publicUrl
    // Before it counts as healthy, so that no command takes a healthy program for one that does not run.
    await this.#control(base, assembled)
    this.#running = true
    this.#wakeUp(assembled.pushes, store)
    void takeFiles()
    await this.#tellStarted(base, assembled, platforms)
    if (simulator) process.stdout.write(`模拟器已启动，请在浏览器打开 ${simulator.addressFor(address)}\n`)
    else
      this.#log.info(
        { channels: platforms.map(({ channel }) => channel.name), port: address.port, version },
        '党建助手已启动',
      )
  }

  /** The parts that the settings name: the plan, the clock, the store with its roster. */
  async #base() {
    const [config, log] = [this.#config, this.#log]
    const instance = randomBytes(4).toString('hex')
    const campaign = await loadCampaign(config.campaignFile)
    const clock = this.#clock(simulatorStart(campaign, calendarOf(campaign.calendar.overrides)))
    const socketWay = await this.#goOut()
    const store = await openStore(config, { log })
    this.#stops.push(() => store.close())
    if (store.shared) await this.#show(store, instance)
    // The first seal is made before there are records. Later seals read all records, and nobody waits for them.
    if (!(await isSealed(store))) await this.#quietly('seal', this.#seal(store))
    const changed = await rosterAtStart(config, { store, campaign, log })
    return { instance, campaign, clock, socketWay, store, changed }
  }

  /** Connects the platforms; in the simulator the emulated one. */
  async #platforms(
    { instance, campaign, clock, socketWay, store }: Base,
    { world, queued, pushes, connect }: Assembled,
  ) {
    const parts: PlatformParts = {
      tokens: tokenCache(store),
      leases: {
        take: (name) => lease(store, name, { owner: instance }),
        release: (name) => release(store, name, instance),
      },
      log: this.#log,
      store,
      roster: await currentRoster(store),
      socketWay,
      quotaLow: async (kind, used, limit) =>
        queued(await tellQuotaLow(store, await world(), { kind, used, limit, instance })),
    }
    const simulator = this.#config.simulator
      ? await simulated(this.#config, campaign, { parts, clock, look: () => pushes.run() })
      : undefined
    const platforms = simulator ? [simulator.platform] : platformsOf(this.#config, parts)
    for (const { channel } of platforms) connect(channel)
    return { platforms, simulator }
  }

  /** Imports the roster files that were sent, now and whenever one arrives. */
  #files({ store, campaign, instance }: Base, { world, queued }: Assembled, platforms: readonly Platform[]) {
    const downloads = new Map(
      platforms.flatMap(({ channel, download }) => (download ? [[channel.name, download]] : [])),
    )
    const work = { store, campaign, downloads, world, instance, log: this.#log, queued }
    return (): Promise<void> => this.#quietly('rosters', takeSentRosters(work))
  }

  /** Starts delivery and answers callbacks. */
  async #serve({ base, assembled, platforms, simulator, metrics, takeFiles }: Serving): Promise<Listening> {
    const { store } = base
    const { delivery, world } = assembled
    const receive: Receive = async (inbound) => {
      const answer = await assembled.receive(inbound)
      if (inbound.what.kind === 'file') void takeFiles()
      return answer
    }
    const people = async (): Promise<number> => peopleWithAccount((await world()).roster)
    const watch = new HealthWatch({ store, delivery, people, isRunning: () => this.#running, log: this.#log })
    this.#stops.push(() => watch.stop())
    const pages = pagesOf({ config: this.#config, store, world, platforms, simulator })
    await delivery.start()
    this.#stops.push(() => delivery.stop())
    const routers = [...platforms.flatMap((platform) => platform.open(receive)), ...pages]
    const address = await this.#listen(routers, metrics, () => watch.health())
    for (const { stop } of platforms) if (stop) this.#stops.push(stop)
    await simulator?.connect(address)
    return address
  }

  /** Takes the administrator's commands while the program runs. On Redis they use the store itself. */
  async #control({ store, campaign, instance }: Base, { world, queued }: Assembled): Promise<void> {
    if (store.shared) return
    const commands = commandsOf({ store, campaign, world, instance, queued })
    const failed = (error: unknown): void => this.#log.error({ err: error }, 'a command failed')
    this.#stops.push(await serveControl(storeFolder(this.#config), commands, failed))
  }

  /** Tells the platforms that the server listens, and the department what has changed in the roster. */
  async #tellStarted({ store, changed, instance }: Base, { world, queued }: Assembled, platforms: readonly Platform[]) {
    for (const { channel, cannot = [], started } of platforms) {
      for (const line of cannot) this.#log.warn({ channel: channel.name }, line)
      void started?.().catch((error: unknown) => this.#running && this.#log.error({ err: error }, 'platform: start'))
    }
    queued(await tellChanged(store, await world(), { imported: changed, instance }))
  }

  /** Takes nothing new, lets running work end, and closes the store. */
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

  /** From now on every request uses the proxies. The simulator sends nothing out. */
  async #goOut(): Promise<SocketWay> {
    const { simulator, outgoing } = this.#config
    if (simulator) return () => ({})
    const proxies = proxiesInWords(outgoing)
    if (proxies !== undefined) this.#log.info({}, `对外的请求经过代理：${proxies}`)
    return goOut(outgoing)
  }

  /** Marks the store as in use, for commands that need it for themselves. */
  async #show(store: Store, instance: string): Promise<void> {
    const name = instanceLease(instance)
    await lease(store, name, { owner: instance })
    const renewal = setInterval(() => void this.#quietly('lease', lease(store, name, { owner: instance })), leaseMs / 3)
    this.#stops.push(() => {
      clearInterval(renewal)
      return release(store, name, instance)
    })
  }

  async #seal(store: Store): Promise<void> {
    await seal(store, auditedTables, { at: new Date().toISOString(), keys: dataKeysOf(this.#config) })
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

  /** Says what is due at the start, and looks again every minute. If a minute was missed, the next one makes up for it. */
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
    const sealed = sealing()
    this.#stops.push(() => sealed)
    void look()
    void sweep()
  }
}

type Base = {
  instance: string
  campaign: Campaign
  clock: RunningClock
  socketWay: SocketWay
  store: Store
  changed: Changed
}
type Serving = {
  base: Base
  assembled: Assembled
  platforms: readonly Platform[]
  simulator: Simulated | undefined
  metrics: Metrics
  takeFiles: () => Promise<void>
}
