import { createHmac } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { LoginStates, loginKey, stateMs, WebSessions } from '../../../src/bot/dashboard/login.ts'
import { perMinute } from '../../../src/web/dashboard/rate.ts'
import { domainCheck } from '../../../src/web/domain-check.ts'
import { dashboardCollege, publicUrl } from '../../support/dashboard-college.ts'
import { onBothEngines } from '../../support/engines.ts'
import { served } from '../../support/served.ts'
import { Visitor } from '../../support/visitor.ts'

const department = 'zhouzuan'
const given = (set: readonly string[]): string[] => set.filter((one) => /^[^=]+=[^;]/.test(one))

describe('the door of the dashboard', () => {
  let college: Awaited<ReturnType<typeof dashboardCollege>>
  const at = (agent?: string): Visitor => college.visitor(agent)
  const agrees = (account?: string): string => college.wecom.agrees(account)

  beforeAll(async () => {
    college = await dashboardCollege()
  })
  afterAll(async () => {
    await college.close()
    expect(college.wecom.violations).toEqual([])
    expect(college.running.errors).toEqual([])
  })

  it('without a session there is a page with one link a platform, and no data', async () => {
    expect((await at().asks('/')).to).toBe('/login')
    const page = await at().asks('/login')
    expect(page.status).toBe(200)
    expect(page.text).toContain('href="/login/wecom"')
    expect(page.text).not.toContain('/login/dingtalk')
    for (const path of ['/app/progress', '/app/bands', '/app/grading.xlsx', '/app/page/main.js', '/app/nothing'])
      expect(`${path} ${(await at().asks(path)).status}`).toBe(`${path} 401`)
    expect((await at().asks('/login/dingtalk')).status).toBe(404)
  })

  it('logs in silently inside WeCom and by QR outside; the account is compared without case', async () => {
    const inside = at('Mozilla/5.0 (iPhone) MicroMessenger/8.0 wxwork/4.1')
    const [link, code] = [await inside.begins(), await at().begins()]
    expect(link.origin + link.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
    expect(Object.fromEntries(link.searchParams)).toMatchObject({ scope: 'snsapi_base', response_type: 'code' })
    expect(link.hash).toBe('#wechat_redirect')
    expect(code.origin + code.pathname).toBe('https://login.work.weixin.qq.com/wwlogin/sso/login')
    expect(code.searchParams.get('redirect_uri')).toBe(`${publicUrl}/login/wecom`)
    expect(code.searchParams.get('state')).toMatch(/^[a-zA-Z0-9]{1,128}$/)
    // A card's link logs in without a click inside the app, and leads to a page with a link outside it.
    expect((await inside.asks('/')).to).toBe('/login?inside')
    expect((await inside.asks('/login?inside')).to).toBe('/login/wecom')
    expect((await at().asks('/login?inside')).status).toBe(200)
    const visitor = at()
    const back = await visitor.logsIn(agrees('ZhouZuAn'))
    expect(back.to).toBe('/')
    expect(given(back.set)).toEqual([
      expect.stringMatching(/^session=[^;]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Lax$/),
    ])
    const page = await visitor.asks('/')
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(page.text).not.toMatch(/<script(?![^>]*src=)|style=|\son\w+="/)
  })

  it('takes a state once, and only in the browser that began; a bad code leads back to the login', async () => {
    const visitor = at()
    const { back } = await visitor.logsIn(agrees(department))
    const session = visitor.cookies.get('session') ?? ''
    const refused = async (who: Visitor, to: string): Promise<void> => {
      const answer = await who.asks(to)
      expect(answer.status).toBe(400)
      expect(given(answer.set)).toEqual([])
    }
    const changed = (fields: Record<string, string>): string => {
      const url = new URL(back)
      for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
      return url.href
    }
    await refused(visitor, back)
    await refused(at(), changed({ code: agrees(department), state: 'a'.repeat(32) }))
    // Nobody can finish a login that somebody else began, so nobody is logged in as another person without knowing.
    const other = at()
    const foreign = (await other.begins()).searchParams.get('state') ?? ''
    const victim = at()
    await victim.begins()
    await refused(victim, changed({ code: agrees(department), state: foreign }))
    const stale = at()
    const answer = await stale.logsIn('no-such-code')
    expect([answer.status, answer.to, given(answer.set)]).toEqual([302, '/login', []])
    expect(visitor.cookies.get('session')).toBe(session)
  })

  it('lets in by post, read from the roster; who may not see it hears whom to ask', async () => {
    for (const account of ['zhouzuan', 'dengshuwen', 'xuyiming', 'gaowenjing', 'yangxiaodong'])
      expect(`${account} ${(await (await college.loggedIn(account)).asks('/')).status}`).toBe(`${account} 200`)
    for (const account of ['majianguo', 'zengyuwei', 'penglide', 'zhaomingyuan', 'stranger', undefined]) {
      const visitor = at()
      const answer = await visitor.logsIn(agrees(account))
      expect(answer.status).toBe(403)
      expect(answer.text).toMatch(/组织部（周组安、袁秋月）/)
      expect(given(answer.set)).toEqual([])
      expect((await visitor.asks('/app/progress')).status).toBe(401)
    }
  })

  it('knows no cookie that it did not sign, and none after the logout, which no other site can ask for', async () => {
    const visitor = await college.loggedIn(department)
    const cookie = visitor.cookies.get('session') ?? ''
    const forged = at()
    for (const one of [`${cookie.slice(0, -1)}x`, cookie.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')), 'x', '']) {
      forged.cookies.set('session', one)
      expect((await forged.asks('/app/progress')).status).toBe(401)
    }
    expect((await visitor.asks('/logout')).status).toBe(405)
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await visitor.asks('/logout', { method: 'POST', headers })).status).toBe(403)
    expect((await visitor.asks('/app/progress')).status).toBe(200)
    const out = await visitor.asks('/logout', { method: 'POST', headers: { origin: publicUrl } })
    expect(out.to).toBe('/login')
    const again = at()
    again.cookies.set('session', cookie)
    expect((await again.asks('/app/progress')).status).toBe(401)
  })

  it('a new login is a new session, and ends the one before in this browser', async () => {
    const visitor = await college.loggedIn(department)
    const before = visitor.cookies.get('session') ?? ''
    await visitor.logsIn(agrees('yangxiaodong'))
    expect(visitor.cookies.get('session')).not.toBe(before)
    const old = at()
    old.cookies.set('session', before)
    expect((await old.asks('/app/progress')).status).toBe(401)
  })

  it('writes no name, account, code or state into its log', () => {
    const said = college.running.lines.map(({ raw }) => raw).join('\n')
    expect(said).not.toMatch(/zhouzuan|周组安|state=|code=/i)
  })
})

it('behind https the cookies are Secure and of this host alone; without PUBLIC_URL there is no dashboard', async () => {
  const secure = await dashboardCollege({ env: { PUBLIC_URL: 'https://dangjian.example.edu.cn' } })
  const { set } = await secure.visitor().logsIn(secure.wecom.agrees(department))
  expect(given(set)).toEqual([expect.stringMatching(/^__Host-session=.*; Secure$/)])
  await secure.close()
  const without = await dashboardCollege({ env: {} })
  for (const path of ['/', '/login', '/login/wecom', '/app/progress'])
    expect(`${path} ${(await without.visitor().asks(path)).status}`).toBe(`${path} 404`)
  await without.close()
})

it('gives WeCom the file by which it checks the domain, and no other file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dangjian-verify-'))
  await mkdir(join(folder, 'verify'))
  await writeFile(join(folder, 'verify/WW_verify_Ab12.txt'), 'Ab12')
  await writeFile(join(folder, 'verify/secret.txt'), 'no')
  const { url, close } = await served([domainCheck(join(folder, 'verify'))])
  const visitor = new Visitor(url)
  expect((await visitor.asks('/WW_verify_Ab12.txt')).text).toBe('Ab12')
  for (const path of ['/WW_verify_none.txt', '/secret.txt', '/WW_verify_..%2Fsecret.txt'])
    expect(`${path} ${(await visitor.asks(path)).status}`).toBe(`${path} 404`)
  close()
  await rm(folder, { recursive: true })
})

