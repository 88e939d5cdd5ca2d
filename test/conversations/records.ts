import { z } from 'zod'
import { auditedTables } from '../../handlers/all.ts'
import { rosters } from '../../src/bot/roster/world.ts'
import { Enveloped } from '../../src/store/audit.ts'
import type { Running } from './running.ts'

/** What a story leaves in the store: the tables of records, and the parts of each record that differ from run to run. */
const [cards = '', reports = '', ...ofTheYear] = auditedTables
const kept = [cards, reports, 'closed-month', 'draft', 'delegation', 'reminder', 'away', 'notices', ...ofTheYear]
/** `days` are the days on which each group hears of it. They depend on the channel. */
const passing = new Set(['at', 'last', 'stamp', 'past', 'days'])
/** Ids of records that are made from the message's own id (src/store/opaque-id.ts). */
const opaque = /^[\w-]{22}$/
const NoneWait = z.object({ notices: z.tuple([]) })
const Entry = z.object({ who: z.string(), what: z.string() })

/** All records in the store's order, one on each line, with names for ids and without times and stamps. Then every change of them. */
export async function recordsOf(running: Running): Promise<string[]> {
  const names = await namesIn(running)
  const named = (id: string): string =>
    id.replace(opaque, '…').replace(/^[pbg]\d+(?=$|~)/, (part) => names.get(part) ?? part)
  const lines: string[] = []
  for (const name of kept)
    for (const { key, value } of await running.list(name)) {
      const enveloped = Enveloped.safeParse(value)
      const nothing = name === 'notices' && NoneWait.safeParse(value).success
      if (!nothing)
        lines.push(`${key.map(named).join(' ')} ${readable(enveloped.success ? enveloped.data.value : value, named)}`)
    }
  for (const { key, value } of await running.list('audit')) {
    const { who, what } = Entry.parse(value)
    lines.push(`${key.map(named).join(' ')} ${named(who)}${what}`)
  }
  return lines
}

async function namesIn(running: Running): Promise<Map<string, string>> {
  const [found] = await running.list(rosters.name)
  const { people, branches, generalBranches } = rosters.schema.parse(found?.value)
  return new Map([...people, ...branches, ...generalBranches].map(({ id, name }) => [id, name]))
}

function readable(value: unknown, named: (id: string) => string): string {
  const part = (name: string, inner: unknown): unknown => {
    if (passing.has(name)) return undefined
    return typeof inner === 'string' ? named(inner) : inner
  }
  return JSON.stringify(value, part)
}
