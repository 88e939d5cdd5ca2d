import axios from 'axios'
import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'
import { until } from './parts.ts'

const robot = '/v1.0/im/bot/messages/get'
const Said = z.object({ text: z.object({ content: z.string() }), sessionWebhook: z.url() })

it('DingTalk’s own client holds a conversation with the emulated gateway', async () => {
  const dingtalk = await EmulatedDingtalk.start(['dt1'])
  const redirect = axios.interceptors.request.use((request) => ({
    ...request,
    ...(request.url ? { url: request.url.replace('https://api.dingtalk.com', dingtalk.base) } : {}),
  }))
  const { clientId, clientSecret } = dingtalk.settings()
  const client = new DWClient({ clientId, clientSecret })
  const heard: string[] = []
  client.registerCallbackListener(robot, (frame: DWClientDownStream) => {
    const { text, sessionWebhook } = Said.parse(JSON.parse(frame.data))
    heard.push(text.content)
    client.socketCallBackResponse(frame.headers.messageId, null)
    void axios.post(sessionWebhook, { msgtype: 'text', text: { content: `收到：${text.content}` } })
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
    axios.interceptors.request.eject(redirect)
    await dingtalk.stop()
  }
})
