import { existsSync, readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { readEnvironmentFile } from './environment-file.ts'
import { stopped } from './errors.ts'

/** Invented people, for the simulator and for rehearsals. */
export const sampleRoster = 'campaigns/2022/roster.xlsx'

const zone = 'Asia/Shanghai'
const text = z.string().min(1)
const url = z
  .url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' })
  .transform((address) => address.replace(/\/{1,9}$/, ''))
/** The scheme is optional, as in other programs. */
const proxy = z
  .string()
  .transform((address) => (address.includes('://') ? address : `http://${address}`))
  .pipe(z.url({ protocol: /^https?$/, error: '应为代理的地址，如 http://proxy.example.edu.cn:3128' }))
const webSocket = z.url({ protocol: /^wss?$/, error: '应为 ws:// 或 wss:// 开头的地址' })
const count = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, '应为正整数')
  .transform(Number)
const key = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, '应为 32 字节的 Base64（44 个字符）')
  .transform((encoded) => Buffer.from(encoded, 'base64'))
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, '应为企业微信后台给出的 43 位字母和数字')
const token = z.string().regex(/^[A-Za-z0-9]{1,32}$/, '应为不超过 32 位的字母和数字')

const addressOf = (text: string): { host: string; port: number } => {
  const [host = '', port] = text.split(':')
  return { host, port: Number(port) }
}

const Environment = z.object({
  HOST: text.default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, '应为端口号 0–65535')
    .transform(Number)
    .refine((port) => port <= 65535, '应为端口号 0–65535')
    .default(3000),
  PUBLIC_URL: url.exactOptional(),
  DATA_DIR: text.default('./data'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/|^unix:\/\//, '应为 redis:// 或 rediss:// 开头的地址')
    .exactOptional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, '应为不超过 40 位的字母、数字、- 或 _')
    .default('dangjian'),
  REDIS_SENTINELS: z
    .string()
    .regex(/^[^\s,:]+:\d{1,5}(?:,[^\s,:]+:\d{1,5})*$/, '应为 主机:端口，多个用逗号隔开')
    .transform((list) => list.split(',').map(addressOf))
    .exactOptional(),
  REDIS_SENTINEL_NAME: text.default('mymaster'),
  DATA_KEY: key.exactOptional(),
  DATA_KEY_OLD: key.exactOptional(),
  BACKUP_DAYS: count.default(14),
  CAMPAIGN_FILE: text.default('campaigns/2022/campaign.yaml'),
  ROSTER_FILE: text.exactOptional(),
  CLOCK_START: z
    .string()
    .transform((value, context) => {
      try {
        return Temporal.Instant.from(value).toZonedDateTimeISO(zone)
      } catch {
        context.addIssue('应为带时区的时刻，如 2022-04-18T09:00:00+08:00')
        return z.NEVER
      }
    })
    .exactOptional(),
  WECOM_CORP_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, '应为企业 ID（ww 开头）')
    .exactOptional(),
  WECOM_AGENT_ID: z
    .string()
    .regex(/^\d{1,12}$/, '应为应用的 AgentId（数字）')
    .transform(Number)
    .exactOptional(),
  WECOM_SECRET: text.exactOptional(),
  WECOM_TOKEN: token.exactOptional(),
  WECOM_ENCODING_AES_KEY: aesKey.exactOptional(),
  WECOM_API_BASE: url.default('https://qyapi.weixin.qq.com'),
  WECOM_BOT_TOKEN: token.exactOptional(),
  WECOM_BOT_ENCODING_AES_KEY: aesKey.exactOptional(),
  WECOM_BOT_ID: text.exactOptional(),
  WECOM_BOT_SECRET: text.exactOptional(),
  WECOM_BOT_WS: webSocket.default('wss://openws.work.weixin.qq.com'),
  DINGTALK_CLIENT_ID: text.exactOptional(),
  DINGTALK_CLIENT_SECRET: text.exactOptional(),
  DINGTALK_MODE: z.enum(['stream', 'http'], '应为 stream 或 http').default('stream'),
  DINGTALK_CARD_TEMPLATE_ID: text.exactOptional(),
  DINGTALK_API_BASE: url.default('https://api.dingtalk.com'),
  DINGTALK_OAPI_BASE: url.default('https://oapi.dingtalk.com'),
  DINGTALK_QUOTA: z
    .string()
    .regex(/^\d+\/\d+$/, '应为“每月调用数/每月推送数”，如 5000/3000')
    .default('5000/3000')
    .transform((quota) => {
      const [calls = 0, pushes = 0] = quota.split('/').map(Number)
      return { calls, pushes }
    }),
  HTTPS_PROXY: proxy.exactOptional(),
  HTTP_PROXY: proxy.exactOptional(),
  NO_PROXY: text.exactOptional(),
  NODE_EXTRA_CA_CERTS: text.exactOptional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      '应为 fatal、error、warn、info、debug、trace 或 silent',
    )
    .default('info'),
})
type Environment = z.infer<typeof Environment>
export const variables = Object.keys(Environment.shape)

export type WecomSettings = {
  corpId: string
  agentId: number
  secret: string
  token: string
  encodingAesKey: string
  apiBase: string
}
export type Config = ReturnType<typeof readConfig>

/** Many people write the proxies' names in small letters. */
const inSmallLetters: readonly string[] = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']
const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== ''

