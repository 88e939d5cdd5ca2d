import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../../../src/bot/messages/message.ts'
import type { Aibot } from '../../../../src/platforms/wecom/aibot/aibot.ts'
import { text } from './cards.ts'
import { type SocketCollege, socketCollege } from './socket-college.ts'

let college: SocketCollege
let gateway: SocketCollege['gateway']
let bot: SocketCollege['bot']
let phone: SocketCollege['phone']
let aibot: Aibot
const file: Message = { kind: 'file', order: { document: 'attachment-2', with: {} } }
const arrived = () => phone.messages.flatMap((message) => gateway.aibot.file(message.file?.id ?? '') ?? [])
const uploads = () => gateway.heard.filter(({ cmd }) => cmd.includes('upload')).map(({ cmd }) => cmd.split('_').at(-1))

beforeEach(async () => {
  college = await socketCollege()
  ;({ gateway, bot, phone } = college)
  aibot = await college.start({ times: { ack: 3_000 } })
  await college.connected()
})
afterEach(async () => {
  await college.close()
  expect(gateway.violations).toEqual([])
})

describe('a document', () => {
  it('goes out in pieces of half a megabyte, and arrives with its name', async () => {
    bot.file = { name: '附件2.docx', data: Buffer.from(Array.from({ length: 1_100_000 }, (_, i) => i % 251)) }
    bot.answers = () => [text('汇总表在下面。'), file]
    await phone.asks('汇总表', /附件2/)
    expect(arrived().map(({ name }) => name)).toEqual(['附件2.docx'])
    expect(arrived()[0]?.data.equals(Buffer.from(bot.file.data))).toBe(true)
    expect(uploads()).toEqual(['init', 'chunk', 'chunk', 'chunk', 'finish'])
  })

  it.each(['aibot_upload_media_init', 'aibot_upload_media_chunk', 'aibot_upload_media_finish', 'aibot_respond_msg'])(
    'whose %s gets lost is uploaded again and arrives once',
    async (lost) => {
      let left = 1
      gateway.fault = ({ cmd }) => (cmd === lost && left-- > 0 ? 'loseFrame' : undefined)
      bot.answers = () => [file]
      await phone.asks('汇总表', /附件2/)
      await bot.idle()
      expect(arrived()).toHaveLength(1)
      expect(bot.dead).toEqual([])
    },
  )

  it('is uploaded again where the connection breaks in the middle', async () => {
    let left = 1
    gateway.fault = ({ cmd }) => {
      if (cmd === 'aibot_upload_media_chunk' && left-- > 0) gateway.drop()
      return undefined
    }
    bot.answers = () => [file]
    await phone.asks('汇总表', /附件2/)
    expect(gateway.subscriptions).toBe(2)
  })

  it.each([846610, 846697])('that the gateway refuses with %d is a dead letter', async (errcode) => {
    gateway.fault = ({ cmd }) => (cmd === 'aibot_upload_media_init' ? { errcode } : undefined)
    bot.answers = () => [file]
    await phone.says('汇总表')
    await bot.push('lisi', text('完'))
    expect(bot.dead).toEqual([String(errcode)])
  })

  it.each([5, 20 * 1024 * 1024 + 1])('of %d bytes is not even tried', async (length) => {
    bot.file = { name: '附件2.docx', data: new Uint8Array(length) }
    bot.answers = () => [file]
    await phone.says('汇总表')
    await bot.push('lisi', text('完'))
    expect(bot.dead).toEqual(['file-size'])
    expect(uploads()).toEqual([])
  })
})

it('a roster that somebody sends has its name, and is decrypted with its own key', async () => {
  const data = Buffer.from('名册'.repeat(1000))
  bot.answers = () => [text('收到')]
  await gateway.aibot.sends('lisi', '名册 2022.xlsx', data)
  await phone.reads(/收到/)
  const what = bot.heard[0]?.what
  expect(what).toMatchObject({ kind: 'file', name: '名册 2022.xlsx' })
  expect(Buffer.from(await aibot.download(what?.kind === 'file' ? what.token : '')).equals(data)).toBe(true)
})
