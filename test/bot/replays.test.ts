import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { botOn, enroll, event } from '../support/bots.ts'

const day = 24 * 3600e3

it('what was recorded a year ago is still known when somebody plays it back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'replays-'))
  let now = Date.now()
  const store = await openEmbedded(folder, { kind: 'platform', now: () => now })
  await enroll(store)
  const bot = botOn(store)
  const said = event('xuyiming', '帮助')
  const tapped = event('xuyiming', { kind: 'tap', button: 'x:y', picked: {} }, { once: 'a response code' })
  for (const one of [said, tapped]) expect((await bot.receive(one)).kind).toBe('done')
  now += 300 * day
  await store.sweep()
  for (const one of [said, tapped]) expect(await bot.receive(one)).toEqual({ kind: 'repeat', rows: [] })
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})
