import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'
import { HealthWatch } from '../../src/wiring/health.ts'
import { college } from '../campaign/invented-college.ts'
import { postOffice, put, rowTo } from '../delivery/post-office.ts'
import { enroll } from '../support/bots.ts'

const members = college.flatMap(({ 姓名: name = '', 企业微信账号: account = '' }) =>
  account ? [{ account, name }] : [],
)
const folder = mkdtempSync(join(tmpdir(), 'standing-'))
let wecom: EmulatedWecom
let store: Store
beforeEach(async () => {
  wecom = new EmulatedWecom({ members })
  await wecom.listen()
  store = await openEmbedded(folder, { kind: 'platform' })
  await enroll(store)
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await store.close()
  await wecom.close()
  rmSync(folder, { recursive: true, force: true })
})

it('where nothing due was tried for ten minutes it is not well, and says so; it is again once something goes out', async () => {
  let goesOn = (): void => {}
  const hangs = new Promise<void>((resolve) => (goesOn = resolve))
  const begun = vi.fn(() => hangs)
  const { delivery, log } = postOffice({ store, wecom, before: begun })
  await delivery.start()
  const watch = new HealthWatch({ store, delivery, log, people: async () => 1, isRunning: () => true })
  delivery.queued(await put(store, [await rowTo(store, 'xuyiming', '一条消息')]))
  await vi.waitFor(() => expect(begun).toHaveBeenCalled())
  vi.advanceTimersByTime(599_000)
  expect(await watch.health()).toMatchObject({ ok: true, problems: [] })
  vi.advanceTimersByTime(2_000)
  expect(await watch.health()).toMatchObject({ ok: false, problems: [expect.stringContaining('十分钟没有发出')] })
  goesOn()
  await vi.waitFor(async () => expect(await watch.health()).toMatchObject({ ok: true }))
  watch.stop()
  await delivery.stop()
})
