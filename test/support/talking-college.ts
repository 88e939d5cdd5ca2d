import { handlers } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { runningClock } from '../../src/bot/clock.ts'
import type { Message } from '../../src/bot/messages/message.ts'
import { type OutboxRow, outbox } from '../../src/bot/messages/outbox.ts'
import { importRoster } from '../../src/bot/roster-import/roster-import.ts'
import { Bot } from '../../src/bot/turn/bot.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { all, type Store } from '../../src/store/store.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { college } from '../campaign/invented-college.ts'
import { beijing } from './beijing.ts'
import { rosterWorkbook, type SheetRow } from './roster-workbook.ts'

const rosterFile = await rosterWorkbook({ people: college })
const can = { cards: true, forms: false, files: true, push: true }

/** Words that must not be found anywhere once they are encrypted or purged: names, accounts, branches, and people's own words. */
export const words = {
  visit: '走访中看到支部活动室漏雨',
  reason: '第八项材料不全请补齐',
}
export const secrets: readonly string[] = [
  ...college.flatMap((row) => [row['姓名'], row['企业微信账号'], row['钉钉账号'], row['党支部'], row['党总支']]),
  ...Object.values(words),
].filter((text): text is string => text !== undefined && text !== '')

/** The real bot on this store with the invented college. Answers stay in the outbox, because nobody delivers. */
export async function talkingCollege(
  store: Store,
  {
    campaign = campaignOf(plan2022),
    at = '2022-04-25 10:00',
    people,
  }: { campaign?: Campaign; at?: string; people?: readonly SheetRow[] } = {},
) {
  await importRoster(store, people ? await rosterWorkbook({ people }) : rosterFile, { campaign, again: 'never' })
  const clock = runningClock(beijing(at))
  const bot = new Bot({
    store,
    campaign,
    calendar: calendarOf(campaign.calendar.overrides),
    clock,
    channels: new Map([['wecom', can]]),
    handlers: handlers(schedules),
    instance: 'talking',
    queued: () => {},
  })
  let events = Date.now()
  const receive = async (account: string, what: Parameters<Bot['receive']>[0]['what']): Promise<Message[]> => {
    const { rows } = await bot.receive({ channel: 'wecom', account, once: String(++events), what })
    return rows.filter(({ kind }) => kind === 'answer').map(({ message }) => message)
  }
  return {
    bot,
    clock,
    says: (account: string, text: string) => receive(account, { kind: 'text', text }),
    /** The answers that are texts, joined. */
    async reads(account: string, text: string): Promise<string> {
      const answers = await receive(account, { kind: 'text', text })
      return answers.map((message) => (message.kind === 'text' ? message.text : `(${message.kind})`)).join('\n')
    },
    async rows(): Promise<OutboxRow[]> {
      const rows: OutboxRow[] = []
      for await (const { value } of all(store, outbox.key())) rows.push(outbox.schema.parse(value))
      return rows
    },
  }
}
export type TalkingCollege = Awaited<ReturnType<typeof talkingCollege>>

/** Cards in several versions, filed, returned and reopened; reports; drafts. Every kind of record with names and texts. */
export async function aYearOf({ says }: TalkingCollege): Promise<void> {
  const scores = '5545 5555 5555 5555 9 10'
  await says('qianlixin', `评分 软件教研室 全部满分`)
  await says('qianlixin', '提交')
  await says('yangxiaodong', `评分 软件教研室 ${scores}`)
  await says('yangxiaodong', '提交')
  await says('yangxiaodong', '第3项3')
  await says('yangxiaodong', '提交')
  await says('chenzhigang', `评分 学生 ${scores}`)
  await says('chenzhigang', '提交')
  await says('zhouzuan', `评分 机关 ${scores}`)
  await says('zhouzuan', '提交')
  for (const word of ['待审', '信息', '逐个看', '退回', words.reason]) await says('zhouzuan', word)
  for (const word of ['待审', '机电', '全部备案']) await says('zhouzuan', word)
  await says('gaowenjing', `月报 4月`)
  await says('gaowenjing', `走访了软件教研室。${words.visit}。解决了设备问题。没有难点。`)
  await says('gaowenjing', '提交')
  await says('majianguo', `月报 4月`)
  await says('majianguo', `走访了机关党支部，${words.visit}`)
  await says('zhaomingyuan', `评分 学生 5 5 4`)
}
