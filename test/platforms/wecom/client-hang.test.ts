import { afterAll, beforeAll, expect, it } from 'vitest'
import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import { WecomClient } from '../../../src/platforms/wecom/client.ts'
import { sharedTokens, silent } from './fixture.ts'

const wecom = new EmulatedWecom({ members: [] })
beforeAll(() => wecom.listen())
afterAll(() => wecom.close())

it('an answer that never comes is given up, and may have been carried out', async () => {
  const settings = { ...wecom.credentials, apiBase: wecom.base }
  const client = new WecomClient({ settings, tokens: sharedTokens(), log: silent })
  wecom.fault = ({ path }) => (path.endsWith('getcallbackip') ? { hang: true } : undefined)
  expect(await client.call('getcallbackip')).toMatchObject({ kind: 'lost', ambiguous: true })
  wecom.fault = () => undefined
  expect(await client.call('getcallbackip')).toMatchObject({ kind: 'ok' })
})
