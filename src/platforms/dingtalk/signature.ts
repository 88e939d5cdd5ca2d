import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** We refuse timestamps that are further away than this, in milliseconds (dingtalk.md §3.1; the contract applies it to cards too). */
const windowMs = 3600e3

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64')

/** The signature of robot callbacks and of group webhooks: over the timestamp (ms) together with the secret itself. */
export const robotSign = (secret: string, timestamp: string): string => hmac(secret, `${timestamp}\n${secret}`)

/** The signature of card callbacks: over the timestamp alone. */
export const cardSign = (apiSecret: string, timestamp: string): string => hmac(apiSecret, timestamp)

/** Whether two texts are equal. The time of the comparison does not tell where they differ. */
export function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

export const isRecent = (timestamp: string, now = Date.now()): boolean =>
  /^\d{1,16}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= windowMs

/** A secret that each instance derives alone and that survives restarts: `purpose` keyed by the Client Secret. */
export const derivedSecret = (clientSecret: string, purpose: string): string =>
  createHmac('sha256', clientSecret).update(`dangjian-bot ${purpose}`).digest('hex')
