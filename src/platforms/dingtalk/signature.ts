import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Timestamps further away than this are refused, in milliseconds (dingtalk.md §3.1; the contract applies it to cards too). */
const windowMs = 3600e3

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64')

/** Robot callbacks and webhooks of groups sign the timestamp (ms) together with the secret itself. */
export const robotSign = (secret: string, timestamp: string): string => hmac(secret, `${timestamp}\n${secret}`)

/** Card callbacks sign the timestamp alone. */
export const cardSign = (apiSecret: string, timestamp: string): string => hmac(apiSecret, timestamp)

/** Equal texts, in a time that tells nothing about where they differ. */
export function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

export const isRecent = (timestamp: string, now = Date.now()): boolean =>
  /^\d{1,16}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= windowMs

/** A secret that every instance finds out alone, and that lasts over restarts: `purpose` keyed by the Client Secret. */
export const derivedSecret = (clientSecret: string, purpose: string): string =>
  createHmac('sha256', clientSecret).update(`dangjian-bot ${purpose}`).digest('hex')
