/** The figures of the running program for /metrics. */
import { deadLetters, outbox } from '../bot/messages/outbox.ts'
import type { Delivery } from '../delivery/delivery.ts'
import { all, type Store } from '../store/store.ts'
import type { MetricSources, Metrics } from '../web/metrics.ts'
import type { Parts } from './assemble.ts'
import type { Platform } from './platforms.ts'

export const observersOf = ({ turns, conflicts, sends, due }: Metrics): NonNullable<Parts['observers']> => ({
  turn: (channel) => {
    const end = turns.startTimer({ channel })
    return (result) => void end({ result })
  },
  conflict: () => conflicts.inc(),
  sent: (channel, result, seconds) => sends.observe({ channel, result }, seconds),
  started: (kind) => due.inc({ kind }),
})

export const sourcesOf = (store: Store, delivery: Delivery, platforms: readonly Platform[]): MetricSources => ({
  outboxDepth: () => count(store, outbox.key()),
  deadLetters: () => count(store, deadLetters.key()),
  deliveryWaits: () => delivery.waiting !== undefined,
  quotas: async () => (await Promise.all(platforms.map(({ quotas }) => quotas?.() ?? Promise.resolve([])))).flat(),
})

const count = async (store: Store, prefix: readonly string[]): Promise<number> => {
  let found = 0
  for await (const _ of all(store, prefix)) found++
  return found
}
