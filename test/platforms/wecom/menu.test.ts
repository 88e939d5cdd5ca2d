import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import { WecomClient } from '../../../src/platforms/wecom/client.ts'
import { checkWecom } from '../../../src/platforms/wecom/doctor.ts'
import { appMenu, Menu } from '../../../src/platforms/wecom/menu.ts'
import { until } from '../../support/memory-parts.ts'
import { keptLog, sharedTokens } from './fixture.ts'

let wecom: EmulatedWecom
let kept: ReturnType<typeof keptLog>
beforeEach(async () => {
  wecom = new EmulatedWecom({ members: [] })
  await wecom.listen()
  kept = keptLog()
})
afterEach(() => wecom.close())

const start = async (changed: object = {}) => {
  const settings = { ...wecom.credentials, apiBase: wecom.base, ...changed }
  const client = new WecomClient({ settings, tokens: sharedTokens(), log: kept.log })
  const menu = new Menu(client, settings, { log: kept.log })
  await menu.start()
  menu.stop()
  return checkWecom(client, settings)
}
const created = () => wecom.calls.filter(({ path }) => path.endsWith('menu/create')).length

describe('the menu of the app', () => {
  it('holds the command words: 填报, 查询, 帮助', async () => {
    await start()
    const words = wecom.menu?.button.map(({ name, sub_button: below }) => [
      name,
      ...(below ?? []).map(({ key }) => key),
    ])
    expect(words).toEqual([['填报', '评分', '月报', '季报', '三会一课'], ['查询', '任务', '进度', '汇总表'], ['帮助']])
    expect(wecom.violations).toEqual([])
  })

  it('is set once, and not at the next start', async () => {
    await start()
    await start()
    expect(created()).toBe(1)
  })

  it('is set again where somebody has changed it', async () => {
    await start()
    const settings = { ...wecom.credentials, apiBase: wecom.base }
    const client = new WecomClient({ settings, tokens: sharedTokens(), log: kept.log })
    const body = JSON.stringify({ button: appMenu.button.slice(1) })
    await client.call('menu/create', { query: { agentid: String(settings.agentId) }, body })
    await start()
    expect(wecom.menu?.button).toHaveLength(3)
  })

  it('that cannot be set is one line with what to do; the start goes on', async () => {
    await start({ agentId: 5 })
    expect(kept.lines.filter((line) => line.includes('WECOM_AGENT_ID'))).toHaveLength(1)
  })

  it('is set by itself soon after what stood in the way is gone, without a start', async () => {
    const settings = { ...wecom.credentials, apiBase: wecom.base }
    const client = new WecomClient({ settings, tokens: sharedTokens(), log: kept.log })
    const menu = new Menu(client, settings, { log: kept.log, every: 20 })
    wecom.fault = ({ path }) => (path.endsWith('menu/get') ? { errcode: 60020 } : undefined)
    await menu.start()
    await until(() => wecom.calls.filter(({ path }) => path.endsWith('menu/get')).length > 2, 'some tries')
    expect(created()).toBe(0)
    expect(kept.lines.filter((line) => line.includes('企业可信IP'))).toHaveLength(1)
    wecom.fault = () => undefined
    await until(() => created() === 1, 'the menu')
    menu.stop()
  })
})

describe('the doctor', () => {
  it('finds all well', async () => {
    expect((await start()).every(({ ok }) => ok)).toBe(true)
  })

  it.each([
    [{ secret: 'wrong' }, 'WECOM_SECRET'],
    [{ corpId: 'wwother' }, 'WECOM_CORP_ID'],
    [{ agentId: 5 }, 'WECOM_AGENT_ID'],
  ])('names the setting that is wrong: %j', async (changed, name) => {
    const wrong = (await start(changed)).filter(({ ok }) => !ok)
    expect(wrong).toHaveLength(1)
    expect(wrong[0]?.line).toContain(name)
  })
})
