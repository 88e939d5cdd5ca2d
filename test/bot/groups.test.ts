import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Handler } from '../../src/bot/turn/handler.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'
import { answerOf, botOn, enroll, event, listening } from '../support/bots.ts'

const counting: Handler = {
  name: 'counting',
  async inGroup(turn, text) {
    if (text !== '进度') return false
    turn.say('完成 3/6')
    return true
  },
}
describe('what is said to the bot in a group', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groups-'))
  let store: Store
  beforeAll(async () => {
    store = await openEmbedded(folder, { kind: 'platform' })
    await enroll(store)
  })
  afterAll(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const inGroup = async (text: string): Promise<string> =>
    answerOf(await botOn(store, { handlers: [listening, counting] }).receive(event('xuyiming', text, { group: 'g1' })))

  it.each([
    '进度',
    ' 进度。',
    '@党建助手 进度',
    '@党建助手\u2005进度',
    '@党建助手  进度',
    '@党建 助手 进度',
    '@Party Affairs Assistant 进度',
    '进度 @党建助手',
    '进度 @党建 助手',
  ])('in a group %j means 进度', async (text) => {
    expect(await inGroup(text)).toBe('完成 3/6')
  })

  it.each(['@党建助手', '@党建助手 评分', '今天的进度 很好', ''])(
    'in a group %j is answered one-to-one',
    async (text) => {
      expect(await inGroup(text)).toContain('单独')
    },
  )

  it('a text over the limit is refused with a sentence, in a group as elsewhere', async () => {
    for (const text of ['字'.repeat(20_001), ' '.repeat(160_000), '𠀀'.repeat(20_001), '@'.repeat(50_000)]) {
      expect(await inGroup(text)).toContain('超过20000字')
      expect(answerOf(await botOn(store).receive(event('xuyiming', text)))).toContain('超过20000字')
    }
    expect(answerOf(await botOn(store).receive(event('xuyiming', '𠀀'.repeat(20_000))))).not.toContain('超过')
  })
})
