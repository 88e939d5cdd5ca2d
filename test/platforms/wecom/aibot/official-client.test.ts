import { type TemplateCard, type TextMessage, WSClient, type WsFrame } from '@wecom/aibot-node-sdk'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { until } from '../../../support/memory-parts.ts'
import { Phone } from '../../../support/phone.ts'
import { silent } from '../fixture.ts'
import { EmulatedGateway } from './emulated-gateway.ts'

let gateway: EmulatedGateway
const clients: WSClient[] = []

beforeEach(async () => {
  gateway = await EmulatedGateway.start()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect()
  await gateway.close()
  expect(gateway.violations).toEqual([])
})

/** WeCom's own client, with the secret of the emulated bot. */
async function connected(more: { secret?: string } = {}): Promise<WSClient> {
  const { botId, secret, address } = gateway.settings(more)
  const client = new WSClient({
    botId,
    secret,
    wsUrl: address,
    heartbeatInterval: 50,
    reconnectInterval: 10,
    maxAuthFailureAttempts: 1,
    logger: { ...silent, debug: () => undefined },
  })
  clients.push(client)
  const ready = new Promise<void>((resolve, reject) => {
    client.once('authenticated', resolve)
    client.once('error', reject)
  })
  client.connect()
  await ready
  return client
}
const buttons = (title: string): TemplateCard => ({
  card_type: 'button_interaction',
  main_title: { title },
  button_list: [{ text: '提交', key: 'submit' }],
  task_id: 'task-1',
})

it('WeCom’s own client holds a conversation with the emulated gateway: welcome, stream, card, tap', async () => {
  const client = await connected()
  const phone = new Phone('lisi', gateway.aibot)
  const sent: Promise<unknown>[] = []
  client.on('event.enter_chat', (frame) => {
    sent.push(client.replyWelcome(frame, { msgtype: 'text', text: { content: '您好' } }))
  })
  client.on('message.text', async (frame: WsFrame<TextMessage>) => {
    const said = frame.body?.text?.content ?? ''
    if (said === '评分') return void sent.push(client.replyTemplateCard(frame, buttons('评分')))
    await client.replyStream(frame, 's1', '正在处理')
    await client.replyStream(frame, 's1', `收到：${said}`, true)
  })
  client.on('event.template_card_event', (frame) => {
    const closed = { ...buttons('已提交'), replace_text: '已提交' }
    sent.push(client.updateTemplateCard(frame, closed))
  })
  await phone.opens()
  await phone.reads(/您好/)
  await phone.says('你好')
  await phone.reads(/收到：你好/)
  expect(phone.messages.map(({ text }) => text)).toEqual(['您好', '收到：你好'])
  await phone.says('评分')
  await phone.reads(/评分/)
  await phone.taps('提交')
  await phone.reads(/已提交/)
  await Promise.all(sent)
  await until(() => gateway.beats > 1, 'heartbeats')
})

it('WeCom’s own client takes a file and sends one in three pieces, and pushes where somebody wrote before', async () => {
  const client = await connected()
  const got: string[] = []
  client.on('message.file', async ({ body }) => {
    const { buffer, filename } = await client.downloadFile(body?.file?.url ?? '', body?.file?.aeskey)
    got.push(`${filename} ${buffer.toString()}`)
  })
  await gateway.aibot.sends('lisi', '名册.xlsx', Buffer.from('内容'))
  await until(() => got.length > 0, 'the file')
  expect(got).toEqual(['名册.xlsx 内容'])
  const data = Buffer.alloc(1_200_000, 'x')
  const { media_id } = await client.uploadMedia(data, { type: 'file', filename: '附件2.docx' })
  await client.sendMediaMessage('lisi', 'file', media_id)
  await client.sendMessage('lisi', { msgtype: 'markdown', markdown: { content: '提醒' } })
  const [, file, text] = gateway.aibot.chatOf('lisi')
  expect(file).toMatchObject({ kind: 'file', text: '附件2.docx' })
  expect(gateway.aibot.file(file?.file?.id ?? '')?.data.equals(data)).toBe(true)
  expect(text).toMatchObject({ kind: 'markdown', text: '提醒' })
})

const Code = z.looseObject({ errcode: z.number() })
it('WeCom’s own client learns what the gateway refuses', async () => {
  const client = await connected()
  const code = (sent: Promise<unknown>): Promise<unknown> => sent.catch((error: unknown) => Code.parse(error).errcode)
  expect(await code(client.sendMessage('lisi', { msgtype: 'markdown', markdown: { content: '您好' } }))).toBe(846607)
  expect(await code(client.replyStream({ headers: { req_id: 'unknown' } }, 's', '您好', true))).toBe(846605)
  const frames: WsFrame[] = []
  client.on('message', (frame) => void frames.push(frame))
  await gateway.aibot.says('lisi', '你好')
  await until(() => frames.length === 1, 'a message')
  const [frame = { headers: { req_id: '' } }] = frames
  await client.replyStream(frame, 's', '第一次', false)
  gateway.pass(7 * 60_000)
  expect(await code(client.replyStream(frame, 's', '太晚', true))).toBe(846608)
  expect(await code(client.replyStream(frame, 't', '第二次', true))).toBe(846606)
  gateway.pass(24 * 3_600_000)
  expect(await code(client.replyStream(frame, 's', '隔天', true))).toBe(846604)
})

it('of two clients of one bot the later has the connection, and the earlier is told', async () => {
  const first = await connected()
  const told = new Promise((resolve) => first.once('event.disconnected_event', resolve))
  await connected()
  await told
  expect(gateway.alive).toBe(1)
})

it('a wrong secret is refused', async () => {
  await expect(connected({ secret: 'wrong' })).rejects.toThrow(/853000/)
})
