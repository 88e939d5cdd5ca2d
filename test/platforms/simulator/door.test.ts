import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { simulatedCollege } from '../../support/simulated-college.ts'

let college: Awaited<ReturnType<typeof simulatedCollege>>
afterEach(() => college.close())

/** Like fetch, but with any Host header. Returns the status and the headers that matter here. */
function ask(
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: { [name: string]: string }; body?: string } = {},
) {
  return new Promise<{ status: number; location: string | undefined; cookie: string | undefined; policy: string }>(
    (resolve, reject) => {
      const sent = request(`${college.url}${path}`, { method, headers }, (answer) => {
        answer.resume()
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location,
            cookie: answer.headers['set-cookie']?.[0],
            policy: String(answer.headers['content-security-policy']),
          }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    },
  )
}
const pages = ['/', '/sim/state', '/sim/events', '/sim/files/x', '/sim/page/main.js']
const say = (headers: { [name: string]: string }) =>
  ask('/sim/say', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"account":"lisi","text":"好"}',
  })

describe('on loopback', () => {
  it('serves the page to this machine, and tells the browser to ask nobody else', async () => {
    college = await simulatedCollege()
    const page = await ask('/')
    expect(page.status).toBe(200)
    expect(page.policy).toContain("default-src 'none'")
    expect(page.policy).toContain("frame-ancestors 'none'")
  })

  it('answers 403 under a name that was rebound to this machine', async () => {
    college = await simulatedCollege()
    for (const path of pages) expect((await ask(path, { headers: { host: 'evil.example:3000' } })).status).toBe(403)
    expect((await say({ host: 'evil.example' })).status).toBe(403)
    expect(college.bot.heard).toEqual([])
  })

  it('lets no other page act: neither with its origin nor with a form', async () => {
    college = await simulatedCollege()
    expect((await say({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await say({ origin: 'null' })).status).toBe(403)
    expect((await say({ 'content-type': 'text/plain' })).status).toBe(403)
    expect(college.bot.heard).toEqual([])
    expect((await say({ origin: college.url })).status).toBe(200)
    expect(college.bot.heard).toHaveLength(1)
  })
})

describe('where others can reach it', () => {
  const key = 'k'.repeat(43)

  it('answers 403 to every page without the key, and to a wrong one', async () => {
    college = await simulatedCollege({ key })
    for (const path of pages) {
      expect((await ask(path)).status).toBe(403)
      expect((await ask(`${path}?key=wrong`)).status).toBe(403)
      expect((await ask(path, { headers: { cookie: 'simulator_key=wrong' } })).status).toBe(403)
    }
    expect((await say({})).status).toBe(403)
  })

  it('takes the key from the printed address once, then from a cookie that scripts cannot read', async () => {
    college = await simulatedCollege({ key })
    const first = await ask(`/?key=${key}`, { headers: { host: '192.0.2.7:3000' } })
    expect(first).toMatchObject({ status: 302, location: '/', cookie: expect.stringMatching(/httponly/) })
    expect(first.cookie).toMatch(/samesite=lax/)
    const cookie = first.cookie?.split(';')[0] ?? ''
    expect((await ask('/sim/state', { headers: { cookie, host: '192.0.2.7:3000' } })).status).toBe(200)
    expect((await say({ cookie, origin: 'http://evil.example' })).status).toBe(403)
    expect((await say({ cookie, origin: college.url })).status).toBe(200)
  })
})

describe('what the page should not send', () => {
  const bad: [string, string, unknown][] = [
    ['an unknown person', '/sim/say', { account: 'nobody', text: '好' }],
    ['an empty text', '/sim/say', { account: 'lisi', text: '' }],
    ['a tap on nothing', '/sim/tap', { account: 'lisi', message: 1, key: 'ok', picked: {} }],
    ['a moment that is none', '/sim/clock', { to: 'tomorrow' }],
    ['a moment in the past', '/sim/clock', { to: '2022-04-01T09:00:00+08:00' }],
    ['no JSON', '/sim/open', undefined],
  ]
  it.each(bad)('%s is answered with 400', async (_, path, body) => {
    college = await simulatedCollege()
    const sent = body === undefined ? '{' : JSON.stringify(body)
    expect(
      (await ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: sent })).status,
    ).toBe(400)
    expect(college.bot.heard).toEqual([])
  })
})
