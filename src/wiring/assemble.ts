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
  /** Makes documents; without it an order is refused. */
  render?: (world: () => Promise<World>) => DeliveryParts['render']
  /** Tells instances apart in ids. */
  instance: string
  log: Log
  /** Who counts the work, if anybody does. */
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
  /** Tells delivery what a commit put into the outbox. */
  queued: (rows: readonly OutboxRow[]) => void
  /** A way by which people are reached. All of them before delivery starts. */
  connect: (channel: Channel) => void
  /** What a platform's door does with an event. */
  receive: Receive
}

/** Bot, pushes and delivery on one store, as the program and whatever plays the program join them. Nothing runs yet. */
export function assemble(parts: Parts): Assembled {
  const { store, campaign, clock, handlers, schedules, render, instance, log, observers = {} } = parts
  const channels = new Map<ChannelName, Channel>()
  const can = new Map<ChannelName, Can>()
  // Rows of before delivery stands wait in the outbox, where it looks when it starts.
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
