import type { Log } from '../bot/messages/channel.ts'
import { Shared } from '../bot/shared.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { type Store, StoreUnavailable } from '../store/store.ts'
import type { Health } from '../web/server.ts'

export type HealthParts = {
  store: Pick<Store, 'check'>
  delivery: Pick<Delivery, 'waiting' | 'stuck'>
  /** The number of people with an account at this moment. */
  people: () => Promise<number>
  isRunning: () => boolean
  log: Log
}

/** How often we check the store when nobody asks, in milliseconds. */
const lookEvery = 10_000

const moved =
  '存储不再是启动时打开的那一个（DATA_DIR 被移走、替换或删除，或者 Redis 被清空）：平台的消息会得到 503，请恢复原来的数据后重新启动'
const unwritable = (code: string): string => `存储暂时不能写入（${code}）：平台的消息会得到 503，请检查磁盘或 Redis`

/** Knows whether callbacks are served. It logs one line when a problem of the store begins and one when it ends. */
export class HealthWatch {
  readonly #parts: HealthParts
  readonly #looking = new Shared(() => this.#look())
  readonly #timer: NodeJS.Timeout
  #trouble: string | undefined
  #waits = false
  #people = 0

  constructor(parts: HealthParts) {
    this.#parts = parts
    this.#timer = setInterval(() => void this.#looking.get(), lookEvery).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async health(): Promise<Health> {
    const { delivery, isRunning, people } = this.#parts
    const trouble = await this.#looking.get()
    this.#people = trouble === undefined ? await people().catch(() => this.#people) : this.#people
    const problems = [
      ...(trouble === undefined ? [] : [trouble]),
      ...(isRunning() ? [] : ['正在启动或停止']),
      ...(delivery.stuck ? ['十分钟没有发出任何到期的消息，请查看日志并重新启动'] : []),
    ]
    const { waiting } = delivery
    return {
      ok: problems.length === 0,
      roster: this.#people,
      delivery: waiting === undefined ? 'running' : 'waiting',
      problems: [...problems, ...(waiting ?? [])],
    }
  }

  async #look(): Promise<string | undefined> {
    const { store, log, delivery } = this.#parts
    const trouble = await store.check().then(() => undefined, lineOf)
    if (trouble !== undefined && trouble !== this.#trouble) log.error({}, trouble)
    if (trouble === undefined && this.#trouble !== undefined) log.info({}, '存储恢复正常')
    this.#trouble = trouble
    const waits = delivery.waiting !== undefined
    if (waits && !this.#waits) log.warn({}, 'delivery waits for a platform, a limit or a quota')
    this.#waits = waits
    return trouble
  }
}

function lineOf(error: unknown): string {
  if (!(error instanceof StoreUnavailable)) return unwritable('unknown')
  return error.message === 'MOVED' ? moved : unwritable(error.message)
}
