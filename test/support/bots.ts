import { z } from 'zod'
import type { Can, ChannelName, Inbound } from '../../src/bot/messages/message.ts'
import { OutboxRow, outbox } from '../../src/bot/messages/outbox.ts'
import { importRoster } from '../../src/bot/roster-import/roster-import.ts'
import { Bot, type BotParts, type Taken } from '../../src/bot/turn/bot.ts'
import type { Handler } from '../../src/bot/turn/handler.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import { posts } from '../../src/campaign/roster/roster.ts'
import { all, type Store } from '../../src/store/store.ts'
import { table } from '../../src/store/table.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { college } from '../campaign/invented-college.ts'
import { beijing } from './beijing.ts'
import { rosterWorkbook, type SheetRow } from './roster-workbook.ts'

export const campaign = campaignOf(plan2022)
export const calendar = calendarOf(campaign.calendar.overrides)
const can: Can = { cards: true, forms: false, files: true, push: true }
const onWecom: ReadonlyMap<ChannelName, Can> = new Map([['wecom', can]])

const collegeFile = rosterWorkbook({ people: college })
export const enroll = async (store: Store, people: readonly SheetRow[] = college): Promise<void> =>
  void (await importRoster(store, await (people === college ? collegeFile : rosterWorkbook({ people })), { campaign }))

/** What everybody said, in the order in which it was taken. */
const heardTexts = table('heard', z.strictObject({ texts: z.array(z.string()) }))
export const heard = async (store: Store): Promise<string[]> => {
  const found = await store.get(heardTexts.key())
  return found ? heardTexts.schema.parse(found.value).texts : []
}

/** Records all messages of all people in one record, and answers with the message's number. */
export const listening: Handler = {
  name: 'listening',
  commands: [{ word: '帮助', by: posts, run: async (turn) => turn.say('能做的事') }],
  async claims(turn, text) {
    const texts = [...((await turn.read(heardTexts))?.texts ?? []), text]
    await turn.put(heardTexts, [], { value: { texts } })
    turn.say(`${texts.length} ${text}`)
    return true
  },
}

export const botOn = (store: Store, parts: Partial<BotParts> = {}): Bot =>
  new Bot({
    store,
    campaign,
    calendar,
    clock: { now: () => beijing('2022-04-25 10:00') },
    channels: onWecom,
    handlers: [listening],
    instance: 'one',
    queued: () => {},
    ...parts,
  })

let events = 0
export const event = (account: string, what: Inbound['what'] | string, more: Partial<Inbound> = {}): Inbound => ({
  channel: 'wecom',
  account,
  once: `7${String(++events).padStart(18, '0')}`,
  what: typeof what === 'string' ? { kind: 'text', text: what } : what,
  ...more,
})

export const waiting = async (store: Store, ...lane: string[]): Promise<OutboxRow[]> => {
  const rows: OutboxRow[] = []
  for await (const { value } of all(store, outbox.key(...lane))) rows.push(OutboxRow.parse(value))
  return rows
}
export const textOf = ({ message }: Pick<OutboxRow, 'message'>): string =>
  message.kind === 'text'
    ? message.text
    : message.kind === 'card'
      ? JSON.stringify(message.card)
      : message.order.document
export const answerOf = ({ rows }: Taken): string =>
  rows
    .filter(({ kind }) => kind === 'answer')
    .map(textOf)
    .join('\n')
