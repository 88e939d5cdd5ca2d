/** The configuration of the self-built app. `apiBase` has no slash at its end. */
export type WecomSettings = {
  corpId: string
  agentId: number
  secret: string
  token: string
  encodingAesKey: string
  apiBase: string
}
