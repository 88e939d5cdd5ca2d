import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { until } from '../../support/memory-parts.ts'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'

const robot = '/v1.0/im/bot/messages/get'
const Said = z.object({ text: z.object({ content: z.string() }), sessionWebhook: z.url() })
const Opened = z.object({ endpoint: z.url(), ticket: z.string() })

/** The official client. It asks us for its ticket, because its own address is fixed. */
class Client extends DWClient {
  readonly #base: string

  constructor(base: string, credentials: { clientId: string; clientSecret: string }) {
    super(credentials)
    this.#base = base
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, ua = '', subscriptions } = this.getConfig()
    const answer = await fetch(`${this.#base}/v1.0/gateway/connections/open`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, ua, subscriptions }),
    })
    const { endpoint, ticket } = Opened.parse(await answer.json())
    Object.assign(this, { dw_url: `${endpoint}?ticket=${ticket}` })
    return this
  }
}

it('DingTalk’s own client holds a conversation with the emulated gateway', async () => {
  const dingtalk = await EmulatedDingtalk.start(['dt1'])
  const { clientId, clientSecret } = dingtalk.settings()
  const client = new Client(dingtalk.base, { clientId, clientSecret })
  const heard: string[] = []
  client.registerCallbackListener(robot, (frame: DWClientDownStream) => {
    const { text, sessionWebhook } = Said.parse(JSON.parse(frame.data))
    heard.push(text.content)
    client.socketCallBackResponse(frame.headers.messageId, null)
    void fetch(sessionWebhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content: `收到：${text.content}` } }),
    })
  })
  try {
    await client.connect()
    await until(() => client.registered, 'the official client to be registered')
    for (const words of ['你好', '评分'])
      expect((await dingtalk.gateway.push(robot, dingtalk.messages.text('dt1', words), 'robot'))?.code).toBe(200)
    expect(await dingtalk.gateway.ping()).toBe('{"opaque" : "123-dsfs"}')
    await until(() => dingtalk.to('dt1').length === 2, 'two answers')
    expect(heard).toEqual(['你好', '评分'])
    expect(dingtalk.to('dt1').map((one) => one.text)).toEqual(['收到：你好', '收到：评分'])
    expect(dingtalk.violations).toEqual([])
  } finally {
    client.disconnect()
    await dingtalk.stop()
  }
})
