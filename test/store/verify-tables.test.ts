import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { auditedTables } from '../../handlers/all.ts'
import { Changes } from '../../src/bot/records/changes.ts'
import { liaisonReports, panels, scorecards } from '../../src/bot/records/records.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import { noRecords, type Records, rehearse } from '../../src/rehearsal/rehearsal.ts'
import { answeredTables, ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import { seal } from '../../src/store/seals.ts'
import type { Key, Store, Write } from '../../src/store/store.ts'
import type { Table } from '../../src/store/table.ts'
import { verify } from '../../src/store/verify.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { onBothEngines } from '../support/engines.ts'
import { recordTamperings, saidAfter } from './tampering.ts'

const keys = { key: randomBytes(32) }
const campaign = campaignOf(plan2022)

const Stamped = z.looseObject({ at: z.string() })

/** The records that a small college leaves in a year. */
function aYear(): Records {
  const world = {
    campaign,
    calendar: calendarOf(campaign.calendar.overrides),
    roster: generatedCollege(6),
    channels: new Map(),
  }
  const records = noRecords()
  const { starts: from, ends: to } = campaign
  const said = rehearse({ world, schedules: [], from, to, college: new ScriptedCollege(world, 7), records })
  while (!said.next().done);
  return records
}

/** One record of each table, with its chain of four entries. */
async function oneOfEach(store: Store): Promise<Map<string, Key>> {
  const { scorecards: cards, liaisonReports: given, kept } = aYear()
  const found = new Map<string, Key>()
  const keep = async (table: Table<unknown>, ids: readonly string[], value: unknown): Promise<void> => {
    found.set(table.name, table.key(...ids))
    for (const minute of ['01', '02', '03', '04']) {
      const changes = new Changes(store)
      const at = `2022-12-30T09:${minute}:00+08:00`
      await changes.change(table, ids, {
        value: { ...Stamped.parse(value), at },
        change: { at, who: 'p9', channel: 'wecom', what: '提交' },
      })
      await store.commit(changes.writes)
    }
  }
  for (const [name, card] of [...cards].slice(0, 1)) await keep(scorecards, [campaign.id, ...name.split('~')], card)
  for (const [name, report] of [...given].slice(0, 1))
    await keep(liaisonReports, [campaign.id, ...name.split('~')], report)
  // Only another plan has a panel's marks, so no year of this one leaves any.
  await keep(panels, [campaign.id, 'b1'], { at: '', by: 'p1', marks: [90, 92], mean: 91 })
  const rows = answeredTables.map((table: Table<unknown>) => ({ table, first: kept.of(table)[0] }))
  for (const { table, first } of rows) if (first) await keep(table, first.ids, first.value)
  return found
}

onBothEngines((open) => {
  let store: Store
  let records: Map<string, Key>
  const findings = async () => (await verify(store, auditedTables, keys)).findings

  beforeAll(async () => {
    store = await open()
    records = await oneOfEach(store)
    await seal(store, auditedTables, { at: '2022-12-30T10:00:00Z', keys })
  })

  const after = (writes: readonly Write[]): Promise<string> => saidAfter(store, writes, findings)

  it('a year leaves a record of every kind, and nothing is found in it', async () => {
    expect([...records.keys()].sort()).toEqual([...auditedTables].sort())
    expect(await findings()).toEqual([])
  })

  describe('every kind of damage is found', () => {
    for (const table of auditedTables)
      it(`in ${table}`, async () => {
        const record = records.get(table) ?? []
        const other = records.get(table === 'report' ? 'scorecard' : 'report') ?? []
        for (const [name, writes] of Object.entries(recordTamperings(store, record, other)))
          expect(await after(await writes()), name).not.toBe('')
        expect(await findings()).toEqual([])
      })
  })
})
