import { derivedSecret } from './signature.ts'

/** The app robot as it is configured; see `.env.example`. */
export type DingtalkSettings = {
  clientId: string
  clientSecret: string
  mode: 'stream' | 'http'
  templateId: string | undefined
  /** New API (`https://api.dingtalk.com`) and old API (`https://oapi.dingtalk.com`), without a slash at the end. */
  apiBase: string
  oapiBase: string
  /** How DingTalk reaches this program; card callbacks of HTTP mode need it. */
  publicUrl: string | undefined
}

/** What the monthly quota counts: calls made, and pushes received. */
export type Count = (kind: 'call' | 'push') => void

/** Forms need a template, and in HTTP mode an address for their callback. */
export const hasForms = ({ templateId, mode, publicUrl }: DingtalkSettings): boolean =>
  templateId !== undefined && (mode === 'stream' || publicUrl !== undefined)

/** Cards' callbacks over HTTP are signed with this secret, and their address ends with this key. */
export const cardSecret = ({ clientSecret }: DingtalkSettings): string => derivedSecret(clientSecret, 'card callback')
export const cardKey = ({ clientSecret }: DingtalkSettings): string =>
  derivedSecret(clientSecret, 'card address').slice(0, 32)
