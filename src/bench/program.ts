import { join, resolve } from 'node:path'
import { rosters, rosterVersion } from '../bot/roster/world.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import { type Credentials, randomCredentials } from '../platforms/simulator/peer.ts'
import { openEmbedded } from '../store/embedded.ts'
import { openRedis } from '../store/redis.ts'
import type { Store } from '../store/store.ts'
import { type Child, startChild } from './child.ts'
import { agreeableApi, campaignFile } from './college.ts'

/** The place of the records of the bench's program: a folder with its embedded store, or also a Redis. */
export type Place = { folder: string; redisUrl?: string }

const prefix = 'bench'

export const openPlace = ({ folder, redisUrl }: Place): Promise<Store> =>
  redisUrl === undefined
    ? openEmbedded(join(folder, 'data'), { kind: 'platform' })
    : openRedis(redisUrl, `${prefix}-${folder.slice(-6)}`)

/** Puts a roster into the store, as an import of its file would. */
export async function enroll(store: Store, roster: Roster): Promise<void> {
  await store.commit([
    { put: rosters.key('bench'), value: roster },
    { put: rosterVersion.key(), value: { current: 'bench', content: '' } },
  ])
}

export type Running = { credentials: Credentials; start: () => Promise<Child>; close: () => void }

/** The built program as `npm start` runs it, on a store that knows the roster, with a WeCom API that accepts everything. */
export async function programOn(place: Place, roster: Roster): Promise<Running> {
  const store = await openPlace(place)
  await enroll(store, roster)
  await store.close()
  const credentials = randomCredentials()
  const api = await agreeableApi()
  return {
    credentials,
    start: () => startChild('main', { env: settings(credentials, api.base, place), cwd: place.folder }),
    close: () => api.close(),
  }
}

const settings = (credentials: Credentials, apiBase: string, { folder, redisUrl }: Place) => ({
  PORT: '0',
  DATA_DIR: join(folder, 'data'),
  CAMPAIGN_FILE: resolve(campaignFile),
  // Before the push time, so that only answers go out.
  CLOCK_START: '2022-04-18T06:00:00+08:00',
  WECOM_CORP_ID: credentials.corpId,
  WECOM_AGENT_ID: String(credentials.agentId),
  WECOM_SECRET: credentials.secret,
  WECOM_TOKEN: credentials.token,
  WECOM_ENCODING_AES_KEY: credentials.encodingAesKey,
  WECOM_API_BASE: apiBase,
  ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl, REDIS_PREFIX: `${prefix}-${folder.slice(-6)}` }),
})

/** The program's resident memory in MB, as the program itself reports it. */
export async function residentMb({ port }: Child): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\d{1,16})/m.exec(text)?.[1]) / 2 ** 20
}
