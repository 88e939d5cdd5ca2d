import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { college } from '../campaign/invented-college.ts'
import { rosterWorkbook } from './roster-workbook.ts'
import { startedProgram } from './started-program.ts'

/** The program as a process of its own on the invented college, with an emulated WeCom. `data` is its DATA_DIR. */
export async function wecomProgram(env: { [name: string]: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'wecom-program-'))
  const members = college.flatMap(({ 姓名: name = '', 企业微信账号: account = '' }) =>
    account ? [{ account, name }] : [],
  )
  const wecom = new EmulatedWecom({ members })
  await wecom.listen()
  await writeFile(join(folder, 'roster.xlsx'), await rosterWorkbook({ people: college }))
  const { corpId, agentId, secret, token, encodingAesKey } = wecom.credentials
  const data = join(folder, 'data')
  const settings = {
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_TOKEN: token,
    WECOM_ENCODING_AES_KEY: encodingAesKey,
    WECOM_API_BASE: wecom.base,
    ROSTER_FILE: join(folder, 'roster.xlsx'),
    CLOCK_START: '2022-04-25T10:00:00+08:00',
    DATA_DIR: data,
    ...env,
  }
  const program = await startedProgram(settings)
  await wecom.connect(`${program.url}/wecom/callback`)
  return {
    wecom,
    data,
    url: program.url,
    output: program.output,
    async stop() {
      await program.stop()
      await wecom.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