onBothEngines((open) => {
  const key = loginKey(Buffer.alloc(32, 7))

  it('a session is known again with the same DATA_KEY, and by no other', async () => {
    const store = await open()
    const cookie = await new WebSessions(store, key).open('p1')
    expect(await new WebSessions(store, loginKey(Buffer.alloc(32, 7))).person(cookie)).toBe('p1')
    expect(await new WebSessions(store, loginKey(undefined)).person(cookie)).toBeUndefined()
    const [id = ''] = cookie.split('.')
    const guessed = createHmac('sha256', Buffer.alloc(32, 7)).update(`session ${id}`).digest('hex')
    expect(await new WebSessions(store, key).person(`${id}.${guessed}`)).toBeUndefined()
  })

  it('a session ends after eight hours, a state after ten minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      const store = await open()
      const sessions = new WebSessions(store, key)
      const cookie = await sessions.open('p1')
      const states = new LoginStates(store, key)
      const { state, browser } = states.begin('wecom', undefined)
      const late = states.begin('wecom', browser)
      expect(await states.take('dingtalk', state, browser)).toBe(false)
      expect(await states.take('wecom', state, browser)).toBe(true)
      expect(await states.take('wecom', state, browser)).toBe(false)
      vi.setSystemTime(Date.now() + stateMs + 1)
      expect(await states.take('wecom', late.state, browser)).toBe(false)
      vi.setSystemTime(Date.now() + 8 * 3600e3)
      expect(await sessions.person(cookie)).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })
})

it('a login is begun only so often a minute from one address', () => {
  const may = perMinute(3)
  expect([1, 2, 3, 4].map(() => may('a'))).toEqual([true, true, true, false])
  expect(may('b')).toBe(true)
})
