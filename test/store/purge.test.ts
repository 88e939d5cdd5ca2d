import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { auditedTables } from '../../handlers/all.ts'
import { currentRoster } from '../../src/bot/roster-import/roster-import.ts'
import { backUp } from '../../src/store/backup.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { shred } from '../../src/store/embedded-shred.ts'
import { type Purge, purge, purgeable } from '../../src/store/purge.ts'
import { seal } from '../../src/store/seals.ts'
import { all, type Store } from '../../src/store/store.ts'
import { verify } from '../../src/store/verify.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'
import { aYearOf, secrets, talkingCollege, words } from '../support/talking-college.ts'

const keys = { key: randomBytes(32) }
const at = '2023-01-10T02:00:00Z'
const plain2022 = campaignOf(plan2022)
const tables = auditedTables
const alone: Purge = { campaign: '2022', current: '2022', tables }
const purged = (store: Store, what: Purge) => purge(store, what, { at, keys })
const sealed = (store: Store) => seal(store, auditedTables, { at, keys })
const findings = async (store: Store) => (await verify(store, auditedTables, keys)).findings

/** Empties the outbox as delivery would have done. */
async function deliverAll(store: Store): Promise<void> {
  for (const table of ['outbox', 'notices'])
    for await (const { key } of all(store, [table])) await store.commit([{ delete: key }])
}

onBothEngines((open) => {
  let store: Store
  beforeEach(async () => {
    store = await open()
    await sealed(store)
    await talkingCollege(store).then(aYearOf)
    await sealed(store)
  })

  it('leaves no name and no text, and verify holds by the certificate', async () => {
    const before = await purgeable(store, alone)
    expect(before).toMatchObject({ scorecard: 4, report: 1, 'audit-values': 8, draft: 1, roster: 1 })
    expect(await purged(store, alone)).toEqual(before)
    const left = JSON.stringify(await contentsOf(store))
    for (const secret of secrets) expect(left).not.toContain(secret)
    const tables = (await contentsOf(store)).map(([key]) => key.split('"')[1])
    expect([...new Set(tables)]).toEqual(['audit', 'purge-certificate', 'seal', 'seal-count', 'seal-key'])
    expect(await findings(store)).toEqual([])
    expect((await store.get(['purge-certificate', '2022']))?.value).toEqual({ at, removed: before, done: true })
  })

  it('verify still finds what is altered in the chains that are left, and a certificate that is gone', async () => {
    await purged(store, alone)
    const entry = ['audit', 'scorecard', '2022', 'b2', 'deciding', '000002']
    const found = await store.get(entry)
    await store.commit([{ delete: entry }])
    expect(await findings(store)).not.toEqual([])
    await store.commit([{ put: entry, value: found?.value }, { delete: ['purge-certificate', '2022'] }])
    expect((await findings(store)).length).toBeGreaterThanOrEqual(5)
  })

  it('what was not sealed yet is sealed before', async () => {
    const late = await talkingCollege(store)
    await late.says('zhaomingyuan', '评分 学生 全部满分')
    await late.says('zhaomingyuan', '提交')
    await purged(store, alone)
    expect(await verify(store, auditedTables, keys)).toMatchObject({ unsealed: 0, findings: [] })
  })

  it('a purge that was broken off is gone on with, and its certificate tells of all', async () => {
    const whole = await purgeable(store, alone)
    let commits = 0
    const dying: Store = {
      ...store,
      commit: (writes) =>
        writes.length > 5 && ++commits > 0 ? Promise.reject(new Error('the power went')) : store.commit(writes),
    }
    await expect(purge(dying, alone, { at, keys })).rejects.toThrow('the power went')
    await purged(store, alone)
    expect((await store.get(['purge-certificate', '2022']))?.value).toEqual({ at, removed: whole, done: true })
    expect(await findings(store)).toEqual([])
  })

  it('the same campaign can be begun anew: chains go on where they were cut', async () => {
    await purged(store, alone)
    const again = await talkingCollege(store)
    await aYearOf(again)
    await sealed(store)
    expect(await findings(store)).toEqual([])
    expect(await again.reads('zhouzuan', '历史 软件教研室')).toContain(words.reason)
    expect((await store.get(['audit', 'scorecard', '2022', 'b2', 'self', '000002']))?.value).toMatchObject({ n: 2 })
    await purged(store, alone)
    expect(await findings(store)).toEqual([])
    expect((await store.get(['purge-certificate', '2022']))?.value).toMatchObject({
      removed: { scorecard: 8, report: 2 },
    })
  })

  it('a campaign that is not there is refused, and nothing is gone', async () => {
    const before = await contentsOf(store)
    await expect(purged(store, { campaign: '2031', current: '2022', tables })).rejects.toThrow('没有活动“2031”')
    await expect(purgeable(store, { campaign: '', current: '2022', tables })).rejects.toMatchObject({
      name: 'Stopped',
    })
    expect(await contentsOf(store)).toEqual(before)
  })

  it('where the next campaign is there, its records, drafts, people and roster stay', async () => {
    await deliverAll(store)
    const next = { campaign: { ...plain2022, id: '2023' }, at: '2023-04-24 10:00' }
    const college = await talkingCollege(store, next)
    await college.says('chenzhigang', '评分 学生 5555 5555 5555 5555 10 9')
    await college.says('chenzhigang', '提交')
    await college.says('zhaomingyuan', '评分 学生 5 5 5')
    await college.says('gaowenjing', '文字')
    await sealed(store)
    const what: Purge = { campaign: '2022', current: '2023', tables }
    await expect(purged(store, what)).rejects.toThrow('还有消息没有送出')
    await deliverAll(store)
    const roster = await currentRoster(store)
    const records = async () => (await contentsOf(store)).filter(([key]) => key.includes('"2023"'))
    const before = await records()
    await purged(store, what)
    expect(await records()).toEqual(before)
    expect(await currentRoster(store)).toEqual(roster)
    expect(await findings(store)).toEqual([])
    const left = JSON.stringify((await contentsOf(store)).filter(([key]) => !key.includes('"roster"')))
    for (const secret of secrets) expect(left).not.toContain(secret)
    const [, session] = (await contentsOf(store)).find(([key]) => key === '["session","p2"]') ?? []
    expect(session).toMatchObject({ text: true, choices: [] })
    expect(await college.reads('zhouzuan', '历史 机电党总支/学生')).toContain('第1版，99 分')
    expect(await college.reads('zhaomingyuan', '评分 学生')).toContain('第4项')
  })

  it('the campaign that the program is set to can be purged though nothing of it is recorded', async () => {
    const empty = await open()
    expect(await purgeable(empty, alone)).toEqual({})
  })
})

it('in the files of the embedded store no name and no text is left: database, log, back-ups', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'purge-'))
  const found = async (): Promise<string[]> => {
    const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
    const bytes = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))))
    return secrets.filter((secret) => bytes.some((one) => one.includes(secret)))
  }
  const store = await openEmbedded(dir, { kind: 'platform' })
  await sealed(store)
  await talkingCollege(store).then(aYearOf)
  await backUp(dir, 14)
  expect((await found()).length).toBeGreaterThan(secrets.length / 2)
  await purged(store, alone)
  await store.close()
  await shred(dir)
  expect(await found()).toEqual([])
  const again = await openEmbedded(dir, { kind: 'platform' })
  expect(await findings(again)).toEqual([])
  await again.close()
  await rm(dir, { recursive: true })
})
