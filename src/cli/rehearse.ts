import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { schedules } from '../../schedules/all.ts'
import type { World } from '../bot/roster/world.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import { readRosterFile } from '../campaign/roster/roster-file.ts'
import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { generatedCollege } from '../crash/generated-college.ts'
import { rehearse, type Said } from '../rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../rehearsal/scripted-college.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { runCommand } from './run-command.ts'

const usage =
  '用法：npm run rehearse -- --from 2022-04-02 --to 2022-12-31 [--json] [--answers 数字] [--roster 名册.xlsx] [--campaign 活动.yaml] [--branches 数量]'

/** `npm run rehearse`: the campaign on a virtual clock, every message listed. Needs no store, no platform, no network. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean', default: false },
      answers: { type: 'string' },
      roster: { type: 'string' },
      campaign: { type: 'string' },
      branches: { type: 'string' },
    },
  })
  const config = readConfig(loadEnvironment())
  const campaign = await (values.campaign === undefined
    ? loadCampaign(config.campaignFile)
    : loadCampaign(values.campaign, '--campaign'))
  const from = values.from === undefined ? campaign.starts : dateOf(values.from, '--from')
  const to = values.to === undefined ? campaign.ends : dateOf(values.to, '--to')
  if (Temporal.PlainDate.compare(from, to) > 0) throw new ConfigurationError(`--from 不能晚于 --to。${usage}`)
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
  for (const said of rehearse({ world, schedules, from, to, ...(college ? { college } : {}) }))
    process.stdout.write(print(said))
}

async function rosterOf(
  { roster, branches }: { roster?: string | undefined; branches?: string | undefined },
  posts: Parameters<typeof readRosterFile>[2],
): Promise<Roster> {
  if (branches !== undefined) {
    if (!/^[1-9]\d{0,4}$/.test(branches)) throw new ConfigurationError(`--branches 应为正整数。${usage}`)
    return generatedCollege(Number(branches))
  }
  const file = roster ?? 'campaigns/2022/roster.xlsx'
  const content = await readFile(file).catch(() => {
    throw new ConfigurationError(`--roster：读不到名册文件 ${file}`)
  })
  return readRosterFile(content, undefined, posts).roster
}

function dateOf(text: string, option: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    throw new ConfigurationError(`${option} 应为日期，如 2022-04-02。${usage}`)
  }
}
function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new ConfigurationError(`--answers 应为数字。${usage}`)
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

/** One block a day, one row a message: to be read through and approved. */
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

await runCommand(main)