/** The checked settings. An empty value counts as unset. Throws Stopped. */
export function readConfig(environment: NodeJS.ProcessEnv) {
  const set: { [name: string]: string } = {}
  for (const name of variables) {
    const small = inSmallLetters.includes(name) ? environment[name.toLowerCase()] : undefined
    const value = [environment[name], small].find(isSet)
    if (value !== undefined) set[name] = value
  }
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw stopped('setting-wrong', { setting: String(issue?.path[0]), why: issue?.message ?? '值不对' })
  }
  const env = parsed.data
  refuseWithoutFirst(env)
  const wecom = wecomOf(env)
  const dingtalk = dingtalkOf(env)
  const aibotUrl = aibotUrlOf(env)
  const aibotSocket = aibotSocketOf(env)
  if (aibotUrl && aibotSocket) throw stopped('two-ways-of-aibot', {})
  if (env.REDIS_SENTINELS && !env.REDIS_URL) throw stopped('sentinels-alone', {})
  if (env.DATA_KEY_OLD && !env.DATA_KEY) throw stopped('old-key-alone', {})
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    dataDir: env.DATA_DIR,
    redis: redisOf(env),
    dataKey: env.DATA_KEY,
    dataKeyOld: env.DATA_KEY_OLD,
    backupDays: env.BACKUP_DAYS,
    campaignFile: env.CAMPAIGN_FILE,
    rosterFile: env.ROSTER_FILE,
    clockStart: env.CLOCK_START,
    logLevel: env.LOG_LEVEL,
    outgoing: {
      httpsProxy: env.HTTPS_PROXY,
      httpProxy: env.HTTP_PROXY,
      noProxy: env.NO_PROXY,
      // If it is a real variable, Node itself has read it.
      extraCertificates:
        env.NODE_EXTRA_CA_CERTS === process.env['NODE_EXTRA_CA_CERTS'] ? undefined : env.NODE_EXTRA_CA_CERTS,
    },
    wecom,
    aibotUrl,
    aibotSocket,
    dingtalk,
    /** The simulator runs if no platform is configured. */
    simulator: !wecom && !dingtalk && !aibotUrl && !aibotSocket,
  }
}

const redisOf = ({
  REDIS_URL: url,
  REDIS_PREFIX: prefix,
  REDIS_SENTINELS: at,
  REDIS_SENTINEL_NAME: name,
}: Environment) => (url === undefined ? undefined : { url, prefix, sentinels: at && { at, name } })

/** The first variable of a platform turns the platform on; then all its variables are required. */
function required<Name extends keyof Environment>(
  env: Environment,
  name: Name,
  because: keyof Environment,
): NonNullable<Environment[Name]> {
  const value = env[name]
  if (value === undefined || value === null) throw stopped('setting-missing', { setting: name, because })
  return value
}

/** Variables that make no sense without the one that turns their platform on. */
const belongsTo: { [first in keyof Environment]?: readonly (keyof Environment)[] } = {
  WECOM_CORP_ID: ['WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_ENCODING_AES_KEY'],
  WECOM_BOT_TOKEN: ['WECOM_BOT_ENCODING_AES_KEY'],
  WECOM_BOT_ID: ['WECOM_BOT_SECRET'],
  DINGTALK_CLIENT_ID: ['DINGTALK_CLIENT_SECRET', 'DINGTALK_CARD_TEMPLATE_ID'],
}

/** If somebody sets only a credential, the simulator must not start silently. */
function refuseWithoutFirst(env: Environment): void {
  for (const [first, others] of Object.entries(belongsTo)) {
    const alone = others.find((name) => env[name] !== undefined)
    if (alone !== undefined && !Object.hasOwn(env, first))
      throw stopped('setting-missing', { setting: first, because: alone })
  }
}

function wecomOf(env: Environment): WecomSettings | undefined {
  if (env.WECOM_CORP_ID === undefined) return undefined
  return {
    corpId: env.WECOM_CORP_ID,
    agentId: required(env, 'WECOM_AGENT_ID', 'WECOM_CORP_ID'),
    secret: required(env, 'WECOM_SECRET', 'WECOM_CORP_ID'),
    token: required(env, 'WECOM_TOKEN', 'WECOM_CORP_ID'),
    encodingAesKey: required(env, 'WECOM_ENCODING_AES_KEY', 'WECOM_CORP_ID'),
    apiBase: env.WECOM_API_BASE,
  }
}

const aibotUrlOf = (env: Environment) =>
  env.WECOM_BOT_TOKEN === undefined
    ? undefined
    : { token: env.WECOM_BOT_TOKEN, encodingAesKey: required(env, 'WECOM_BOT_ENCODING_AES_KEY', 'WECOM_BOT_TOKEN') }

const aibotSocketOf = (env: Environment) =>
  env.WECOM_BOT_ID === undefined
    ? undefined
    : { botId: env.WECOM_BOT_ID, secret: required(env, 'WECOM_BOT_SECRET', 'WECOM_BOT_ID'), address: env.WECOM_BOT_WS }

const dingtalkOf = (env: Environment) =>
  env.DINGTALK_CLIENT_ID === undefined
    ? undefined
    : {
        clientId: env.DINGTALK_CLIENT_ID,
        clientSecret: required(env, 'DINGTALK_CLIENT_SECRET', 'DINGTALK_CLIENT_ID'),
        mode: env.DINGTALK_MODE,
        templateId: env.DINGTALK_CARD_TEMPLATE_ID,
        apiBase: env.DINGTALK_API_BASE,
        oapiBase: env.DINGTALK_OAPI_BASE,
        quota: env.DINGTALK_QUOTA,
      }

/** The real variables and those of `.env`, if it exists. A real variable that is not empty wins. Throws Stopped. */
export function loadEnvironment(file = '.env'): NodeJS.ProcessEnv {
  if (!existsSync(file)) return process.env
  const read = readEnvironmentFile(readFileSync(file))
  if ('problem' in read) throw stopped('environment-file', { problem: read.problem })
  return { ...read.values, ...Object.fromEntries(Object.entries(process.env).filter(([, value]) => isSet(value))) }
}
