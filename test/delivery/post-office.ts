import { tokenCache } from '../../src/bot/connections/token-cache.ts'
import type { Channel, Outcome, Parcel, RenderedFile, Request } from '../../src/bot/messages/channel.ts'
import type { Can, ChannelName, DocumentOrder, Message } from '../../src/bot/messages/message.ts'
import { nextId, type OutboxRow, outbox } from '../../src/bot/messages/outbox.ts'
import { waitingNotices } from '../../src/bot/notices/notices.ts'
import { tellUnreachable } from '../../src/bot/notices/unreachable.ts'
import { rosters, rosterVersion, type World } from '../../src/bot/roster/world.ts'
import { currentRoster } from '../../src/bot/roster-import/roster-import.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import { Delivery } from '../../src/delivery/delivery.ts'
import type { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { wecomChannel } from '../../src/platforms/wecom/channel.ts'
import { WecomClient } from '../../src/platforms/wecom/client.ts'
import { all, type Store } from '../../src/store/store.ts'
import { beijing } from '../support/beijing.ts'
import { calendar, campaign } from '../support/bots.ts'
import { memoryLog } from '../support/memory-parts.ts'

const can: Can = { cards: true, forms: false, files: true, push: true }

/** The changes of a test to a channel: its windows and waits are `times` shorter; `before` and `after` see each request. */
export type Changed = {
  times?: number
  before?: (request: Request) => void | Promise<void>
  after?: (request: Request, outcome: Outcome) => void | Promise<void>
}

const changedChannel = (channel: Channel, { times = 1, before, after }: Changed): Channel => ({
  name: channel.name,
  can: channel.can,
  requests: (parcel) => channel.requests(parcel),
  paces: (parcel) => channel.paces(parcel).map((pace) => ({ ...pace, ms: pace.ms / times })),
  async send(request: Request, parcel: Parcel, file?: RenderedFile) {
    await before?.(request)
    const outcome = await channel.send(request, parcel, file)
    await after?.(request, outcome)
    return outcome.kind === 'again' ? { ...outcome, ms: outcome.ms / times } : outcome
  },
})

/** A second platform, which takes everything and keeps it. */
export function quietChannel(name: ChannelName): Channel & { texts: string[] } {
  const texts: string[] = []
  return {
    name,
    can,
    texts,
    requests: ({ message }) => [{ call: 'say', body: message.kind === 'text' ? message.text : message.kind }],
    paces: () => [],
    send: async ({ body }) => {
      texts.push(body)
      return { kind: 'sent' }
    },
  }
}

type Setting = { store: Store; wecom: EmulatedWecom; instance?: string; others?: readonly Channel[] } & Changed & {
    render?: (order: DocumentOrder) => Promise<RenderedFile>
  }

/** The real delivery with the real WeCom channel, on this store and against this emulated WeCom. */
export function postOffice({ store, wecom, instance = 'one', others = [], render, ...changed }: Setting) {
  const log = memoryLog()
  const settings = { ...wecom.credentials, apiBase: wecom.base }
  const client = new WecomClient({ settings, tokens: tokenCache(store), log })
  const channelsOpen = [changedChannel(wecomChannel({ settings, client, log }), changed), ...others]
  const channels = new Map(channelsOpen.map((channel) => [channel.name, channel]))
  const world = async (): Promise<World> => ({
    campaign,
    calendar,
    roster: await currentRoster(store),
    channels: new Map(channelsOpen.map((channel) => [channel.name, channel.can])),
    now: beijing('2022-04-25 10:00'),
  })
  const delivery: Delivery = new Delivery({
    store,
    channels,
    world,
    render: render ?? (() => Promise.reject(new Error('no documents here'))),
    refresh: async (row) => ({ row }),
    instance,
    log,
    unreachable: async (person) =>
      delivery.queued(await tellUnreachable(store, await world(), { id: person, instance })),
  })
  return { delivery, log, world }
}

/** A row for this person, as a turn makes it. */
export async function rowTo(
  store: Store,
  account: string,
  message: Message | string,
  more: Partial<OutboxRow> = {},
): Promise<OutboxRow> {
  const person = (await currentRoster(store)).people.find(({ accounts }) => accounts.wecom === account)
  if (!person) throw new Error(`nobody is ${account}`)
  return {
    id: nextId('', 'test'),
    lane: person.id,
    to: 'person',
    channel: 'wecom',
    kind: 'answer',
    about: [],
    message: typeof message === 'string' ? { kind: 'text', text: message } : message,
    inPlace: false,
    unique: typeof message !== 'string',
    queued: Date.now(),
    ...more,
  }
}

/** Puts rows into the outbox, as a commit does. */
export async function put(store: Store, rows: readonly OutboxRow[]): Promise<readonly OutboxRow[]> {
  await store.commit(rows.map((row) => ({ put: outbox.key(row.lane, row.id), value: row, if: 'absent' })))
  return rows
}

/** The notices that wait for everybody. */
export async function noticesKept(store: Store): Promise<string[]> {
  const texts: string[] = []
  for await (const { value } of all(store, waitingNotices.key()))
    texts.push(...waitingNotices.schema.parse(value).notices.map(({ text }) => text))
  return texts
}

/** Puts a roster with these groups in force. */
export async function addGroups(store: Store, groups: Roster['groups']): Promise<void> {
  const roster = await currentRoster(store)
  await store.commit([
    { put: rosters.key('with-groups'), value: { ...roster, groups } },
    { put: rosterVersion.key(), value: { current: 'with-groups', content: '' } },
  ])
}
