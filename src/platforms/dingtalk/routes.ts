import Router from '@koa/router'
import { bodyReader } from '../../bot/connections/bodies.ts'
import type { Log } from '../../bot/messages/channel.ts'
import type { Door } from './door.ts'
import { cardKey, cardSecret, type DingtalkSettings } from './settings.ts'
import { cardSign, isRecent, robotSign, same } from './signature.ts'

/** The two addresses of HTTP mode. A refused request has no effect; the statuses are those of the contract. */
export function dingtalkRoutes(settings: DingtalkSettings, door: Door, log: Log): Router {
  const router = new Router()
  const readBody = bodyReader('dingtalk', log)
  router.post('/dingtalk/robot', async (context) => {
    const timestamp = context.get('timestamp')
    if (!isSigned(context.get('sign'), timestamp, robotSign(settings.clientSecret, timestamp)))
      return void (context.status = 401)
    const body = await readBody(context)
    if (body === undefined) return
    if (await door.robot(jsonOf(body))) context.body = { msgtype: 'empty' }
    else context.status = 400
  })
  router.post('/dingtalk/card', async (context) => {
    const timestamp = context.get('x-ddpaas-signature-timestamp')
    const signature = context.get('x-ddpaas-signature')
    const key = context.query['key']
    if (!isSigned(signature, timestamp, cardSign(cardSecret(settings), timestamp))) return void (context.status = 401)
    // The signature covers only the timestamp. Somebody who has seen a signature still lacks the key in the address.
    if (typeof key !== 'string' || !same(key, cardKey(settings))) return void (context.status = 401)
    const body = await readBody(context)
    if (body === undefined) return
    const answer = await door.card(jsonOf(body))
    if (!answer) return void (context.status = 400)
    context.body = answer.response
    context.res.once('close', () => void answer.settle(context.res.writableFinished))
  })
  return router
}

const isSigned = (given: string, timestamp: string, expected: string): boolean =>
  isRecent(timestamp) && given !== '' && same(given, expected)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
