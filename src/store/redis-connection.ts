import { Redis } from 'ioredis'
import { z } from 'zod'
import { stopped } from '../errors.ts'
import type { Script } from './redis-scripts.ts'
import { StoreUnavailable } from './store.ts'

/** The place of Redis: its address, and the Sentinels (`host`, `port`) that know the primary, with the primary's name there. */
export type RedisPlace = { url: string; sentinels?: { at: { host: string; port: number }[]; name: string } | undefined }

type Log = (line: string) => void
/** Logs a line about a subject unless it equals the last one about it. No line means that all is well. */
type Say = (about: 'connection' | 'settings' | 'replicas', line?: string) => void

/** In milliseconds. */
export const answerWithin = 1000
const silentAtMost = 2000
/** This much of the time in which a commit must be answered is left for the way back. */
const margin = 100
const lookEvery = 60_000
/** How often we check whether a replica that fell behind is back. */
const lookForReplica = 1000

/**
 * A connection that reconnects by itself. It then repeats everything that was sent and not answered, so every command must tolerate a
 * repeat. Throws StoreUnavailable if no answer comes within `answerWithin`.
 */
export type RedisConnection = {
  redis: Redis
  run: (script: Script, keys: string[], args: (string | number)[]) => Promise<unknown>
  /**
   * If there are replicas: resolves when one of them has all writes so far, but at `by` (`performance.now()`) at the latest. After a
   * replica took too long, nobody waits until one answers again.
   */
  replicated: (by: number) => Promise<void>
  close: () => Promise<void>
}

/** Connects, and checks the settings that decide whether an acknowledged commit can be lost. Throws Stopped. */
export async function connect(place: RedisPlace, log: Log): Promise<RedisConnection> {
  const redis = await connected(place)
  const say = onChange(log)
  const replicas = new Replicas(redis, say)
  const look = async (): Promise<void> => {
    try {
      await replicas.look()
      say('settings', await weakness(redis))
    } catch (error) {
      say(
        'settings',
        `无法检查 Redis 的持久化设置（${redisCode(error)}），请自行确认 appendonly yes 和 appendfsync always`,
      )
    }
  }
  await look()
  const unfollow = follow(redis, look, say)
  return {
    redis,
    run: (script, keys, args) => attempt(() => run(redis, script, { keys, args })),
    replicated: (by) => replicas.have(by),
    async close() {
      unfollow()
      replicas.stop()
      await redis.quit().catch(() => 'lost before')
      redis.disconnect()
    },
  }
}

/** The replicas of the primary: how many there are, and whether one of them keeps up. */
class Replicas {
  readonly #redis: Redis
  readonly #say: Say
  #count = 0
  #timer: NodeJS.Timeout | undefined
  #next: Promise<void> | undefined

  constructor(redis: Redis, say: Say) {
    this.#redis = redis
    this.#say = say
  }

  async look(): Promise<void> {
    const replication = await this.#redis.info('replication')
    this.#count = Number(/^connected_slaves:(\d+)/m.exec(replication)?.[1] ?? 0)
    // A replica reports its position every second.
    const isNear = (line: string): boolean =>
      /^slave\d/.test(line) && line.includes('state=online') && /\blag=[01]\b/.test(line)
    if (this.#count === 0 || replication.split('\n').some(isNear)) this.stop()
  }

  /** All calls in one turn of the event loop share one question. */
  async have(by: number): Promise<void> {
    if (this.#count === 0 || this.#timer) return
    this.#next ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#next = undefined
      return this.#wait(by)
    })
    await this.#next
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #wait(by: number): Promise<void> {
    const left = Math.max(1, Math.floor(by - performance.now() - margin))
    const reached = await this.#redis.wait(1, left).catch(() => 0)
    this.#say('replicas', reached > 0 ? undefined : 'Redis 的副本没有及时确认写入，主库此时损坏会丢数据，请检查副本')
    if (reached > 0 || this.#timer) return
    this.#timer = setInterval(() => void this.look().catch(() => undefined), lookForReplica).unref()
  }
}

async function connected({ url, sentinels }: RedisPlace): Promise<Redis> {
  let hasStarted = false
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: silentAtMost,
    socketTimeout: silentAtMost,
    commandTimeout: answerWithin,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, 500),
    // After a failover the old primary only reads. 2 means: reconnect and send the command again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    ...(sentinels && {
      sentinels: sentinels.at,
      name: sentinels.name,
      sentinelRetryStrategy: (times: number) => (hasStarted ? Math.min(50 * times, 500) : null),
      enableTLSForSentinelMode: url.startsWith('rediss:'),
      sentinelCommandTimeout: answerWithin,
      failoverDetector: true,
    }),
  })
  let reason = ''
  redis.on('error', (error) => {
    reason = redisCode(error)
  })
  try {
    await redis.connect()
    hasStarted = true
    return redis
  } catch (error) {
    redis.disconnect()
    throw stopped('redis-unreachable', { why: reason || redisCode(error) })
  }
}

/**
 * Reports when the connection goes and comes. Checks the settings again then, because it may be another server, and from time to time,
 * because replicas may come later.
 */
function follow(redis: Redis, look: () => Promise<void>, say: Say): () => void {
  const lost = (): void => say('connection', '与 Redis 的连接断开，正在重连；在此之前平台的请求会得到 503')
  const back = (): void => {
    say('connection', '已重新连上 Redis')
    void look()
  }
  redis.on('close', lost)
  redis.on('ready', back)
  const timer = setInterval(() => void look(), lookEvery).unref()
  return () => {
    clearInterval(timer)
    redis.off('close', lost)
    redis.off('ready', back)
  }
}

function onChange(log: Log): Say {
  const last = new Map<string, string | undefined>()
  return (about, line) => {
    if (line !== undefined && line !== last.get(about)) log(line)
    last.set(about, line)
  }
}

const Setting = z.tuple([z.string(), z.string()])

/** The settings that can lose an acknowledged commit, as a line; undefined if all is well. */
async function weakness(redis: Redis): Promise<string | undefined> {
  const value = async (name: string): Promise<string> => Setting.parse(await redis.config('GET', name))[1]
  const log = await value('appendonly')
  const sync = await value('appendfsync')
  const eviction = await value('maxmemory-policy')
  const weak = [
    ...(log === 'yes' ? [] : [`appendonly ${log}（应为 yes）`]),
    ...(sync === 'always' ? [] : [`appendfsync ${sync}（应为 always）`]),
    ...(eviction === 'noeviction' ? [] : [`maxmemory-policy ${eviction}（应为 noeviction）`]),
  ]
  return weak.length === 0 ? undefined : `Redis 的设置可能丢失已确认的数据：${weak.join('，')}`
}

/** By its hash where Redis remembers the script, else whole. */
async function run(
  redis: Redis,
  { sha, lua }: Script,
  { keys, args }: { keys: string[]; args: (string | number)[] },
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...args]
  try {
    return await redis.call('EVALSHA', [sha, ...rest])
  } catch (error) {
    if (redisCode(error) !== 'NOSCRIPT') throw error
    return await redis.call('EVAL', [lua, ...rest])
  }
}

/** Turns the client's errors into StoreUnavailable. It drops the cause, because that holds the command and with it people's texts. */
export async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new StoreUnavailable(redisCode(error))
  }
}

/** The error's code, such as `ECONNREFUSED`, `OOM` or `NOSCRIPT`. The client's own errors are sentences. */
function redisCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  const [code = ''] = error.message.split(' ', 1)
  return /^[A-Z]{2,}$/.test(code) ? code : error.message
}
