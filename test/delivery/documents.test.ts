import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tokenCache } from '../../src/bot/connections/token-cache.ts'
import { deadLetters, outbox } from '../../src/bot/messages/outbox.ts'
import { Delivery } from '../../src/delivery/delivery.ts'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { wecomChannel } from '../../src/platforms/wecom/channel.ts'
import { WecomClient } from '../../src/platforms/wecom/client.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { all, type Store } from '../../src/store/store.ts'
import { renderer } from '../../src/wiring/documents.ts'
import { keptLog } from '../platforms/wecom/fixture.ts'
import { type TalkingCollege, talkingCollege } from '../support/talking-college.ts'

const account = 'zhouzuan'
const dayMs = 24 * 3600e3
let dir: string
let store: Store
let wecom: EmulatedWecom
let college: TalkingCollege
let delivery: Delivery
let life = 0
/** How often making a document still fails. */
let failing: number
let kept: ReturnType<typeof keptLog>
let unreachable: string[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'documents-'))
  store = await openEmbedded(dir, { kind: 'platform' })
  college = await talkingCollege(store)
  life = 0
  failing = 0
  unreachable = []
  kept = keptLog()
  wecom = new EmulatedWecom({ members: [{ account, name: '周组安' }], life: () => Date.now() + life })
  await wecom.listen()
  const settings = { ...wecom.credentials, apiBase: wecom.base }
  const client = new WecomClient({ settings, tokens: tokenCache(store), log: kept.log })
  const world = () => college.bot.world()
  const render = renderer(store, world, [])
  delivery = new Delivery({
    store,
    channels: new Map([['wecom', wecomChannel({ settings, client, log: kept.log })]]),
    world,
    render: (order) => (failing-- > 0 ? Promise.reject(new Error('the disk of fonts is gone')) : render(order)),
    refresh: (row) => Promise.resolve({ row }),
    instance: 'documents',
    log: kept.log,
    unreachable: async (person) => void unreachable.push(person),
  })
})
afterEach(async () => {
  await delivery.stop()
  await store.close()
  await wecom.close()
  await rm(dir, { recursive: true })
})

const read = (): string[] => wecom.chatOf(account).map(({ kind, text }) => `${kind} ${text}`)
async function until(found: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (await found()) return
    await sleep(10)
  }
  throw new Error(`it did not come to that: ${JSON.stringify(read())}`)
}
/** Sends what waits, as if the time that it waits for had come. */
async function goOn(): Promise<void> {
  for await (const { key, value, version } of all(store, outbox.key())) {
    const { notBefore, ...row } = outbox.schema.parse(value)
    if (notBefore !== undefined) await store.commit([{ put: key, value: row, if: version }])
  }
  delivery.queued(await college.rows())
}
const failed = '文件没有生成成功，原因已记录，10分钟内会自动再试，成功后发给您。您不用再操作。'
const givenUp = '文件没能发给您，原因已记录。请联系管理员处理后再要一次。'

it('a document that cannot be made: the person is told once, later words go out meanwhile, and then it comes', async () => {
  failing = 2
  await college.says(account, '汇总表')
  await goOn()
  await until(() => read().includes(`text ${failed}`))
  await college.says(account, '细则 3')
  delivery.queued(await college.rows())
  await until(() => read().length === 2)
  await until(async () => {
    await goOn()
    return read().some((line) => line.startsWith('file '))
  })
  expect(read().map((line) => line.split(' ')[0])).toEqual(['text', 'text', 'file'])
  expect(read().filter((line) => line === `text ${failed}`)).toHaveLength(1)
  await until(async () => (await college.rows()).length === 0)
  expect(wecom.violations).toEqual([])
})

it('one that can never be made is given up, and the person is told whom to ask; the log knows why', async () => {
  failing = 100
  await college.says(account, '汇总表')
  await until(async () => {
    await goOn()
    return read().includes(`text ${givenUp}`)
  })
  expect(read()).toEqual([`text ${failed}`, `text ${givenUp}`])
  expect(100 - failing).toBe(6)
  await until(async () => (await college.rows()).length === 0)
  expect(kept.lines.join('\n')).toContain('a document could not be made')
})

it('is uploaded anew where the media id ended before the message went out', async () => {
  let refusals = 2
  wecom.fault = ({ path }) => {
    if (path !== '/cgi-bin/message/send' || refusals === 0) return undefined
    refusals--
    life += 4 * dayMs
    return { errcode: -1 }
  }
  await college.says(account, '汇总表')
  await goOn()
  await until(() => read().length === 1)
  expect(read()[0]).toMatch(/^file .*\.docx$/)
  const uploads = wecom.calls.filter(({ path, errcode }) => path === '/cgi-bin/media/upload' && errcode === 0)
  expect(uploads.length).toBe(3)
  expect(wecom.violations).toEqual([])
})

it('one that the platform does not take is a dead letter, and the person is told', async () => {
  wecom.fault = ({ path }) => (path === '/cgi-bin/media/upload' ? { errcode: 40058 } : undefined)
  await college.says(account, '汇总表')
  await goOn()
  await until(() => read().includes(`text ${givenUp}`))
  expect(read()).toEqual([`text ${givenUp}`])
  expect(await store.list(deadLetters.key())).toHaveLength(1)
  expect(unreachable).toEqual([])
})
