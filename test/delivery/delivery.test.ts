import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Message } from '../../src/bot/messages/message.ts'
import { deadLetters, type OutboxRow } from '../../src/bot/messages/outbox.ts'
import type { Call } from '../../src/platforms/simulator/api-call.ts'
import type { Fault } from '../../src/platforms/simulator/api-server.ts'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { all, type Store } from '../../src/store/store.ts'
import { college, rows as rowsOf } from '../campaign/invented-college.ts'
import { enroll, waiting } from '../support/bots.ts'
import { onBothEngines } from '../support/engines.ts'
import { until } from '../support/memory-parts.ts'
import { addGroups, noticesKept, postOffice, put, quietChannel, rowTo } from './post-office.ts'

const members = college.flatMap(({ 姓名: name = '', 企业微信账号: account = '' }) =>
  account ? [{ account, name }] : [],
)
const realNow = Date.now
/** Moves the real clock `ms` ahead. */
const later = (ms: number): void => void vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ms)

let wecom: EmulatedWecom
const ends: (() => Promise<unknown>)[] = []
const begin = async (setting: Partial<ConstructorParameters<typeof EmulatedWecom>[0]> = {}): Promise<void> => {
  wecom = new EmulatedWecom({ members, ...setting })
  await wecom.listen()
  const mine = wecom
  ends.push(() => mine.close())
}
beforeEach(() => begin())
afterEach(async () => {
  vi.restoreAllMocks()
  for (const end of ends.splice(0).reverse()) await end()
})

const texts = (account: string): string[] => wecom.chatOf(account).map(({ text }) => text)
const isSend = ({ path }: Call): boolean => path === '/cgi-bin/message/send'
const isTo = (account: string) => (call: Call) => isSend(call) && call.body.includes(`"touser":"${account}"`)
const sends = (): number => wecom.calls.filter(isSend).length
const dead = async (store: Store): Promise<{ code: string; row: OutboxRow }[]> => {
  const found: { code: string; row: OutboxRow }[] = []
  for await (const { value } of all(store, deadLetters.key())) found.push(deadLetters.schema.parse(value))
  return found
}

