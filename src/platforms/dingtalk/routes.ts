import Router from '@koa/router'
import type { Context } from 'koa'
import type { Door } from './door.ts'
import { cardKey, cardSecret, type DingtalkSettings } from './settings.ts'
import { cardSign, isRecent, robotSign, same } from './signature.ts'

/** Longest body, bytes. */
const longestBody = 1_048_576

/** The two addresses of HTTP mode. What is refused has no effect; statuses as in the contract. */
export function dingtalkRoutes(settings: DingtalkSettings, door: Door): Router {
  const router = new Router()
  router.post('/dingtalk/robot', async (context) => {
    const timestamp = context.get('timestamp')
    if (!isSigned(context.get('sign'), timestamp, robotSign(settings.clientSecret, timestamp)))
      return void (context.status = 401)
    const body = await jsonOf(context)
    if (body === undefined) return
    if (await door.robot(body)) context.body = { msgtype: 'empty' }
    else context.status = 400
  })
  router.post('/dingtalk/card', async (context) => {
    const timestamp = context.get('x-ddpaas-signature-timestamp')
    const signature = context.get('x-ddpaas-signature')
    const key = context.query['key']
    if (!isSigned(signature, timestamp, cardSign(cardSecret(settings), timestamp))) return void (context.status = 401)
    // The signature covers the timestamp alone: who saw one still lacks the key in the address.
    if (typeof key !== 'string' || !same(key, cardKey(settings))) return void (context.status = 401)
    const body = await jsonOf(context)
    if (body === undefined) return
    const answer = await door.card(body)
    if (!answer) return void (context.status = 400)
    context.body = answer.response
    context.res.once('close', () => void answer.settle(context.res.writableFinished))
  })
  return router
}

const isSigned = (given: string, timestamp: string, expected: string): boolean =>
  isRecent(timestamp) && given !== '' && same(given, expected)

/** The body as JSON data; where it is none or too long the status is set, and undefined given. */
async function jsonOf(context: Context): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of context.req) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= longestBody) chunks.push(bytes)
  }
  if (size > longestBody) return void (context.status = 413)
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return void (context.status = 400)
  }
}
