import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { decodeKey, type EncodedWrite, encodeKey, encodeRange, encodeWrite } from './encode.ts'
import { answerWithin, attempt, connect, type RedisConnection, type RedisPlace } from './redis-connection.ts'
import * as scripts from './redis-scripts.ts'
import { type Key, type Store, StoreUnavailable, type Versioned } from './store.ts'

type Clock = () => number
/** The keys of one college's records. The braces keep them on one shard; no key names a person. */
type Places = {
  records: string
  order: string
  expiry: string
  commits: string
  mark: string
  trial: string
  /** How often each table was written. */
  tables: string
}

/**
 * The store in Redis, one college below `{prefix}`. Several processes may use it at once. While the connection is lost, every call throws
 * StoreUnavailable within a second; the connection comes back by itself. `log` gets Chinese lines for the administrator about settings that
 * can lose data and about the connection. `now` gives milliseconds since 1970, for expiry. Throws Stopped if Redis cannot be reached at the
 * start.
 */
export async function openRedis(
  place: string | RedisPlace,
  prefix: string,
  { log = () => {}, now = Date.now }: { log?: (line: string) => void; now?: Clock } = {},
): Promise<Store> {
  const places: Places = {
    records: `{${prefix}}:records`,
    order: `{${prefix}}:order`,
    expiry: `{${prefix}}:expiry`,
    commits: `{${prefix}}:commits`,
    mark: `{${prefix}}:mark`,
    trial: `{${prefix}}:trial`,
    tables: `{${prefix}}:tables`,
  }
  const connection = await connect(typeof place === 'string' ? { url: place } : place, log)
  return {
    shared: true,
    ...reading(connection, places, now),
    ...writing(connection, places, now),
    // Redis keeps overwritten values in its log file until it rewrites that file. If we may not ask for that, Redis does it by itself one
    // day.
    shred: async () => void (await connection.redis.bgrewriteaof().catch(() => log(notWrittenAnew))),
    close: () => connection.close(),
  }
}

const notWrittenAnew =
  'Redis 没有执行 BGREWRITEAOF，它的持久化文件里还有旧的内容：请管理员在 Redis 上执行 BGREWRITEAOF，并清理备份'

const Listed = z.array(z.string())

function reading(
  { redis, run }: RedisConnection,
  { records, order, tables }: Places,
  now: Clock,
): Pick<Store, 'get' | 'getMany' | 'list' | 'marks'> {
  const live = (key: Key, stored: string | null | undefined): Versioned | undefined => {
    if (typeof stored !== 'string') return undefined
    const record = decodeRecord(key, stored)
    return record.expiresAt === undefined || record.expiresAt > now() ? record : undefined
  }
  return {
    async get(key) {
      const field = encodeKey(key)
      return live(key, await attempt(() => redis.hget(records, field)))
    },
    async getMany(keys) {
      if (keys.length === 0) return []
      const fields = keys.map(encodeKey)
      const stored = await attempt(() => redis.hmget(records, ...fields))
      return keys.map((key, index) => live(key, stored[index]))
    },
    async marks(names) {
      if (names.length === 0) return []
      const counts = await attempt(() => redis.hmget(tables, ...names.map((name) => encodeKey([name]))))
      return counts.map((count) => count ?? '0')
    },
    async list(prefix, page) {
      const { from, to, limit, reverse } = encodeRange(prefix, page)
      const direction = reverse ? 'backward' : 'forward'
      const found = Listed.parse(await run(scripts.list, [records, order], [from, to, now(), limit, direction]))
      return found.flatMap((key, index) => {
        const stored = index % 2 === 0 ? found[index + 1] : undefined
        return stored === undefined ? [] : [decodeRecord(decodeKey(key), stored)]
      })
    },
  }
}

/** `<version> <expiry, 0 for never> <JSON>` */
function decodeRecord(key: Key, stored: string): Versioned {
  const version = stored.indexOf(' ')
  const expiry = stored.indexOf(' ', version + 1)
  const expiresAt = Number(stored.slice(version + 1, expiry))
  const record = { key, value: JSON.parse(stored.slice(expiry + 1)), version: stored.slice(0, version) }
  return expiresAt === 0 ? record : { ...record, expiresAt }
}

/** In milliseconds. After this time Redis writes nothing any more, and the rest of `answerWithin` is left for its answer. */
const commitWithin = answerWithin - 200
const sweptAtOnce = 500
const Verdict = z.tuple([z.enum(['done', 'conflict', 'late', 'other']), z.number()])
const Swept = z.number()

/**
 * The mark of this store, made by the first program that writes to it. A Redis that was emptied has no mark, and another Redis has its own.
 */
function marking({ redis }: RedisConnection, { mark }: Places): () => Promise<string> {
  let known: string | null = null
  return async () => {
    known ??= await attempt(async () => {
      await redis.set(mark, randomBytes(12).toString('base64url'), 'NX')
      return redis.get(mark)
    })
    return known ?? ''
  }
}
const moved = (): StoreUnavailable => new StoreUnavailable('MOVED')

function writing(connection: RedisConnection, places: Places, now: Clock): Pick<Store, 'commit' | 'sweep' | 'check'> {
  const { run, replicated } = connection
  const { records, order, expiry, commits, mark, trial, tables } = places
  const markOfStore = marking(connection, places)
  const instance = randomBytes(6).toString('base64url')
  let count = 0
  /** The difference between the clock of Redis and `performance.now()`, from its last answer. */
  let ahead = 0

  return {
    async commit(writes) {
      const id = `${instance}.${(++count).toString(36)}`
      const encoded = writes.map(encodeWrite).flatMap(asArguments)
      const began = performance.now()
      const givenUp = began + commitWithin
      const own = await markOfStore()
      for (;;) {
        const deadline = Math.floor(givenUp + ahead)
        const keys = [records, order, expiry, commits, mark, tables]
        const answer = await run(scripts.commit, keys, [id, own, now(), deadline, ...encoded])
        const [verdict, clock] = Verdict.parse(answer)
        ahead = clock - performance.now()
        if (verdict === 'other') throw moved()
        if (verdict === 'conflict') return false
        if (verdict === 'done') {
          await replicated(began + answerWithin)
          return true
        }
        // This was the first commit, or the clock of Redis was set. Now we know its clock.
        if (performance.now() > givenUp) throw new StoreUnavailable('late')
      }
    },
    async sweep() {
      for (let swept = 0; ; ) {
        const some = Swept.parse(await run(scripts.sweep, [records, order, expiry], [now(), sweptAtOnce]))
        swept += some
        if (some < sweptAtOnce) return swept
      }
    },
    async check() {
      if ((await run(scripts.check, [mark, trial], [await markOfStore()])) !== 1) throw moved()
    },
  }
}

function asArguments(write: EncodedWrite): (string | number)[] {
  const { kind, key, wants = '' } = write
  return kind === 'put'
    ? [kind, key, wants, write.expiresAt ?? 0, write.apart ?? '', write.value]
    : [kind, key, wants, 0, '', '']
}
