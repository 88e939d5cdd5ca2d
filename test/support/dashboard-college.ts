import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { inventedCollege } from '../conversations/college.ts'
import { Running } from '../conversations/running.ts'
import { Phone } from './phone.ts'
import { Visitor } from './visitor.ts'

export const publicUrl = 'http://dangjian.example.edu.cn'

/** The program on an emulated WeCom with the sample college: its phones, and browsers that log in through it. */
export async function dashboardCollege({
  at = '2022-04-18T09:00:00+08:00',
  env = { PUBLIC_URL: publicUrl },
}: {
  at?: string
  env?: { [variable: string]: string }
} = {}) {
  const { people } = await inventedCollege()
  const wecom = new EmulatedWecom({ members: [...people, { name: '路人', account: 'stranger' }] })
  await wecom.listen()
  const { corpId, agentId, secret, token, encodingAesKey } = wecom.credentials
  const running = await Running.in({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_TOKEN: token,
    WECOM_ENCODING_AES_KEY: encodingAesKey,
    WECOM_API_BASE: wecom.base,
    ...env,
  })
  const address = await running.start(at)
  await wecom.connect(`${address}/wecom/callback`)
  return {
    wecom,
    running,
    visitor: (agent?: string) => new Visitor(address, agent),
    async loggedIn(account: string): Promise<Visitor> {
      const visitor = new Visitor(address)
      await visitor.logsIn(wecom.agrees(account))
      return visitor
    },
    phone: (account: string) => new Phone(account, wecom),
    async close(): Promise<void> {
      await running.end()
      await wecom.close()
    },
  }
}
