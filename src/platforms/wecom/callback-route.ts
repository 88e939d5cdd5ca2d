import Router from '@koa/router'
import type { Context } from 'koa'
import { z } from 'zod'
import { bodyReader } from '../../bot/connections/bodies.ts'
import type { Log, Receive } from '../../bot/messages/channel.ts'
import { checkQuery, type EnvelopeKeys, type Opened, openEnvelope, type Signed } from './envelope.ts'
import { readCallback } from './inbound.ts'
import type { WecomSettings } from './settings.ts'
import { readXml } from './xml.ts'

export type RouteParts = { settings: WecomSettings; receive: Receive; log: Log }

/**
 * GET and POST /wecom/callback (P-90238): the address check, and the app's messages and events. A refusal answers only its status, so that
 * it does not tell who or what exists; one log line names the failed check. If `receive` throws, the server answers 503.
 */
export function callbackRoute({ settings, receive, log }: RouteParts): Router {
  const keys: EnvelopeKeys = { ...settings, receiveId: settings.corpId }
  const readBody = bodyReader('wecom', log)
  const refuse = (context: Context, status: number, check: string): void => {
    context.status = status
    context.body = ''
    log.warn({ channel: 'wecom', check }, 'a callback was refused')
  }
  const answer = (context: Context, body: string): void => {
    context.status = 200
    context.body = body
  }

  const verify = (context: Context): void => {
    const opened = openEnvelope(keys, signedOf(context, one(context.query['echostr'])))
    if ('refused' in opened) return refuse(context, opened.refused, opened.check)
    answer(context, opened.message)
  }
  const take = async (context: Context): Promise<void> => {
    const query = checkQuery(signedOf(context, undefined))
    if (query) return refuse(context, query.refused, query.check)
    const body = await readBody(context)
    if (body === undefined) return
    const opened = openBody(keys, context, body)
    if ('refused' in opened) return refuse(context, opened.refused, opened.check)
    const callback = readCallback(opened.message, settings.agentId)
    if (callback === 'malformed') return refuse(context, 400, 'message malformed')
    if ('ignored' in callback) log.info({ channel: 'wecom', why: callback.ignored }, 'a callback was ignored')
    else await receive(callback.inbound)
    answer(context, '')
  }

  const router = new Router()
  router.all('/wecom/callback', async (context) => {
    if (context.method === 'GET') return verify(context)
    if (context.method === 'POST') return take(context)
    context.set('Allow', 'GET, POST')
    refuse(context, 405, 'method')
  })
  return router
}

const Envelope = z.object({ Encrypt: z.tuple([z.string()]) })

/** The signature is over the ciphertext, so a body without one is malformed, whoever sent it. */
function openBody(keys: EnvelopeKeys, context: Context, body: string): Opened {
  const envelope = Envelope.safeParse(readXml(body))
  return openEnvelope(keys, signedOf(context, envelope.success ? envelope.data.Encrypt[0].trim() : undefined))
}

export const signedOf = ({ query }: Context, encrypted: string | undefined): Signed => ({
  signature: one(query['msg_signature']),
  timestamp: one(query['timestamp']),
  nonce: one(query['nonce']),
  encrypted,
})
export const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
