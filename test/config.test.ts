import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { Stopped } from '../src/errors.ts'

const aesKey = 'a'.repeat(43)
const wecom = {
  WECOM_CORP_ID: 'wwcollege',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'secret',
  WECOM_TOKEN: 'token',
  WECOM_ENCODING_AES_KEY: aesKey,
}

/** The line that an administrator reads. */
function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof Stopped) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

describe('settings', () => {
  it('need nothing: the simulator runs on the embedded store, for this machine alone', () => {
    expect(readConfig({})).toMatchObject({
      simulator: true,
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      redis: undefined,
      backupDays: 14,
      campaignFile: 'campaigns/2022/campaign.yaml',
    })
  })

  it('count as unset where they are empty', () => {
    expect(readConfig({ PORT: '', WECOM_CORP_ID: '', REDIS_URL: '', DATA_KEY: '' })).toMatchObject({
      port: 3000,
      simulator: true,
      redis: undefined,
    })
  })

  it('turn a platform on by its first variable, and the simulator off', () => {
    expect(readConfig(wecom)).toMatchObject({ simulator: false, wecom: { agentId: 1000002, corpId: 'wwcollege' } })
    expect(readConfig({ DINGTALK_CLIENT_ID: 'ding', DINGTALK_CLIENT_SECRET: 's' })).toMatchObject({
      simulator: false,
      dingtalk: { mode: 'stream', quota: { calls: 5000, pushes: 3000 } },
    })
    expect(readConfig({ WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 's' })).toMatchObject({
      simulator: false,
      aibotSocket: { address: 'wss://openws.work.weixin.qq.com' },
    })
  })

  it.each([
    ['WECOM_AGENT_ID', 'WECOM_CORP_ID', { ...wecom, WECOM_AGENT_ID: '' }],
    ['WECOM_SECRET', 'WECOM_CORP_ID', { ...wecom, WECOM_SECRET: '' }],
    ['WECOM_BOT_ENCODING_AES_KEY', 'WECOM_BOT_TOKEN', { WECOM_BOT_TOKEN: 'token' }],
    ['WECOM_BOT_SECRET', 'WECOM_BOT_ID', { WECOM_BOT_ID: 'bot' }],
    ['DINGTALK_CLIENT_SECRET', 'DINGTALK_CLIENT_ID', { DINGTALK_CLIENT_ID: 'ding' }],
    ['WECOM_CORP_ID', 'WECOM_TOKEN', { WECOM_TOKEN: 'token' }],
    ['WECOM_CORP_ID', 'WECOM_AGENT_ID', { ...wecom, WECOM_CORP_ID: ' ' }],
    ['WECOM_BOT_TOKEN', 'WECOM_BOT_ENCODING_AES_KEY', { WECOM_BOT_ENCODING_AES_KEY: aesKey }],
    ['WECOM_BOT_ID', 'WECOM_BOT_SECRET', { ...wecom, WECOM_BOT_SECRET: 's' }],
    ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET', { DINGTALK_CLIENT_SECRET: 's' }],
  ])('say that %s is missing once %s is set', (missing, because, environment) => {
    expect(refusal(environment)).toBe(`${missing}：设置了 ${because} 就要一并设置这一项`)
  })

  it.each([
    ['PORT', '65536'],
    ['PUBLIC_URL', 'bot.example.edu.cn'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_PREFIX', '党建'],
    ['REDIS_SENTINELS', 'one:26379;two'],
    ['DATA_KEY', 'short'],
    ['BACKUP_DAYS', '0'],
    ['CLOCK_START', '2022-04-18'],
    ['WECOM_CORP_ID', 'ww college'],
    ['WECOM_AGENT_ID', 'abc'],
    ['WECOM_ENCODING_AES_KEY', 'short'],
    ['WECOM_API_BASE', 'ftp://example.com'],
    ['WECOM_BOT_WS', 'https://example.com'],
    ['DINGTALK_MODE', 'webhook'],
    ['DINGTALK_QUOTA', '5000'],
    ['LOG_LEVEL', 'loud'],
    ['HTTPS_PROXY', 'socks5://127.0.0.1:1080'],
  ])('name %s where its value is wrong, in one line', (name, value) => {
    expect(refusal({ ...wecom, [name]: value })).toMatch(new RegExp(`^${name}：.+$`))
  })

  it('take proxies in small letters and without a scheme too', () =>
    expect(
      readConfig({ https_proxy: 'proxy.test:3128', HTTP_PROXY: 'http://a.test', no_proxy: 'edu.cn' }),
    ).toMatchObject({
      outgoing: { httpsProxy: 'http://proxy.test:3128', httpProxy: 'http://a.test', noProxy: 'edu.cn' },
    }))

  it('want one way for 智能机器人, and the new key with the old', () => {
    const both = {
      WECOM_BOT_TOKEN: 'token',
      WECOM_BOT_ENCODING_AES_KEY: aesKey,
      WECOM_BOT_ID: 'bot',
      WECOM_BOT_SECRET: 's',
    }
    expect(refusal(both)).toMatch(/^WECOM_BOT_TOKEN：/)
    expect(refusal({ REDIS_SENTINELS: 'one:26379' })).toMatch(/^REDIS_URL：.*REDIS_SENTINELS/)
    expect(refusal({ DATA_KEY_OLD: Buffer.alloc(32).toString('base64') })).toMatch(/^DATA_KEY：/)
  })
})
