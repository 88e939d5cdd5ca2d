import { derivedSecret } from './signature.ts'

/** The configuration of the app robot; see `.env.example`. */
export type DingtalkSettings = {
  clientId: string
  clientSecret: string
  mode: 'stream' | 'http'
  templateId: string | undefined
  /** The new API (`https://api.dingtalk.com`) and the old API (`https://oapi.dingtalk.com`), without a slash at the end. */
  apiBase: string
  oapiBase: string
  /** The address at which DingTalk reaches this program. Card callbacks of HTTP mode need it. */
  publicUrl: string | undefined
}

/** Counts what uses the monthly quota: calls we make and pushes we receive. */
export type Count = (kind: 'call' | 'push') => void

/** Forms need a card template, and in HTTP mode also an address for their callback. */
export const hasForms = ({ templateId, mode, publicUrl }: DingtalkSettings): boolean =>
  templateId !== undefined && (mode === 'stream' || publicUrl !== undefined)

/** The secret that signs card callbacks over HTTP. */
export const cardSecret = ({ clientSecret }: DingtalkSettings): string => derivedSecret(clientSecret, 'card callback')
/** The key at the end of the address for card callbacks over HTTP. */
export const cardKey = ({ clientSecret }: DingtalkSettings): string =>
  derivedSecret(clientSecret, 'card address').slice(0, 32)
