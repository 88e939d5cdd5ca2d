import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { auditedTables } from '../../handlers/all.ts'
import { currentRoster } from '../../src/bot/roster-import/roster-import.ts'
import { Stopped } from '../../src/errors.ts'
import { backUp } from '../../src/store/backup.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { checkKeys, decrypting, encrypted, markKey } from '../../src/store/encrypted.ts'
import { seal } from '../../src/store/seals.ts'
import { all, type Key, type Store } from '../../src/store/store.ts'
import { verify } from '../../src/store/verify.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'
import { aYearOf, secrets, talkingCollege } from '../support/talking-college.ts'

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const at = '2022-04-25T02:00:00Z'
const refusal = async (opening: Promise<unknown>): Promise<string> => {
  const error = await opening.catch((reason: unknown) => reason)
  if (!(error instanceof Stopped)) throw new Error('it was not refused')
  return error.message
}

onBothEngines((open) => {
  let bare: Store
  beforeEach(async () => {
    bare = await open()
  })
  /** The raw content of the store: keys and values. */
  const raw = async (): Promise<string> => JSON.stringify(await contentsOf(bare))
  /** The tables whose values are not encrypted. */
  const inClear = async (): Promise<string[]> => {
    const found = new Set<string>()
    for await (const { key, value } of all(bare, []))
      if (!JSON.stringify(value).startsWith('{"$sealed":')) found.add(key[0] ?? '')
    return [...found]
  }

  it('no name, account or text lies in the store, and the bot goes on as ever', async () => {
    const store = await encrypted(bare, { key: first })
    await seal(store, auditedTables, { at, keys: { key: first } })
    const college = await talkingCollege(store)
    await aYearOf(college)
    const stored = await raw()
    for (const secret of secrets) expect(stored).not.toContain(secret)
    expect(await inClear()).toEqual(['data-key'])
    expect(await college.reads('zhouzuan', '历史 软件教研室')).toContain('第八项材料不全请补齐')
    await seal(store, auditedTables, { at, keys: { key: first } })
    expect((await verify(store, auditedTables, { key: first })).findings).toEqual([])
  })

  it('what was written before there was a key stays readable, and is encrypted by the sweep', async () => {
    await talkingCollege(bare).then(aYearOf)
    const lines: string[] = []
    const store = await encrypted(bare, { key: first }, (line) => lines.push(line))
    expect((await currentRoster(store)).people).toHaveLength(10)
    const before = await contentsOf(store)
    await store.sweep()
    expect(await contentsOf(store)).toEqual(
      before.map(([key, value]) => [key, key === '["data-key"]' ? expect.anything() : value]),
    )
    expect(await inClear()).toEqual(['data-key'])
    expect(lines).toEqual([expect.stringContaining('全部数据已用 DATA_KEY 加密；首次加密之前的明文和明文备份已清除')])
    await store.sweep()
    expect(lines).toHaveLength(1)
  })

  it('a change of key: old values are read, new ones written with the new key, and in the end the old one is not needed', async () => {
    const before = await encrypted(bare, { key: first })
    await seal(before, auditedTables, { at, keys: { key: first } })
    await talkingCollege(before).then(aYearOf)
    await before.commit([{ put: ['once', 'x'], value: 'expiring', expiresAt: Date.now() + 3600e3 }])
    const both = { key: second, old: first }
    const lines: string[] = []
    const during = await encrypted(bare, both, (line) => lines.push(line))
    const college = await talkingCollege(during)
    expect(await college.reads('zhouzuan', '历史 软件教研室')).toContain('第八项材料不全请补齐')
    await college.says('zhouzuan', '重开 机电党总支/学生 请复核总分')
    await seal(during, auditedTables, { at, keys: both })
    expect((await verify(during, auditedTables, both)).findings).toEqual([])
    expect(await refusal(encrypted(bare, { key: second }))).toContain('DATA_KEY_OLD')
    await during.sweep()
    expect(lines).toEqual([expect.stringMatching(/改用新的 DATA_KEY.*更换之前的备份.*仍由旧密钥加密/)])
    const later = await encrypted(bare, { key: second })
    expect((await currentRoster(later)).people).toHaveLength(10)
    expect((await verify(later, auditedTables, { key: second })).findings).toEqual([])
    const expiring = await later.get(['once', 'x'])
    expect([expiring?.value, expiring?.expiresAt]).toEqual(['expiring', expect.any(Number)])
    expect(await refusal(encrypted(bare, { key: first }))).toContain('密钥不对')
  })

  it('a change that was broken off can be gone on with or taken back, but no third key comes between', async () => {
    const one = await encrypted(bare, { key: first })
    await one.commit([{ put: ['a'], value: 'by the first' }])
    const two = await encrypted(bare, { key: second, old: first })
    await two.commit([{ put: ['b'], value: 'by the second' }])
    expect(await refusal(encrypted(bare, { key: third, old: second }))).toContain('DATA_KEY_OLD')
    const back = await encrypted(bare, { key: first, old: second })
    expect(await contentsOf(back, 'a', 'b')).toEqual([
      ['["a"]', 'by the first'],
      ['["b"]', 'by the second'],
    ])
    await back.sweep()
    expect(await contentsOf(await encrypted(bare, { key: first }), 'b')).toEqual([['["b"]', 'by the second']])
  })

  it('a wrong key, or none, is one clear line', async () => {
    const store = await encrypted(bare, { key: first })
    await store.sweep()
    expect(await refusal(encrypted(bare, { key: second }))).toMatch(/^DATA_KEY：.*密钥不对/)
    expect(await refusal(encrypted(bare, { key: second, old: third }))).toMatch(/^DATA_KEY：.*密钥不对/)
    expect(await refusal(checkKeys(bare, undefined))).toMatch(/^DATA_KEY：.*加密的/)
  })

  describe('somebody without the key', () => {
    const victim: Key = ['a', '1']
    let store: Store
    beforeEach(async () => {
      store = await encrypted(bare, { key: first })
      await store.sweep()
      await store.commit([
        { put: victim, value: 'right' },
        { put: ['a', '2'], value: 'also right' },
      ])
    })
    const reading = async () => refusal(store.list(['a']))

    it('cannot put a value there in clear', async () => {
      await bare.commit([{ put: victim, value: 'wrong' }])
      expect(await reading()).toContain('npm run verify')
      expect(await refusal(store.get(victim))).toContain('被改动过')
    })
    it('cannot move a value to another record', async () => {
      const other = await bare.get(['a', '2'])
      await bare.commit([{ put: victim, value: other?.value }])
      expect(await reading()).toContain('npm run verify')
    })
    it('cannot have values in clear accepted by saying that encryption has just begun', async () => {
      const mark = await bare.get(markKey)
      await bare.commit([{ put: markKey, value: Object.assign({}, mark?.value, { before: 'clear' }) }])
      expect(await refusal(encrypted(bare, { key: first }))).toContain('被改动过')
    })
    it('changes nothing unseen: verify goes on, and what was altered fits nothing', async () => {
      await bare.commit([{ put: victim, value: { $sealed: 'AAAA' } }])
      const lenient = decrypting(bare, { key: first }, { mixed: false, lenient: true })
      expect((await lenient.list(['a'])).map(({ value }) => value)).toEqual([{ $sealed: '' }, 'also right'])
    })
  })
})

