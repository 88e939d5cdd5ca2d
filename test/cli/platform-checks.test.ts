import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../src/bench/free-port.ts'
import { aboutCode, platformChecks } from '../../src/cli/platform-checks.ts'
import { readConfig } from '../../src/config.ts'
import { EmulatedDingtalk } from '../platforms/dingtalk/emulated-dingtalk.ts'
import { EmulatedGateway } from '../platforms/wecom/aibot/emulated-gateway.ts'
import { startedProgram } from '../support/started-program.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangjian-doctor-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const checksOf = (env: { [name: string]: string }) =>
  platformChecks(readConfig({ DATA_DIR: folder, ...env }), () => ({}))

describe('DingTalk', () => {
  it('takes the credentials or says which to look at; nobody is written to, no quota is used', async () => {
    const platform = await EmulatedDingtalk.start(['wang'])
    const { clientId, clientSecret } = platform.settings()
    const env = {
      DINGTALK_CLIENT_ID: clientId,
      DINGTALK_CLIENT_SECRET: clientSecret,
      DINGTALK_API_BASE: platform.base,
      DINGTALK_OAPI_BASE: platform.base,
    }
    expect(await checksOf(env)).toEqual([{ ok: true, line: expect.stringContaining('应用凭证有效') }])
    expect(await checksOf({ ...env, DINGTALK_CLIENT_SECRET: 'another' })).toEqual([
      { ok: false, line: expect.stringMatching(/DINGTALK_CLIENT_ID.*DINGTALK_CLIENT_SECRET/) },
    ])
    expect(platform.arrived).toEqual([])
    expect(platform.violations).toEqual([])
    await platform.stop()
    expect(await checksOf({ ...env, DINGTALK_API_BASE: `http://127.0.0.1:${await freePort()}` })).toEqual([
      { ok: false, line: expect.stringMatching(/钉钉：取令牌失败（ECONNREFUSED）/) },
    ])
  })
})

describe('智能机器人 by long connection', () => {
  it('subscribes once and leaves, or says what is wrong', async () => {
    const gateway = await EmulatedGateway.start()
    const { botId, secret, address } = gateway.settings()
    const env = { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_WS: address }
    expect(await checksOf(env)).toEqual([{ ok: true, line: expect.stringContaining('有效') }])
    expect(gateway.heard.map(({ cmd }) => cmd)).toEqual(['aibot_subscribe'])
    expect(await checksOf({ ...env, WECOM_BOT_SECRET: 'another' })).toEqual([
      { ok: false, line: expect.stringMatching(/WECOM_BOT_ID.*WECOM_BOT_SECRET/) },
    ])
    gateway.fault = () => ({ errcode: 846601 })
    expect(await checksOf(env)).toEqual([{ ok: false, line: expect.stringContaining('长连接方式') }])
    await gateway.close()
    expect(await checksOf(env)).toEqual([{ ok: false, line: expect.stringContaining(`连不上 ${address}`) }])
  })

  it('leaves the connection of a running program alone', async () => {
    const gateway = await EmulatedGateway.start()
    const { botId, secret, address } = gateway.settings()
    const env = { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_WS: address }
    const program = await startedProgram({ ...env, DATA_DIR: folder })
    try {
      expect(await checksOf(env)).toEqual([{ ok: true, line: expect.stringContaining('程序正在运行') }])
      expect(gateway.subscriptions).toBeLessThanOrEqual(1)
    } finally {
      await program.stop()
      await gateway.close()
    }
  })
})

it('says what a code of the log asks for', () => {
  expect(aboutCode('60020')?.split('\n')).toEqual([
    expect.stringMatching(/^企业微信 60020：.*企业可信IP/),
    expect.stringMatching(/^钉钉 60020：.*服务器出口IP/),
  ])
  expect(aboutCode('88/60011')).toContain('权限管理')
  expect(aboutCode('123')).toBeUndefined()
})
