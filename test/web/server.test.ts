import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startedProgram } from '../support/started-program.ts'

let program: Awaited<ReturnType<typeof startedProgram>>
beforeAll(async () => {
  program = await startedProgram({ LOG_LEVEL: 'info' })
})
afterAll(() => program.stop())

describe('what an administrator sees of a running program', () => {
  it('is whether it serves, and how many people it knows', async () => {
    const answer = await fetch(`${program.url}/healthz`)
    expect(answer.status).toBe(200)
    const health = z.object({ status: z.literal('ok'), roster: z.number() }).parse(await answer.json())
    expect(health.roster).toBeGreaterThan(30)
  })

  it('are counts and durations, without names', async () => {
    const text = await (await fetch(`${program.url}/metrics`)).text()
    for (const name of ['callback_seconds', 'turn_seconds', 'turn_conflicts_total', 'outbox_depth', 'send_seconds'])
      expect(text).toContain(`dangjian_${name}`)
    expect(text).toContain('dangjian_dead_letters 0')
    expect(text).not.toMatch(/\p{Script=Han}/u)
  })

  it.each([
    ['POST', '/healthz', 405],
    ['DELETE', '/wecom/callback', 405],
    ['GET', '/nothing', 404],
    ['POST', '/dingtalk/robot', 404],
    ['GET', '/wecom/aibot', 404],
  ])('%s %s is answered with %i', async (method, path, status) => {
    expect((await fetch(`${program.url}${path}`, { method })).status).toBe(status)
  })
})
