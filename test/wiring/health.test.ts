import { rename } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { wecomProgram } from '../support/wecom-program.ts'

let program: Awaited<ReturnType<typeof wecomProgram>>
beforeAll(async () => {
  program = await wecomProgram()
})
afterAll(() => program.stop())

const Health = z.looseObject({ status: z.string(), roster: z.number(), problems: z.array(z.string()) })
const health = async () => {
  const answer = await fetch(`${program.url}/healthz`)
  return { code: answer.status, ...Health.parse(await answer.json()) }
}
const said = async (text: string): Promise<number> => {
  const { corpId, agentId } = program.wecom.credentials
  const id = String(Math.floor(Math.random() * 1e15))
  const xml = `<xml><ToUserName>${corpId}</ToUserName><FromUserName>yangxiaodong</FromUserName><CreateTime>1650852000</CreateTime><MsgType>text</MsgType><Content>${text}</Content><MsgId>${id}</MsgId><AgentID>${agentId}</AgentID></xml>`
  return (await program.wecom.deliver(xml, { repeats: 0 })).status
}

it('is well while what is said is stored, and says so', async () => {
  expect(await said('帮助')).toBe(200)
  expect(await health()).toMatchObject({ code: 200, status: 'ok', delivery: 'running', problems: [] })
})

it('where its data were moved away it acknowledges nothing, says so in one line, and goes on when they are back', async () => {
  const { roster } = await health()
  await rename(program.data, `${program.data}-elsewhere`)
  expect(await said('进度')).toBe(503)
  const moved = await health()
  expect(moved).toMatchObject({ code: 503, status: 'unavailable', roster })
  expect(moved.problems.join()).toContain('不再是启动时打开的那一个')
  expect(await said('进度')).toBe(503)
  expect((await health()).code).toBe(503)
  await vi.waitFor(() => expect(program.output().split('不再是启动时打开的那一个')).toHaveLength(2))

  await rename(`${program.data}-elsewhere`, program.data)
  expect(await health()).toMatchObject({ code: 200, problems: [] })
  expect(await said('进度')).toBe(200)
})
