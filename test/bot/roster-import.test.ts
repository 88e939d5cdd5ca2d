import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { currentRoster, importRoster } from '../../src/bot/roster-import/roster-import.ts'
import { NotARoster } from '../../src/campaign/roster/roster-file.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { college, groups, inWords, rows, without } from '../campaign/invented-college.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'

const campaign = campaignOf(plan2022)
const opened: { store: Store; folder: string }[] = []
let store: Store
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roster-'))
  store = await openEmbedded(folder, { kind: 'platform' })
  opened.push({ store, folder })
})
afterAll(async () => {
  for (const { store: one, folder } of opened) {
    await one.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
const file = await rosterWorkbook({ people: college, groups })
const names = async (): Promise<string[]> => inWords(await currentRoster(store))

describe('importing a roster', () => {
  it('counts people with an account, and does nothing for the file that was imported last', async () => {
    expect(await importRoster(store, file, { campaign, again: 'never' })).toMatchObject({
      people: 9,
      imported: 13,
      problems: [],
      unchanged: false,
      department: true,
    })
    expect(await importRoster(store, file, { campaign, again: 'never' })).toMatchObject({ people: 9, unchanged: true })
  })

  it('what falls out of a roster and comes back is stored and read again under its own ids', async () => {
    await importRoster(store, file, { campaign })
    const before = await currentRoster(store)
    const renamed = [...without('严守义', '马建国'), ...rows('严守义 党支部书记  机关第一党支部')]
    expect((await importRoster(store, await rosterWorkbook({ people: renamed }), { campaign })).missing).toEqual([
      '马建国',
    ])
    const between = await currentRoster(store)
    expect(between.retired?.branches.map(({ name }) => name)).toEqual(['机关党支部'])
    await importRoster(store, await rosterWorkbook({ people: without('马建国'), groups }), { campaign })
    const back = await currentRoster(store)
    const ids = (some: readonly { id: string; name: string }[]): string[] => some.map(({ id, name }) => `${id} ${name}`)
    expect(ids(back.branches)).toEqual(ids(before.branches))
    expect(back.groups).toEqual(before.groups)
  })

  it('a file that is no roster, or one without a single good row, changes nothing', async () => {
    await importRoster(store, file, { campaign })
    const before = await names()
    await expect(importRoster(store, Buffer.from('not a workbook'), { campaign })).rejects.toThrow(NotARoster)
    const bad = await rosterWorkbook({ people: [{ 姓名: '甲', 职务: '主任' }] })
    expect(await importRoster(store, bad, { campaign })).toMatchObject({
      imported: 0,
      problems: ['人员 第2行 职务：没有“主任”这个职务'],
      missing: [],
    })
    expect(await names()).toEqual(before)
  })
})