it('in the files of the embedded store, its log and its back-ups there is no name and no text', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'encrypted-'))
  const store = await encrypted(await openEmbedded(dir, { kind: 'platform' }), { key: first })
  await talkingCollege(store).then(aYearOf)
  await backUp(dir, 14)
  const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  expect(names.map(({ name }) => name)).toContain('store.db-wal')
  for (const { parentPath, name } of names) {
    const bytes = await readFile(join(parentPath, name))
    for (const secret of secrets) expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false)
  }
  await store.close()
  await rm(dir, { recursive: true })
})

it('a first key that is changed before it has come to its end leaves nothing in clear', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'encrypted-'))
  const bare = await openEmbedded(dir, { kind: 'platform' })
  const secret = '一句明文'.repeat(500)
  await bare.commit([{ put: ['a'], value: secret }])
  await backUp(dir, 14)
  await (await encrypted(bare, { key: first })).commit([{ put: ['b'], value: 1 }])
  const store = await encrypted(bare, { key: second, old: first })
  await store.sweep()
  expect(await contentsOf(await encrypted(bare, { key: second }), 'a')).toEqual([['["a"]', secret]])
  const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  for (const { parentPath, name } of names)
    expect((await readFile(join(parentPath, name))).includes('一句明文'), name).toBe(false)
  await bare.close()
  await rm(dir, { recursive: true })
})
