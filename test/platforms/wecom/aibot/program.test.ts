import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inventedCollege } from '../../../conversations/college.ts'
import { recordsOf } from '../../../conversations/records.ts'
import { Running } from '../../../conversations/running.ts'
import { until } from '../../../support/memory-parts.ts'
import { Phone } from '../../../support/phone.ts'
import { EmulatedGateway, type Fault } from './emulated-gateway.ts'
import { EmulatedUrlAibot } from './emulated-url-aibot.ts'

/** The whole program on bad days: each submission is stored once, and each answer is seen once. */

const monday = '2022-04-18T09:00:00+08:00'
let running: Running
let account = ''

beforeEach(async () => {
  const { people } = await inventedCollege()
  account = people.find(({ name }) => name === '杨晓东')?.account ?? ''
})

const submissions = async (): Promise<string[]> =>
  (await recordsOf(running ?? (await Running.in({})))).filter(
    (line) => line.includes('杨晓东') && line.includes('提交'),
  )
/** How often a person reads a text that matches. */
const seen = (phone: Phone, pattern: RegExp): number => phone.messages.filter(({ text }) => pattern.test(text)).length

describe('by long connection', () => {
  let gateway: EmulatedGateway
  let phone: Phone

  beforeEach(async () => {
    gateway = await EmulatedGateway.start()
    phone = new Phone(account, gateway.aibot)
    const { botId, secret, address } = gateway.settings()
    running = await Running.in({ WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_WS: address })
    await running.start(monday)
    await until(() => gateway.alive === 1, 'the connection')
  })
  afterEach(async () => {
    await running.end()
    await gateway.close()
    expect(gateway.violations).toEqual([])
  })

  it('a gateway that restarts in the middle of a form costs nothing', async () => {
    await phone.asks('评分 软件教研室 5 5 4 5', /第5项|5 /)
    await gateway.restart(300)
    await until(() => gateway.alive === 1, 'the next connection')
    await phone.asks('5 5 5 5 5 5 5 5 5 4 5 5 9 10', /总分 97 分/)
    gateway.drop()
    await until(() => gateway.subscriptions === 3 && gateway.alive === 1, 'the next connection')
    await phone.taps('提交')
    await phone.reads(/已提交/)
    await running.quiet()
    expect(await submissions()).toHaveLength(1)
    expect(seen(phone, /已提交/)).toBe(1)
  })

  it.each<[string, string, Fault]>([
    ['an answer that never arrives', 'aibot_respond_msg', 'loseFrame'],
    ['an answer whose acknowledgement is lost', 'aibot_respond_msg', 'loseAck'],
    ['a busy gateway', 'aibot_respond_msg', { errcode: -1 }],
    ['a change of the card that is refused', 'aibot_respond_update_msg', { errcode: 846604 }],
  ])('%s is seen once, and counts once', async (_, what, fault) => {
    await phone.asks('帮助', /评分/)
    let left = 1
    gateway.fault = ({ cmd }) => {
      if (cmd !== what || left-- <= 0) return undefined
      // The bot waits up to ten seconds for an acknowledgement, but not longer than the connection lives.
      if (fault === 'loseFrame' || fault === 'loseAck') setTimeout(() => gateway.drop(), 20)
      return fault
    }
    await phone.asks('评分 软件教研室 全部满分', /总分 100 分/)
    await phone.taps('提交')
    await phone.reads(/已提交/)
    await running.quiet()
    expect(await submissions()).toHaveLength(1)
    expect(seen(phone, /已提交/)).toBe(1)
    expect(left).toBeLessThanOrEqual(0)
  })

  it('a document is uploaded again where its connection breaks', async () => {
    let left = 1
    gateway.fault = ({ cmd }) => {
      if (cmd === 'aibot_upload_media_chunk' && left-- > 0) gateway.drop()
      return undefined
    }
    await phone.asks('汇总表', /docx/)
    await running.quiet()
    expect(phone.messages.filter(({ kind }) => kind === 'file')).toHaveLength(1)
    expect(gateway.subscriptions).toBe(2)
  })
})

describe('by URL', () => {
  let platform: EmulatedUrlAibot
  let phone: Phone

  beforeEach(async () => {
    platform = await EmulatedUrlAibot.start()
    phone = new Phone(account, platform.aibot)
    const { token, encodingAesKey } = platform.settings
    running = await Running.in({ WECOM_BOT_TOKEN: token, WECOM_BOT_ENCODING_AES_KEY: encodingAesKey })
    await platform.connect(`${await running.start(monday)}/wecom/aibot`)
  })
  afterEach(async () => {
    await running.end()
    await platform.close()
    expect(platform.violations).toEqual([])
  })

  it('answers that get lost are given again, and what was submitted counts once', async () => {
    platform.loseAnswers = 2
    await phone.asks('评分 软件教研室 全部满分', /总分 100 分/)
    platform.loseAnswers = 1
    await phone.asks('提交', /已提交/)
    await running.quiet()
    expect(await submissions()).toHaveLength(1)
    expect(seen(phone, /已提交/)).toBe(1)
  })

  it('the program that starts again goes on with the form', async () => {
    await phone.asks('评分 软件教研室 5 5 4 5', /第5项|5 /)
    await running.stop()
    await platform.connect(`${await running.start(monday)}/wecom/aibot`)
    await phone.asks('5 5 5 5 5 5 5 5 5 4 5 5 9 10', /总分 97 分/)
  })
})
