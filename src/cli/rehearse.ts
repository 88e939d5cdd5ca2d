import { readFile } from 'node:fs/promises'
import { Temporal } from 'temporal-polyfill'
import { schedules } from '../../schedules/all.ts'
import type { World } from '../bot/roster/world.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import { readRosterFile } from '../campaign/roster/roster-file.ts'
import { loadEnvironment, readConfig, sampleRoster } from '../config.ts'
import { generatedCollege } from '../crash/generated-college.ts'
import { stopped } from '../errors.ts'
import { JobTraces } from '../rehearsal/jobs.ts'
import { PushesAMonth } from '../rehearsal/pushes-a-month.ts'
import { noRecords, rehearse, type Said } from '../rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../rehearsal/scripted-college.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { command, countOf } from './run-command.ts'

const declared = {
  name: 'rehearse',
  about: '预演：谁在哪天收到哪条消息，每个工作日在提醒的时间看一次。不需要存储、平台和网络。',
  wants: [],
  options: {
    from: { type: 'string', value: '日期', about: '从哪天，含当天；默认活动开始的那天' },
    to: { type: 'string', value: '日期', about: '到哪天，含当天；默认活动结束的那天' },
    json: { type: 'boolean', about: '每行一个 JSON' },
    answers: { type: 'string', value: '数字', about: '有人作答，由这个数字决定谁在何时答' },
    roster: { type: 'string', value: '名册.xlsx', about: '用这份名册，默认是虚构的样例' },
    campaign: { type: 'string', value: '计划.yaml', about: '用这个计划，默认 CAMPAIGN_FILE' },
    branches: { type: 'string', value: '数量', about: '用虚构的这么多个支部，代替名册' },
  },
} as const

async function rosterOf(
  { roster, branches }: { roster?: string | undefined; branches?: string | undefined },
  posts: Parameters<typeof readRosterFile>[2],
): Promise<Roster> {
  if (branches !== undefined) return generatedCollege(countOf(branches, 'branches'))
  const file = roster ?? sampleRoster
  const content = await readFile(file).catch(() => {
    throw stopped('roster-unreadable', { setting: '--roster', file })
  })
  return readRosterFile(content, undefined, posts).roster
}

function dateOf(text: string, option: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    throw stopped('option-wrong', { option, what: '日期，如 2022-04-02' })
  }
}
function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw stopped('option-wrong', { option: '--answers', what: '数字' })
  return Number(text)
}

const jsonLine = ({ at, platform, to, kind, about, text }: Said): string =>
  `${JSON.stringify({ at: at.toString({ timeZoneName: 'never' }), platform, to: 'account' in to ? { person: to.account } : { group: to.group }, kind, about, text })}\n`

const kinds: { [kind in Said['kind']]: string } = {
  prompt: '填报提示',
  reminder: '提醒',
  escalation: '告知',
  bulletin: '通报',
  notice: '通知',
}

/** The rehearsal as text to read and approve: one block for each day, one row for each message. */
function tableLine(): (said: Said) => string {
  let day = ''
  return ({ at, to, kind, text }) => {
    const date = at.toPlainDate().toString()
    const head = date === day ? '' : `${day ? '\n' : ''}━━ ${date} ${at.toPlainTime().toString().slice(0, 5)} ━━\n`
    day = date
    const who = 'account' in to ? `${to.name}（${to.post}）` : `群：${to.group}`
    const lines = text.split('\n')
    return `${head}${who} · ${kinds[kind]}\n${lines.map((line) => `    ${line}`).join('\n')}\n`
  }
}

const summary = (pushes: PushesAMonth): string =>
  ['\n━━ 每人每月收到的提醒 ━━', ...pushes.byPost().map(perPost), ''].join('\n')
const perPost = ({ post, median, highest }: ReturnType<PushesAMonth['byPost']>[number]): string =>
  `${post} 中位数 ${median}，最多 ${highest}`

const traces = (all: ReturnType<JobTraces['of']>): string =>
  [
    '\n━━ 十三项工作留下了什么 ━━',
    ...all.map(({ number, name, messages, left }) => {
      const records = left.map(([what, count]) => `${what} ${count}`).join('、')
      return `J${number} ${name}：${records}；消息 ${messages}`
    }),
    '',
  ].join('\n')

await command(declared, async ({ values }) => {
  const config = readConfig(loadEnvironment())
  const campaign = await (values.campaign === undefined
    ? loadCampaign(config.campaignFile)
    : loadCampaign(values.campaign, '--campaign'))
  const from = values.from === undefined ? campaign.starts : dateOf(values.from, '--from')
  const to = values.to === undefined ? campaign.ends : dateOf(values.to, '--to')
  if (Temporal.PlainDate.compare(from, to) > 0) throw stopped('from-after-to', {})
  const world: Omit<World, 'now'> = {
    campaign,
    calendar: calendarOf(campaign.calendar.overrides),
    roster: await rosterOf(values, campaign.posts),
    channels: new Map([
      ['wecom', { cards: true, forms: false, files: true, push: true }],
      ['dingtalk', { cards: false, forms: false, files: true, push: true }],
    ]),
  }
  const college = values.answers === undefined ? undefined : new ScriptedCollege(world, seedOf(values.answers))
  const print = values.json ? jsonLine : tableLine()
  const pushes = new PushesAMonth(world, from, to)
  const jobs = new JobTraces()
  const records = noRecords()
  for (const said of rehearse({ world, schedules, from, to, records, ...(college ? { college } : {}) })) {
    pushes.add(said)
    jobs.add(said)
    process.stdout.write(print(said))
  }
  if (!values.json) process.stdout.write(summary(pushes) + traces(jobs.of({ records, world })))
})
