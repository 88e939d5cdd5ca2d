import type { Clock } from '../bot/clock.ts'
import type { Channel, Log, Receive } from '../bot/messages/channel.ts'
import type { Can, ChannelName } from '../bot/messages/message.ts'
import type { OutboxRow } from '../bot/messages/outbox.ts'
import { tellUnreachable } from '../bot/notices/unreachable.ts'
import type { PushParts } from '../bot/pushes/parts.ts'
import { Pushes } from '../bot/pushes/pushes.ts'
import type { World } from '../bot/roster/world.ts'
import { Bot, type Taken } from '../bot/turn/bot.ts'
import type { Handler } from '../bot/turn/handler.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { Delivery, type DeliveryParts } from '../delivery/delivery.ts'
import type { Store } from '../store/store.ts'

export type Parts = {
  store: Store
  campaign: Campaign
  clock: Clock
  handlers: readonly Handler[]
  schedules: PushParts['schedules']
  /** Makes documents. Without it an order is refused. */
  render?: (world: () => Promise<World>) => DeliveryParts['render']
  /** Makes the ids of this instance different from those of others. */
  instance: string
  log: Log
  /** Counts the work, for metrics. */
  observers?: Pick<DeliveryParts, 'sent'> &
    Pick<PushParts, 'started'> & {
      conflict?: () => void
      turn?: (channel: ChannelName) => (kind: Taken['kind']) => void
    }
}

export type Assembled = {
  bot: Bot
  pushes: Pushes
  delivery: Delivery
  world: () => Promise<World>
  /** Tells delivery which rows a commit has put into the outbox. */
  queued: (rows: readonly OutboxRow[]) => void
  /** Adds a channel. To be called for all channels before delivery starts. */
  connect: (channel: Channel) => void
  /** Takes an event from a platform. */
  receive: Receive
}

/** Joins bot, pushes and delivery on one store, for the program and for everything that plays the program. Nothing runs yet. */
export function assemble(parts: Parts): Assembled {
  const { store, campaign, clock, handlers, schedules, render, instance, log, observers = {} } = parts
  const channels = new Map<ChannelName, Channel>()
  const can = new Map<ChannelName, Can>()
  // Rows from before delivery exists wait in the outbox. Delivery looks there when it starts.
  const taking: ((rows: readonly OutboxRow[]) => void)[] = []
  const queued: Assembled['queued'] = (rows) => {
    for (const take of taking) take(rows)
  }
  const bot = new Bot({
    store,
    campaign,
    calendar: calendarOf(campaign.calendar.overrides),
    clock,
    channels: can,
    handlers,
    instance,
    queued,
    ...(observers.conflict ? { conflict: observers.conflict } : {}),
  })
  const world = () => bot.world()
  const { started, sent, turn } = observers
  const pushes = new Pushes({ store, schedules, world, instance, log, queued, ...(started ? { started } : {}) })
  const delivery = new Delivery({
    store,
    channels,
    world,
    render: render?.(world) ?? (() => Promise.reject(new Error('no documents here'))),
    refresh: (row, begun) => pushes.refresh(row, begun),
    instance,
    log,
    unreachable: async (person) => queued(await tellUnreachable(store, await world(), { id: person, instance })),
    ...(sent ? { sent } : {}),
  })
  taking.push((rows) => delivery.queued(rows))
  return {
    bot,
    pushes,
    delivery,
    world,
    queued,
    connect(channel) {
      channels.set(channel.name, channel)
      can.set(channel.name, channel.can)
    },
    async receive(inbound) {
      const done = turn?.(inbound.channel)
      const { kind, rows } = await bot.receive(inbound)
      done?.(kind)
      return delivery.answerOf(rows)
    },
  }
}
