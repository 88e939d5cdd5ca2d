import { expect, it } from 'vitest'
import { rosters, rosterVersion } from '../../src/bot/roster/world.ts'
import { issueLinkCodes, redeemLinkCode } from '../../src/bot/roster-import/link-codes.ts'
import { currentRoster } from '../../src/bot/roster-import/roster-import.ts'
import type { Store } from '../../src/store/store.ts'
import { college } from '../campaign/invented-college.ts'
import { enroll } from '../support/bots.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'

onBothEngines((open) => {
  const issued = async (): Promise<{ store: Store; codeOf: (account: string) => string }> => {
    const store = await open()
    await enroll(store)
    const codes = await issueLinkCodes(store)
    return { store, codeOf: (account) => codes.find((one) => one.account === account)?.code ?? '' }
  }

  it('everybody with a WeCom account gets a code of their own, without letters that look alike', async () => {
    const store = await open()
    await enroll(store)
    const codes = await issueLinkCodes(store)
    const accounts = [...new Set(college.map((row) => row['企业微信账号']).filter(Boolean))]
    expect(codes).toHaveLength(accounts.length)
    expect(new Set(codes.map(({ account }) => account))).toEqual(new Set(accounts))
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length)
    for (const { code } of codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/)
  })

  it('a code tells whose it is, once, however it is written', async () => {
    const { store, codeOf } = await issued()
    const code = codeOf('qianlixin')
    const written = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)}。`
    expect(await redeemLinkCode(store, written)).toBe('qianlixin')
    expect(await redeemLinkCode(store, code)).toBeUndefined()
    const wide = codeOf('zhouzuan').replace(/./g, (one) => String.fromCodePoint(one.charCodeAt(0) + 0xfee0))
    expect(await redeemLinkCode(store, wide)).toBe('zhouzuan')
  })

  it('of two people who send the same code at once one is known by it', async () => {
    const { store, codeOf } = await issued()
    const both = await Promise.all([1, 2].map(() => redeemLinkCode(store, codeOf('qianlixin'))))
    expect(both.filter((account) => account === 'qianlixin')).toHaveLength(1)
    expect(both.filter((account) => account === undefined)).toHaveLength(1)
  })

  it('new codes end those given out before', async () => {
    const { store, codeOf } = await issued()
    const again = await issueLinkCodes(store)
    expect(await redeemLinkCode(store, codeOf('qianlixin'))).toBeUndefined()
    expect(await redeemLinkCode(store, again.find(({ account }) => account === 'qianlixin')?.code ?? '')).toBe(
      'qianlixin',
    )
  })

  it('what is no code, or the code of somebody who has left, tells nothing', async () => {
    const { store, codeOf } = await issued()
    for (const said of ['', '帮助', 'AAAAAAAA', 'AAAAAAAAA', codeOf('qianlixin').slice(1)])
      expect(await redeemLinkCode(store, said)).toBeUndefined()
    const { people, ...roster } = await currentRoster(store)
    await store.commit([
      { put: rosters.key('next'), value: { ...roster, people: people.filter(({ name }) => name !== '钱立新') } },
      { put: rosterVersion.key(), value: { current: 'next', content: '' } },
    ])
    expect(await redeemLinkCode(store, codeOf('qianlixin'))).toBeUndefined()
    expect(await redeemLinkCode(store, codeOf('zhouzuan'))).toBe('zhouzuan')
  })

  it('no code stands in the store, nor an account beside its trace', async () => {
    const { store } = await issued()
    const codes = await issueLinkCodes(store)
    const stored = JSON.stringify(await contentsOf(store, 'link-code'))
    for (const { code, account } of codes) {
      expect(stored).not.toContain(code)
      expect(stored).not.toContain(account)
    }
    expect(await contentsOf(store, 'link-code')).toHaveLength(codes.length)
  })
})
