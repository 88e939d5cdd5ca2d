import { expect, it } from 'vitest'
import { handlers } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import type { Can, ChannelName } from '../../src/bot/messages/message.ts'
import { Pushes } from '../../src/bot/pushes/pushes.ts'
import { currentRoster } from '../../src/bot/roster-import/roster-import.ts'
import type { Bot } from '../../src/bot/turn/bot.ts'
import type { Store } from '../../src/store/store.ts'
import { college, rows as rowsOf } from '../campaign/invented-college.ts'
import { beijing } from '../support/beijing.ts'
import { answerOf, botOn, enroll, event, textOf, waiting } from '../support/bots.ts'
import { onBothEngines } from '../support/engines.ts'

const afterWord: Can = { cards: true, forms: false, files: true, push: 'after-word' }
const channels: ReadonlyMap<ChannelName, Can> = new Map([['aibot', afterWord]])

onBothEngines((open) => {
  /** The college with 智能机器人 alone. `at` is a time at which reports are asked for, five working days before the month ends. */
  const gathered = async (at = '2022-04-24 09:07') => {
    const store = await open()
    await enroll(store)
    let now = beijing(at)
    const bot = botOn(store, { handlers: handlers(schedules), channels, clock: { now: () => now } })
    const run = async (moment = at): Promise<void> => {
      now = beijing(moment)
      const pushes = new Pushes({
        store,
        schedules,
        world: () => bot.world(),
        instance: 'one',
        queued: () => {},
        log: { info: () => {} },
      })
      await pushes.run()
    }
    return { store, bot, run }
  }
  const writes = (bot: Bot, account: string, more = {}) =>
    bot.receive(event(account, '帮助', { channel: 'aibot', ...more }))
  /** The outbox messages for this person, without answers. */
  const pushedTo = async (store: Store, name: string): Promise<string[]> => {
    const { people } = await currentRoster(store)
    const id = people.find((one) => one.name === name)?.id ?? name
    return (await waiting(store, id)).filter(({ kind }) => kind !== 'answer').map(textOf)
  }

  it('who has not written is listed to 组织部 as 未激活, once; who has no account is not', async () => {
    const { store, bot, run } = await gathered()
    for (const account of ['zhouzuan', 'dengshuwen']) await writes(bot, account)
    await run()
    const lists = async (): Promise<string[]> =>
      (await pushedTo(store, '周组安')).filter((text) => text.startsWith('未激活'))
    const [list = '', ...more] = await lists()
    expect(more).toEqual([])
    for (const name of ['马建国', '高文静', '许一鸣', '钱立新', '杨晓东', '陈志刚', '赵明远'])
      expect(list).toContain(name)
    expect(list).toContain('未激活7人')
    expect(list).not.toMatch(/周组安|邓书文|严守义/)
    await run('2022-04-24 11:20')
    await writes(bot, 'majianguo')
    await run('2022-04-25 11:20')
    expect(await lists()).toHaveLength(1)
    await enroll(store, [...college, ...rowsOf('新来的 宣传部   xinlaide')])
    await run('2022-04-26 11:20')
    expect((await lists())[1]).toMatch(/未激活7人.*新来的/)
  })

  it('their reminders go to the nearest superior who can be reached, with their name', async () => {
    const { store, bot, run } = await gathered()
    for (const account of ['zhouzuan', 'dengshuwen', 'gaowenjing']) await writes(bot, account)
    await run()
    expect(await pushedTo(store, '马建国')).toEqual([])
    expect((await pushedTo(store, '邓书文')).join('\n')).toMatch(/马建国（未激活）/)
    expect((await pushedTo(store, '高文静')).join('\n')).toContain('报告')
    expect((await pushedTo(store, '邓书文')).join('\n')).not.toContain('高文静')
  })

  it('where that superior has not written either, the next one up is told', async () => {
    const { store, bot, run } = await gathered()
    await writes(bot, 'zhouzuan')
    await run()
    expect(await pushedTo(store, '邓书文')).toEqual([])
    expect((await pushedTo(store, '周组安')).join('\n')).toMatch(/马建国（未激活）/)
  })

  it('who opens the conversation or writes in a group has not written yet', async () => {
    const { store, bot, run } = await gathered()
    await writes(bot, 'zhouzuan')
    await bot.receive(event('majianguo', { kind: 'opened' }, { channel: 'aibot' }))
    await writes(bot, 'gaowenjing', { group: 'wr1' })
    await run()
    expect((await pushedTo(store, '周组安')).find((text) => text.startsWith('未激活'))).toMatch(/马建国/)
    expect((await pushedTo(store, '周组安')).find((text) => text.startsWith('未激活'))).toMatch(/高文静/)
  })

  it('with nobody of 组织部 reachable the list waits for one of them to write, and is as of then', async () => {
    const { store, bot, run } = await gathered()
    await run()
    expect(await waiting(store)).toEqual([])
    expect(answerOf(await writes(bot, 'zhouzuan'))).not.toBe('')
    await run('2022-04-24 09:08')
    expect((await pushedTo(store, '周组安')).filter((text) => text.includes('未激活8人'))).toHaveLength(1)
  })
})