onBothEngines((open) => {
  const enrolled = async (people = college): Promise<Store> => {
    const store = await open()
    await enroll(store, people)
    return store
  }
  const office = async (store: Store, changed: Partial<Parameters<typeof postOffice>[0]> = {}) => {
    const opened = postOffice({ store, wecom, times: 200, ...changed })
    ends.push(() => opened.delivery.stop())
    await opened.delivery.start()
    return opened
  }

  it.each<[string, Fault]>([
    ['a token that ended', { errcode: 42001 }],
    ['a token that is refused', { errcode: 40014 }],
    ['a rate that is used up', { errcode: 45009 }],
    ['being busy', { errcode: -1 }],
    ['a gateway without its server', { status: 502 }],
    ['a broken connection', { reset: true }],
    ['no answer at all', { hang: true }],
  ])('%s loses and reorders nothing of what one person gets, and holds up nobody else', async (_, fault) => {
    const store = await enrolled()
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    if ('hang' in fault) vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(1000))
    let hits = 0
    wecom.fault = (call) => (isTo('yangxiaodong')(call) && ++hits === 2 ? fault : undefined)
    const { delivery, log } = await office(store)
    const said = Array.from({ length: 5 }, (_, i) => `第${i + 1}条`)
    const rows = [
      ...(await Promise.all(said.map((text) => rowTo(store, 'yangxiaodong', text)))),
      ...(await Promise.all(said.map((text) => rowTo(store, 'qianlixin', text)))),
    ]
    delivery.queued(await put(store, rows))
    await until(() => texts('yangxiaodong').length >= 5 && texts('qianlixin').length >= 5, 'ten messages')
    expect(texts('yangxiaodong')).toEqual(said)
    expect(texts('qianlixin')).toEqual(said)
    const isToken = 'errcode' in fault && [40014, 42001].includes(fault.errcode)
    expect(wecom.calls.filter(({ path }) => path === '/cgi-bin/gettoken')).toHaveLength(isToken ? 2 : 1)
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
    expect(wecom.violations).toEqual([])
    expect(log.lines.join('\n')).not.toMatch(/第\d条|yangxiaodong/)
  })

  it('a rate that is used up is waited for as long as its window', async () => {
    const store = await enrolled()
    const waits: number[] = []
    let refusals = 0
    wecom.fault = (call) => (isSend(call) && refusals++ === 0 ? { errcode: 45009 } : undefined)
    const after = (_: unknown, outcome: { kind: string; ms?: number }): void => void waits.push(outcome.ms ?? 0)
    const { delivery } = await office(store, { after })
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', '一条')]))
    await until(() => texts('yangxiaodong').length === 1)
    expect(waits[0]).toBe(60_000)
    expect(sends()).toBe(2)
  })

  it('however many people WeCom keeps waiting, the others get theirs, and those themselves on another platform', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `支书${i} 党支部书记 总支 支部${i} person${i} dingtalk${i}`)
    const people = [...college, ...rowsOf(many.join('\n'))]
    const accounts = people.map((row) => row['企业微信账号'] ?? '').filter((account) => account.startsWith('person'))
    await begin({ members: [...members, ...accounts.map((account) => ({ account, name: account }))] })
    const store = await enrolled(people)
    const dingtalk = quietChannel('dingtalk')
    wecom.fault = (call) => (isSend(call) && !isTo('qianlixin')(call) ? { errcode: 45009 } : undefined)
    const { delivery } = await office(store, { times: 1, others: [dingtalk] })
    delivery.queued(await put(store, await Promise.all(accounts.map((one) => rowTo(store, one, `给${one}`)))))
    await until(() => sends() >= 60, 'all lanes to be stuck')
    delivery.queued(await put(store, [await rowTo(store, 'qianlixin', '不等别人')]))
    delivery.queued(await put(store, [await rowTo(store, 'person7', '在钉钉问的', { channel: 'dingtalk' })]))
    await until(() => texts('qianlixin').length === 1 && dingtalk.texts.length === 1, 'the others')
    await vi.waitFor(async () => expect(await waiting(store)).toHaveLength(60), 5000)
  })

  it('a stop ends all waiting at once and leaves what waits to the next start', async () => {
    const store = await enrolled()
    wecom.fault = (call) => (isSend(call) ? { errcode: 45009 } : undefined)
    const { delivery, log } = await office(store, { times: 1 })
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', '一条')]))
    await until(() => sends() === 1)
    await delivery.stop()
    const { delivery: next } = await office(store)
    wecom.fault = () => undefined
    await next.start()
    await until(() => texts('yangxiaodong').length === 1)
    expect(log.lines.filter((line) => line.includes('lane'))).toEqual([])
  })

  it('more than 30 messages a minute to one member all arrive, later and in order; WeCom never has to drop one', async () => {
    const times = 40
    await begin({ life: () => Date.now() * times })
    const store = await enrolled()
    const said = Array.from({ length: 34 }, (_, i) => `第${i + 1}条`)
    await put(store, await Promise.all(said.map((text) => rowTo(store, 'yangxiaodong', text))))
    // The bot's minute is a second longer than the platform's here too, because a message sent in time may arrive late.
    const first = await office(store, { times: 24 })
    await until(() => texts('yangxiaodong').length >= 20)
    await first.delivery.stop()
    await office(store, { times: 24 })
    await until(() => texts('yangxiaodong').length === 34, 'all of them', 15_000)
    expect(texts('yangxiaodong')).toEqual(said)
    expect(wecom.violations).toEqual([])
  })

  it('whom WeCom does not know is not tried again: a dead letter, and 组织部 is told once', async () => {
    await begin({ members: members.filter(({ account }) => !['qianlixin', 'gaowenjing'].includes(account)) })
    const store = await enrolled()
    const { delivery } = await office(store)
    const rows = [
      await rowTo(store, 'qianlixin', '甲'),
      await rowTo(store, 'qianlixin', '乙'),
      await rowTo(store, 'gaowenjing', '丙'),
      await rowTo(store, 'yangxiaodong', '丁'),
    ]
    delivery.queued(await put(store, rows))
    await vi.waitFor(async () => expect(await dead(store)).toHaveLength(3), 5000)
    expect((await dead(store)).map(({ code }) => code)).toEqual(['81013', '81013', '81013'])
    await until(() => texts('yangxiaodong').length === 1)
    later(3_601_000)
    const told = async (): Promise<string> =>
      [...texts('zhouzuan'), ...(await noticesKept(store))].filter((text) => text.includes('收不到消息')).join('\n')
    await vi.waitFor(async () => expect(await told()).toMatch(/钱立新[\s\S]*高文静|高文静[\s\S]*钱立新/), 5000)
    expect((await told()).match(/钱立新/g)).toHaveLength(1)
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
    expect(wecom.calls.filter(isTo('qianlixin'))).toHaveLength(2)
  })

  it('what WeCom refuses for its content is a dead letter, and nobody is said to be unreachable', async () => {
    const store = await enrolled()
    wecom.fault = (call) => (call.body.includes('不许说') ? { errcode: 82004 } : undefined)
    const { delivery } = await office(store)
    const rows = [await rowTo(store, 'qianlixin', '不许说'), await rowTo(store, 'qianlixin', '可以说')]
    delivery.queued(await put(store, rows))
    await until(() => texts('qianlixin').length === 1)
    expect((await dead(store)).map(({ code, row }) => [code, row.id])).toEqual([['82004', rows[0]?.id]])
    expect([...texts('zhouzuan'), ...(await noticesKept(store))]).toEqual([])
  })

  it('what only the administrator can put right stops the channel: notices go another way, answers wait until it is right', async () => {
    const store = await enrolled()
    const dingtalk = quietChannel('dingtalk')
    wecom.fault = (call) => (isSend(call) ? { errcode: 60020, errmsg: 'from ip: 10.2.3.4' } : undefined)
    const { delivery, log } = await office(store, { others: [dingtalk] })
    const rows = [
      await rowTo(store, 'xuyiming', '答复'),
      await rowTo(store, 'xuyiming', '通知', { kind: 'notice' }),
      await rowTo(store, 'xuyiming', '又一通知', { kind: 'notice' }),
      await rowTo(store, 'gaowenjing', '没有钉钉', { kind: 'notice' }),
    ]
    delivery.queued(await put(store, rows.slice(1, 2)))
    await until(() => dingtalk.texts.length === 1)
    delivery.queued(
      await put(
        store,
        [rows[0], rows[2], rows[3]].flatMap((row) => row ?? []),
      ),
    )
    expect(delivery.halted).toMatchObject([{ channel: 'wecom', line: expect.stringContaining('企业可信IP') }])
    wecom.fault = () => undefined
    expect(texts('xuyiming')).toEqual([])
    later(61_000)
    expect(delivery.halted).toEqual([])
    delivery.queued(rows)
    await until(() => texts('xuyiming').length === 2 && texts('gaowenjing').length === 1)
    expect(texts('xuyiming')).toEqual(['答复', '又一通知'])
    expect(dingtalk.texts).toEqual(['通知'])
    expect(log.lines.filter((line) => line.includes('企业可信IP'))).toHaveLength(1)
  })

  it('with both channels stopped a notice waits, and arrives once when one is right again', async () => {
    const store = await enrolled()
    const dingtalk = quietChannel('dingtalk')
    const send = dingtalk.send.bind(dingtalk)
    dingtalk.send = async () => ({ kind: 'configuration', code: 'secret', line: '钉钉不通' })
    wecom.fault = (call) => (isSend(call) ? { errcode: 60020 } : undefined)
    const { delivery } = await office(store, { others: [dingtalk] })
    delivery.queued(await put(store, [await rowTo(store, 'xuyiming', '通知', { kind: 'notice' })]))
    await until(() => delivery.halted.length === 2)
    const kept = await waiting(store)
    delivery.queued(kept)
    await sleep(100)
    expect(await waiting(store)).toEqual(kept)
    expect(kept).toHaveLength(1)
    dingtalk.send = send
    later(61_000)
    delivery.queued(await waiting(store))
    await until(() => dingtalk.texts.length === 1)
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
    expect(texts('xuyiming')).toEqual([])
  })

  it('a file is made and uploaded anew for each message', async () => {
    const store = await enrolled()
    let made = 0
    const render = async () => ({ name: '汇总表.docx', data: Buffer.from(`number ${++made} of the table`) })
    const file: Message = { kind: 'file', order: { document: 'table', with: {} } }
    const { delivery } = await office(store, { render })
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', file), await rowTo(store, 'qianlixin', file)]))
    await until(() => texts('yangxiaodong').length === 1 && texts('qianlixin').length === 1)
    expect(wecom.calls.filter(({ path }) => path === '/cgi-bin/media/upload')).toHaveLength(2)
    const ids = ['yangxiaodong', 'qianlixin'].map((account) => wecom.chatOf(account)[0]?.file?.id)
    expect(new Set(ids).size).toBe(2)
    expect(wecom.violations).toEqual([])
  })

  it('a document that cannot be made is said, tried again later, and given up with a word', async () => {
    const store = await enrolled()
    let broken = true
    const render = async () => {
      if (broken) throw new Error('no such font')
      return { name: '汇总表.docx', data: Buffer.from('the table at last') }
    }
    const { delivery } = await office(store, { render })
    const file: Message = { kind: 'file', order: { document: 'table', with: {} } }
    delivery.queued(
      await put(store, [await rowTo(store, 'yangxiaodong', file), await rowTo(store, 'yangxiaodong', '下一条')]),
    )
    await until(() => texts('yangxiaodong').length === 2)
    expect(texts('yangxiaodong')).toEqual(['下一条', expect.stringContaining('没有生成成功')])
    broken = false
    later(61_000)
    delivery.queued(await waiting(store))
    await until(() => texts('yangxiaodong').length === 3)
    expect(texts('yangxiaodong')[2]).toBe('汇总表.docx')
  })

  it('a group hears by its robot, or in the group that the app makes; one that is gone is a dead letter', async () => {
    await begin({ groups: [{ key: 'key-college', name: '全院党建工作群' }] })
    const store = await enrolled()
    const groups = [
      { id: 'g1', name: '全院党建工作群', platform: 'wecom' as const, key: 'key-college', scope: 'college' },
      { id: 'g2', name: '应用建的群', platform: 'wecom' as const, key: '', scope: 'college' },
    ]
    await addGroups(store, groups)
    const { delivery } = await office(store)
    const row = await rowTo(store, 'yangxiaodong', '群里的话', { to: 'group', kind: 'bulletin', unique: true })
    delivery.queued(
      await put(
        store,
        ['g1', 'g2', 'gone'].map((lane) => ({ ...row, id: `${row.id}-${lane}`, lane })),
      ),
    )
    await until(() => wecom.groupChat('key-college').length === 1 && wecom.groups.length === 2)
    await vi.waitFor(async () => expect((await dead(store)).map(({ code }) => code)).toEqual(['no-account']), 5000)
    const made = wecom.groups.find(({ name }) => name === '应用建的群')?.key ?? ''
    await until(() => wecom.groupChat(made).length === 1)
    expect(wecom.groupChat('key-college').map(({ text }) => text)).toEqual(['群里的话'])
    expect(wecom.violations).toEqual([])
  })
})
