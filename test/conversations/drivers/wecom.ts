import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import type { Driver, Phones } from '../driver.ts'
import { WecomScreens } from './wecom-screens.ts'

/** WeCom's self-built app. It hears nothing in groups. */
export const wecom: Driver = {
  name: '企业微信自建应用',
  mark: '企',
  can: { cards: true, forms: false, files: true, push: true, groups: false },
  async open(accounts, groups) {
    const platform = new EmulatedWecom({
      members: accounts.map((account) => ({ account, name: account })),
      groups: groups.map((key) => ({ key, name: key })),
    })
    await platform.listen()
    return new WecomPhones(platform)
  },
}

class WecomPhones extends WecomScreens implements Phones {
  readonly env
  readonly #platform: EmulatedWecom

  constructor(platform: EmulatedWecom) {
    super(platform)
    this.#platform = platform
    const { corpId, agentId, secret, token, encodingAesKey } = platform.credentials
    this.env = {
      WECOM_CORP_ID: corpId,
      WECOM_AGENT_ID: String(agentId),
      WECOM_SECRET: secret,
      WECOM_TOKEN: token,
      WECOM_ENCODING_AES_KEY: encodingAesKey,
      WECOM_API_BASE: platform.base,
    }
  }

  get violations(): readonly string[] {
    return this.#platform.violations
  }
  connect(address: string): Promise<void> {
    return this.#platform.connect(`${address}/wecom/callback`)
  }
  saysInGroup(): Promise<void> {
    throw new Error('a self-built app hears nothing in groups')
  }
  refuse(on: boolean): void {
    this.#platform.fault = () => (on ? { errcode: 60020 } : undefined)
  }
  close(): Promise<void> {
    return this.#platform.close()
  }
}
