import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { college, rows } from '../campaign/invented-college.ts'
import { phoneOn } from '../support/phone.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'
import { startedProgram } from '../support/started-program.ts'

const people = [
  ...college,
  ...rows(`
冒名者 宣传部   qianlixin
无职务 主任   wuzhiwu
孙不在 宣传部   sunbuzai
`),
]
const known = people
  .filter((row) => !['孙不在', '冒名者', '无职务'].includes(row['姓名'] ?? ''))
  .flatMap(({ 姓名: name = '', 企业微信账号: account = '' }) => (account ? [{ account, name }] : []))
const said = {
  suggestion: '食堂的党员活动角灯坏了',
  marked: '机密★5年 人事安排初稿',
  lost: '我只是路过问一下',
  reason: '第八项材料不全',
}

const wecom = new EmulatedWecom({ members: [...known, { account: 'luguo', name: '路过' }] })
const folder = await mkdtemp(join(tmpdir(), 'log-'))
let program: Awaited<ReturnType<typeof startedProgram>>
beforeAll(async () => {
  await wecom.listen()
  await writeFile(join(folder, 'roster.xlsx'), await rosterWorkbook({ people }))
  const { corpId, agentId, secret, token, encodingAesKey } = wecom.credentials
  program = await startedProgram({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_TOKEN: token,
    WECOM_ENCODING_AES_KEY: encodingAesKey,
    WECOM_API_BASE: wecom.base,
    ROSTER_FILE: join(folder, 'roster.xlsx'),
    CLOCK_START: '2022-04-25T10:00:00+08:00',
    LOG_LEVEL: 'trace',
  })
  await wecom.connect(`${program.url}/wecom/callback`)
})
afterAll(async () => {
  await program.stop()
  await wecom.close()
  await rm(folder, { recursive: true, force: true })
})

const Health = z.looseObject({ status: z.string() })
const health = async () => {
  const answer = await fetch(`${program.url}/healthz`)
  return { status: answer.status, body: JSON.stringify(Health.parse(await answer.json())) }
}

it('through a day of talk and trouble the log names what happened, and no text, person, account or secret', async () => {
  const phone = phoneOn(wecom)
  const [yang, zhou, stranger] = [phone('yangxiaodong'), phone('zhouzuan'), phone('luguo')]
  await stranger.asks(said.lost, /未登记/)
  await yang.asks('评分 软件教研室 全部满分', /总分/)
  await yang.taps('提交')
  await yang.reads(/已提交/)
  await yang.asks(`意见 ${said.suggestion}`, /已转/)
  await yang.asks(said.marked, /密级/)
  await yang.asks('汇总表', /汇总表/)
  await zhou.asks('待审', /备案/)
  await fetch(`${program.url}/wecom/callback?msg_signature=wrong&timestamp=1&nonce=2`, {
    method: 'POST',
    body: `<xml><Encrypt><![CDATA[${said.lost}]]></Encrypt></xml>`,
  })
  const nobody = '<xml><FromUserName><![CDATA[sunbuzai]]></FromUserName>'
  await wecom.deliver(textOf(nobody, said.reason))
  await vi.waitFor(() => expect(program.output()).toContain('dead letter'), 8000)

  wecom.fault = ({ path }) =>
    path.endsWith('message/send') ? { errcode: 60020, errmsg: 'from ip: 10.2.3.4' } : undefined
  await yang.says('帮助')
  await vi.waitFor(async () => expect((await health()).body).toContain('企业可信IP'), 8000)
  expect(await health()).toMatchObject({ status: 200, body: expect.stringContaining('"delivery":"waiting"') })

  const { secret, token, encodingAesKey } = wecom.credentials
  const log = program.output()
  for (const line of log.trim().split('\n'))
    expect(() => z.looseObject({ level: z.number() }).parse(JSON.parse(line))).not.toThrow()
  expect(log).toMatch(/名册：人员 第/)
  const names = people.flatMap((row) => [row['姓名'], row['企业微信账号'], row['党支部'], row['钉钉账号']])
  const secrets = [secret, token, encodingAesKey, ...Object.values(said), '路过', 'luguo', ...names]
  for (const one of secrets) if (one) expect(log).not.toContain(one)
  // The access tokens and response codes of the emulated platform are long hexadecimal numbers.
  expect(log).not.toMatch(/[0-9a-f]{40}/)
})

function textOf(from: string, text: string): string {
  const { corpId, agentId } = wecom.credentials
  const time = Math.floor(Date.now() / 1000)
  return `${from}<ToUserName><![CDATA[${corpId}]]></ToUserName><CreateTime>${time}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>4242</MsgId><AgentID>${agentId}</AgentID></xml>`
}
