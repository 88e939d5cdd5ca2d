import { strFromU8, unzipSync } from 'fflate'
import { z } from 'zod'
import { handlers, papersOf } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import { readRosterFile } from '../../src/campaign/roster/roster-file.ts'
import { rehearse } from '../../src/rehearsal/rehearsal.ts'
import { renderer } from '../../src/wiring/documents.ts'
import { looksAt } from './looks.ts'
import { sampleCollege } from './sample-college.ts'

/** The words of a paper: of a Word file by paragraph, of a workbook by cell, without formatting. */
function textOf(data: Uint8Array): string {
  const parts = unzipSync(data)
  const wanted = Object.keys(parts).filter((name) => /^word\/document\.xml$|^xl\/.*\.xml$/.test(name))
  return wanted
    .map((name) => strFromU8(parts[name] ?? new Uint8Array()))
    .join('\n')
    .replace(/<\/(?:w:p|t|v|f)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
}

/** A college with a plan of its own: people talk, papers are made and read, the year is rehearsed. */
export async function anyPlan(campaign: Campaign, roster: Roster, now: string) {
  const college = await sampleCollege(now, roster, campaign)
  const world = () => college.college.bot.world()
  const render = renderer(college.store, world, papersOf(handlers(schedules)))
  const idOf = (name: string): string =>
    [...roster.branches, ...roster.generalBranches, ...roster.people].find((one) => one.name === name)?.id ?? name
  const accountOf = (channel: 'wecom' | 'dingtalk', name: string): string => {
    const account = roster.people.find((one) => one.name === name)?.accounts[channel]
    if (account === undefined) throw new Error(`nobody on ${channel} is ${name}`)
    return account
  }
  return {
    ...college,
    ...looksAt(college),
    on: (channel: 'wecom' | 'dingtalk', name: string, text: string): Promise<string> =>
      college.college.says(accountOf(channel, name), text, channel),
    /** The key of a button on the newest card that a person got. */
    button: (channel: 'wecom' | 'dingtalk', name: string, text: string): string => {
      const sent = college.college.door.to(accountOf(channel, name)).map(({ body }) => buttonsIn(body))
      const found = sent.findLast((buttons) => buttons.length > 0)?.find((one) => one.text === text)
      if (!found) throw new Error(`${name} has no button ${text}`)
      return found.key
    },
    /** Taps a button, by its key, and reads what comes back. */
    taps: (channel: 'wecom' | 'dingtalk', name: string, button: string): Promise<string> =>
      college.college.says(accountOf(channel, name), { kind: 'tap', button, picked: {} }, channel),
    /** What came to a person on one channel from now on. */
    hearsOn: (channel: 'wecom' | 'dingtalk', name: string): (() => string) => {
      const account = accountOf(channel, name)
      const before = college.college.door.to(account).length
      return () =>
        college.college.door
          .to(account)
          .slice(before)
          .map(({ text }) => text)
          .join('\n')
    },
    /** A document's name and its text. */
    paper: async (document: string, order: { [name: string]: string | number | boolean }) => {
      const ids = Object.fromEntries(
        Object.entries(order).map(([key, value]) => [key, typeof value === 'string' ? idOf(value) : value]),
      )
      const { name, data } = await render({ document, with: ids })
      return { name, data, text: textOf(data) }
    },
    /** The messages pushed between two days if nobody does anything, each with its date and receiver. */
    pushed: (from: string, to: string): string[] => {
      const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
      const calendar = calendarOf(campaign.calendar.overrides)
      const span = { from: campaign.starts.with(partsOf(from)), to: campaign.starts.with(partsOf(to)) }
      return [...rehearse({ world: { campaign, calendar, roster, channels }, schedules, ...span })].map(
        ({ at, to: receiver, text }) =>
          `${at.toPlainDate().toString()} ${'account' in receiver ? receiver.post : '群'} ${text}`,
      )
    },
  }
}

const Buttons = z.object({
  message: z.object({
    card: z.object({ ask: z.object({ buttons: z.array(z.object({ text: z.string(), key: z.string() })) }) }),
  }),
})
/** The buttons of a card as it was sent; none of anything else. */
const buttonsIn = (body: string): { text: string; key: string }[] => {
  const read = Buttons.safeParse(JSON.parse(body))
  return read.success ? read.data.message.card.ask.buttons : []
}

const partsOf = (day: string): { year: number; month: number; day: number } => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return { year, month, day: date }
}

export const rosterOf = (file: Uint8Array, campaign: Campaign): Roster => {
  const { roster, problems } = readRosterFile(file, undefined, campaign.posts)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return roster
}
