import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { schedules } from '../../schedules/all.ts'
import { runningClock, zone } from '../bot/clock.ts'
import { tokenCache } from '../bot/connections/token-cache.ts'
import type { Channel } from '../bot/messages/channel.ts'
import { outbox } from '../bot/messages/outbox.ts'
import { wecomChannel } from '../platforms/wecom/channel.ts'
import { WecomClient } from '../platforms/wecom/client.ts'
import type { Store } from '../store/store.ts'
import { assemble } from '../wiring/assemble.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'

/** The place of the records: a folder, or a Redis that several programs share. */
const Place = z.union([
  z.strictObject({ folder: z.string() }),
  z.strictObject({ redis: z.string(), prefix: z.string() }),
])
/** The orders to the program, one JSON line each: first how to start, then the moments to which it moves its clock. */
const Order = z.union([
  z.strictObject({
    start: z.strictObject({
      place: Place,
      instance: z.string(),
      campaign: z.string(),
      wecom: z.strictObject({ corpId: z.string(), agentId: z.number(), secret: z.string(), apiBase: z.string() }),
    }),
  }),
  z.strictObject({ at: z.string() }),
])
export type Place = z.infer<typeof Place>
export type Order = z.infer<typeof Order>
type Start = Extract<Order, { start: unknown }>['start']

const silent = {
  info: () => {},
  warn: () => {},
  error: (_: object, line: string) => void process.stderr.write(`${line}\n`),
}

/**
 * The part of the program that pushes, to be killed at any moment: the real bot, pushes, delivery, store and WeCom channel. After each
 * order it says what is due, and prints a line once everything is delivered. It ends when its input ends.
 */
async function main(): Promise<void> {
  let program: Awaited<ReturnType<typeof started>> | undefined
  for await (const line of createInterface({ input: process.stdin })) {
    const order = Order.parse(JSON.parse(line))
    if ('start' in order) program = await started(order.start)
    else void program?.move(order.at).then(() => process.stdout.write(`${order.at}\n`))
  }
  process.exit()
}

async function started({ place, instance, campaign: file, wecom }: Start) {
  const store = await open(place)
  const campaign = await loadCampaign(file)
  const clock = runningClock()
  const settings = { ...wecom, token: '', encodingAesKey: '' }
  const channel = unpaced(
    wecomChannel({
      settings,
      client: new WecomClient({ settings, tokens: tokenCache(store), log: silent }),
      log: silent,
    }),
  )
  const { delivery, pushes, connect } = assemble({
    store,
    campaign,
    clock,
    handlers: [],
    schedules,
    instance,
    log: silent,
  })
  connect(channel)
  let isDelivering = false
  return {
    async move(at: string): Promise<void> {
      clock.moveTo(Temporal.Instant.from(at).toZonedDateTimeISO(zone))
      if (!isDelivering) await delivery.start()
      isDelivering = true
      await pushes.run()
      while ((await store.list(outbox.key(), { limit: 1 })).length > 0) await sleep(2)
    },
  }
}

/** Loads only the engine in use, because this program is started a thousand times. */
async function open(place: Place): Promise<Store> {
  if ('folder' in place) return (await import('../store/embedded.ts')).openEmbedded(place.folder, { kind: 'platform' })
  return (await import('../store/redis.ts')).openRedis(place.redis, place.prefix)
}

/** Turns the paces off: they count real minutes, and a year takes few of them here. */
const unpaced = (channel: Channel): Channel => ({
  name: channel.name,
  can: channel.can,
  requests: (parcel) => channel.requests(parcel),
  paces: () => [],
  send: (request, parcel, file) => channel.send(request, parcel, file),
})

await main()
