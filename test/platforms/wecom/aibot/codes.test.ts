import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../../../src/platforms/wecom/aibot/codes.ts'
import { chatPaces, uploadPaces } from '../../../../src/platforms/wecom/aibot/paces.ts'
import { parcelTo } from '../../../support/memory-parts.ts'
import { text } from './cards.ts'

describe('codes of the long connection, by who can act', () => {
  it.each([
    [0, 'sent'],
    // Our task_ids are unique, so this very card is there already.
    [846625, 'sent'],
    [-1, 'again'],
    [6000, 'again'],
    [45009, 'again'],
    [45033, 'again'],
    [846609, 'again'],
    [846601, 'configuration'],
    [853000, 'configuration'],
    [93001, 'unreachable'],
    [93006, 'unreachable'],
    [93008, 'unreachable'],
    [40058, 'refused'],
    [45002, 'refused'],
    [846610, 'refused'],
    [846697, 'refused'],
    [999999, 'refused'],
  ])('%d is %s', (errcode, kind) => {
    expect(outcomeOf(errcode, true).kind).toBe(kind)
    expect(outcomeOf(errcode, false).kind).toBe(kind)
  })

  it('846607 is the limit where somebody wrote just now, and else that they never wrote', () => {
    expect(outcomeOf(846607, true)).toMatchObject({ kind: 'again', ambiguous: false })
    expect(outcomeOf(846607, false)).toEqual({ kind: 'unreachable', code: '846607' })
  })

  it('what the administrator can do is one line that names the setting', () => {
    for (const errcode of [846601, 853000])
      expect(outcomeOf(errcode, true)).toMatchObject({ line: expect.stringMatching(/WECOM_BOT_/) })
  })
})

describe('limits', () => {
  const bucket = (...args: Parameters<typeof parcelTo>) => chatPaces(parcelTo(...args))[0]?.bucket

  it('are 30 a minute and 1,000 an hour a chat, a little less to be sure, and the same for uploads', () => {
    for (const paces of [chatPaces(parcelTo('lisi', text(''))), uploadPaces()]) {
      const [minute, hour] = paces
      expect([minute?.count, hour?.count]).toEqual([30, 1000])
      expect(minute?.ms).toBeGreaterThan(60_000)
      expect(hour?.ms).toBeGreaterThan(3_600_000)
      expect(minute?.bucket).not.toBe(hour?.bucket)
    }
  })

  it('count answers and pushes to one chat together, and a group by itself', () => {
    const answer = { handle: { chat: 'woEncrypted', inGroup: false, reqId: '1' } }
    expect(bucket('LiSi', text(''), answer)).toBe(bucket('lisi', text('')))
    const inGroup = { handle: { chat: 'g1', inGroup: true } }
    const toGroup = { to: { group: { key: 'g1', name: '全院', members: [] } } }
    expect(bucket('lisi', text(''), inGroup)).toBe(bucket('x', text(''), toGroup))
    expect(bucket('lisi', text(''), inGroup)).not.toBe(bucket('lisi', text('')))
  })
})
