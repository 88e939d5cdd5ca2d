/** The self-built app as it is configured. `apiBase`: without a slash at its end. */
export type WecomSettings = {
  corpId: string
  agentId: number
  secret: string
  token: string
  encodingAesKey: string
  apiBase: string
}
