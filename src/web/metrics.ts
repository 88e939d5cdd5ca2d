import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type MetricSources = {
  outboxDepth: () => Promise<number>
  deadLetters: () => Promise<number>
  /** Whether a platform, a limit or a quota holds messages back. */
  deliveryWaits: () => boolean
  /** The use in this month, on platforms with a quota. */
  quotas: () => Promise<{ channel: string; kind: string; used: number; limit: number }[]>
}

/** Metrics whose values are looked up when /metrics is read. */
function watch(registry: Registry, { outboxDepth, deadLetters, deliveryWaits, quotas }: MetricSources): void {
  const registers = [registry]
  const gauge = (name: string, help: string, value: () => Promise<number>): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await value())
      },
    })
  gauge('dangjian_outbox_depth', 'Messages waiting to be sent', outboxDepth)
  gauge('dangjian_dead_letters', 'Messages that could not be delivered', deadLetters)
  gauge('dangjian_delivery_waiting', '1 while a platform, a limit or a quota holds messages back', async () =>
    deliveryWaits() ? 1 : 0,
  )
  const labelNames = ['channel', 'kind']
  const limit = new Gauge({ name: 'dangjian_quota_limit', help: 'Monthly quota of the edition', labelNames, registers })
  new Gauge({
    name: 'dangjian_quota_used',
    help: 'Used of the monthly quota',
    labelNames,
    registers,
    async collect() {
      for (const { channel, kind, used, limit: most } of await quotas()) {
        this.set({ channel, kind }, used)
        limit.set({ channel, kind }, most)
      }
    },
  })
}

/** The metrics that an administrator's monitoring reads at /metrics. Labels hold no texts, names or accounts. */
export function metrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5]
  return {
    registry,
    watch: (sources: MetricSources): void => watch(registry, sources),
    callbacks: new Histogram({
      name: 'dangjian_callback_seconds',
      help: 'Callbacks answered',
      labelNames: ['route', 'status'],
      buckets,
      registers,
    }),
    turns: new Histogram({
      name: 'dangjian_turn_seconds',
      help: 'Turns, from the event to the durable commit',
      labelNames: ['channel', 'result'],
      buckets,
      registers,
    }),
    conflicts: new Counter({
      name: 'dangjian_turn_conflicts_total',
      help: 'Commits that lost a race and ran again',
      registers,
    }),
    sends: new Histogram({
      name: 'dangjian_send_seconds',
      help: 'Requests to a platform',
      labelNames: ['channel', 'result'],
      buckets,
      registers,
    }),
    due: new Counter({
      name: 'dangjian_due_messages_total',
      help: 'Messages that schedules started',
      labelNames: ['kind'],
      registers,
    }),
  }
}
export type Metrics = ReturnType<typeof metrics>
