import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { robotSign } from '../../src/platforms/dingtalk/signature.ts'
import { inventedCollege } from '../conversations/college.ts'
import { EmulatedDingtalk } from '../platforms/dingtalk/emulated-dingtalk.ts'
import { startRedis } from '../support/redis-server.ts'
import { startedProgram } from '../support/started-program.ts'
import { describeWith } from '../support/tools.ts'

const each = 8
const atOnce = 24

describeWith('redis-server', 'three programs on one Redis, one of them killed and started again', () => {
  it('everybody who said something is answered, whichever program took it', { timeout: 300_000 }, async () => {
    const redis = await startRedis()
    const { file, people } = await inventedCollege()
    const accounts = people.map(({ account }) => account).filter(Boolean)
    const platform = await EmulatedDingtalk.start(accounts)
    const folder = await mkdtemp(join(tmpdir(), 'three-'))
    await writeFile(join(folder, 'roster.xlsx'), file)
    const { clientId, clientSecret } = platform.settings()
    const start = () =>
      startedProgram({
        DINGTALK_CLIENT_ID: clientId,
        DINGTALK_CLIENT_SECRET: clientSecret,
        DINGTALK_MODE: 'http',
        DINGTALK_API_BASE: platform.base,
        DINGTALK_OAPI_BASE: platform.base,
        DINGTALK_QUOTA: '100000/100000',
        REDIS_URL: redis.url,
        ROSTER_FILE: join(folder, 'roster.xlsx'),
        CLOCK_START: '2022-04-20T22:00:00+08:00',
      })
    const programs = await Promise.all([start(), start(), start()])

    /** Acts as a proxy in front of the programs: it tries one after the other until one takes the message. */
    const said = async (account: string, n: number): Promise<void> => {
      const body = JSON.stringify(platform.messages.text(account, '帮助'))
      for (let attempt = n; ; attempt++) {
        const timestamp = String(Date.now())
        const headers = { 'content-type': 'application/json', timestamp, sign: robotSign(clientSecret, timestamp) }
        const url = `${programs[attempt % programs.length]?.url}/dingtalk/robot`
        const taken = await fetch(url, { method: 'POST', body, headers }).then(
          ({ ok }) => ok,
          () => false,
        )
        if (taken) return
        await sleep(50)
      }
    }
    const all = Array.from({ length: each }, () => accounts).flat()
    let next = 0
    const speaking = Array.from({ length: atOnce }, async () => {
      for (let mine = next++; mine < all.length; mine = next++) await said(all[mine] ?? '', mine)
    })
    while (next < all.length / 3) await sleep(10)
    await programs[1]?.kill()
    programs[1] = await start()
    await Promise.all(speaking)
    const answers = (): number[] =>
      accounts.map((account) => platform.to(account).filter(({ text }) => text.includes('您可以回复')).length)
    await expect.poll(() => Math.min(...answers()), { timeout: 60_000 }).toBeGreaterThanOrEqual(each)

    // Only messages under way at the kill may come twice: the platform took them, and the program died before it knew.
    expect(answers().reduce((sum, count) => sum + count - each, 0)).toBeLessThanOrEqual(atOnce)
    expect(platform.violations).toEqual([])
    for (const program of programs) await program.stop()
    await platform.stop()
    await redis.stop()
    await rm(folder, { recursive: true })
  })
})
