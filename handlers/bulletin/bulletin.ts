import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { dayOf } from '../../src/bot/clock.ts'
import { groupChannel } from '../../src/bot/roster/world.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import { buttonKey, type Handler, type Tap } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { nextWorkingDay } from '../../src/campaign/calendar/calendar.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { readQuarter } from '../../src/campaign/calendar/quarter.ts'
import { personOf } from '../../src/campaign/roster/roster.ts'
import { formWord } from '../../src/forms/drafts.ts'
import { fitted } from '../../src/forms/fitted.ts'
import { focusIn } from '../../src/forms/focus.ts'
import { type Recorded, record } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { type Bulletin, bulletinReads, bulletins, draftOf, monthPeriod, type Period, quarterPeriod } from './draft.ts'
import { bulletinPaper } from './paper.ts'

const name = 'bulletin'
/** The text shown last, and the version of the record behind it. `rewriting`: own words in its place are awaited. */
const Focus = z.strictObject({ period: z.string(), text: z.string(), version: z.number(), rewriting: z.boolean() })
type Focus = z.infer<typeof Focus>

/** J8: 组织部 publishes the state of the year once a period to the college's groups. `address` is the dashboard's. */
export const bulletinHandler = (address: () => string | undefined): Handler => ({
  name,
  records: [bulletins],
  papers: [bulletinPaper],
  commands: [
    {
      word: '通报',
      by: department,
      use: '工作通报的草稿（通报 2季度）',
      whose: '通报由组织部拟发',
      digits: true,
      fits: (argument) => namesPeriod(argument),
      amid: () => true,
      run: (turn, argument) => begin(turn, argument, address()),
    },
    { word: '发到群', by: department, whose: '通报由组织部拟发', run: (turn) => sendShown(turn, address()) },
  ],
  answers: (turn, text) => answers(turn, text, address()),
  taps: (turn, tap) => taps(turn, tap, address()),
})

const quartersOf = (turn: Turn): readonly Temporal.PlainDate[] => turn.campaign.duties['quarterly-report'].milestones

const monthNumber = (said: string): string | undefined =>
  /^(\d{1,2})月(?:份)?$/.exec(said.normalize('NFKC').trim())?.[1]
/** Whether a text names a quarter or a month, even one outside the year. */
function namesPeriod(text: string): boolean {
  const { number, rest } = readQuarter(text.trim())
  return (number !== undefined && rest === '') || monthNumber(text) !== undefined
}

function periodSaid(turn: Turn, text: string): Period | undefined {
  const said = text.trim()
  const { number, rest } = readQuarter(said)
  const quarter = quartersOf(turn).find((end) => Math.ceil(end.month / 3) === number)
  if (quarter && rest === '') return quarterPeriod(quarter)
  const month = monthNumber(said)
  const found = month === undefined ? undefined : monthsOf(turn).find((one) => one.month === Number(month))
  return found && monthPeriod(found)
}
const monthsOf = (turn: Turn): readonly Temporal.PlainDate[] => turn.campaign.duties['liaison-report'].milestones
const periodOf = (turn: Turn, id: string): Period | undefined =>
  [...quartersOf(turn).map(quarterPeriod), ...monthsOf(turn).map(monthPeriod)].find((one) => one.id === id)

/** The bare word means the month. On the first working days after a quarter, whose draft was announced, it means that quarter. */
async function begin(turn: Turn, argument: string, address: string | undefined): Promise<void> {
  const today = turn.now.toPlainDate()
  const named = argument === '' ? monthPeriod(today) : periodSaid(turn, argument)
  if (!named) return turn.say(notOfYear(turn, argument))
  const first = named.quarter ? named.end.subtract({ months: 2 }).with({ day: 1 }) : named.end.with({ day: 1 })
  if (first.since(today).days > 0) return turn.say(`${named.name}还没到。`)
  await show(turn, named, { address, withPaper: true })
}

/** The reply about a period outside the year: what is not available, and what is. */
function notOfYear(turn: Turn, argument: string): string {
  const quarters = quartersOf(turn).map((end) => quarterPeriod(end).name)
  const [first, last] = [monthsOf(turn)[0], monthsOf(turn).at(-1)]
  const months = first && last ? `，或“通报 ${first.month}月”到“通报 ${last.month}月”` : ''
  return `本年度没有${argument.trim()}的通报，有${quarters.join('、')}。请回复“通报 ${quarters[0] ?? '季度'}”${months}。`
}

const recordOf = (turn: Turn, { id }: Period): Promise<Recorded<Bulletin> | undefined> =>
  turn.read(bulletins, turn.campaign.id, id)
const draftText = async (turn: Turn, period: Period): Promise<string> =>
  draftOf(await snapshotIn(turn, bulletinReads), period).join('\n')

/** Shows own words if there are any, or else the draft of this minute. The Word file comes with it the first time. */
async function show(
  turn: Turn,
  period: Period,
  { address, withPaper = false }: { address: string | undefined; withPaper?: boolean },
): Promise<void> {
  const found = await recordOf(turn, period)
  const words = found?.content.words
  const text = words?.text ?? (await draftText(turn, period))
  const version = found?.version ?? 0
  turn.focus(name, { period: period.id, text, version, rewriting: false })
  const shown = fitted(turn, text)
  const who = words && personOf(turn.roster, words.by)?.name
  turn.show({
    title: `${period.name}通报草稿`,
    ...(who === undefined ? {} : { desc: `${who}改写的文字` }),
    text: [shown, ...(address === undefined ? [] : [`看板：${address}`])].join('\n'),
    ask: {
      kind: 'buttons',
      buttons: [
        { text: '发到群', key: buttonKey(name, 'send', period.id, version), style: 'primary' },
        { text: '修改', key: buttonKey(name, 'edit', period.id, version) },
      ],
    },
    words: '确认后请回复“发到群”；要用自己的文字请回复“修改”。每期只发一次。',
  })
  if (withPaper)
    turn.sendFile({ document: bulletinPaper.document, with: { period: period.id, quarter: period.quarter } })
}

const focusOf = (turn: Turn): Focus | undefined => focusIn(turn, name, Focus)

async function answers(turn: Turn, text: string, address: string | undefined): Promise<boolean> {
  const focus = focusOf(turn)
  const period = focus && periodOf(turn, focus.period)
  if (!focus || !period) return false
  const word = formWord(text)
  if (word === 'edit') {
    rewrite(turn, focus)
    return true
  }
  if (word === 'cancel') {
    turn.rest()
    turn.say('已取消，通报没有发出，改写的文字还留着。')
    return true
  }
  if (word !== undefined || !focus.rewriting) return false
  const before = await recordOf(turn, period)
  const words = { by: turn.who.id, text: text.trim() }
  await record(turn, bulletins, { ids: [period.id], content: { ...before?.content, words }, what: '改写' })
  await show(turn, period, { address })
  return true
}

function rewrite(turn: Turn, focus: Focus): void {
  turn.focus(name, { ...focus, rewriting: true }, { ownWords: true })
  turn.say('请直接发通报的文字，一条消息即可，替换草稿。')
}

async function taps(turn: Turn, { action, args }: Tap, address: string | undefined): Promise<void> {
  const [id = '', version = ''] = args
  const period = periodOf(turn, id)
  if (!period) return turn.say('这张卡片已过期，没有改动任何内容。请回复“通报”。')
  const focus = focusOf(turn)
  const now = (await recordOf(turn, period))?.version ?? 0
  if (focus?.period !== id || String(now) !== version || focus.version !== now) return show(turn, period, { address })
  if (action === 'edit') return rewrite(turn, focus)
  await send(turn, period, focus.text)
}

/** The typed 发到群 sends what was shown last. */
async function sendShown(turn: Turn, address: string | undefined): Promise<void> {
  const focus = focusOf(turn)
  const period = focus ? periodOf(turn, focus.period) : monthPeriod(turn.now.toPlainDate())
  if (!period) return turn.say('没有要发的通报。请回复“通报”。')
  const found = await recordOf(turn, period)
  if (found?.content.sent) return sentBefore(turn, period, found.content.sent)
  if (!focus || (found?.version ?? 0) !== focus.version) return show(turn, period, { address })
  await send(turn, period, focus.text)
}

function sentBefore(turn: Turn, period: Period, { by, at }: NonNullable<Bulletin['sent']>): void {
  const who = personOf(turn.roster, by)?.name ?? ''
  turn.say(`${period.name}通报已发过：${who}在${dayWords(dayOf(at))}发的，没有再发。`)
}

/** Sends once a period: at once if a group may hear it now, otherwise as its message of the next working day. */
async function send(turn: Turn, period: Period, text: string): Promise<void> {
  const before = await recordOf(turn, period)
  if (before?.content.sent) return sentBefore(turn, period, before.content.sent)
  const all = turn.roster.groups.filter(({ scope }) => scope === 'college')
  if (all.length === 0) return turn.say('名册里没有范围为“全院”的群，没有发出。请先在名册的“群”表里加上。')
  const groups = all.filter((group) => groupChannel(group, turn.world.channels) !== undefined)
  if (groups.length === 0)
    return turn.say('全院的群在没有接通的平台上，没有发出。请联系管理员接通该平台，或把文字转到群里。')
  const today = turn.now.toPlainDate()
  const next = nextWorkingDay(turn.world.calendar, today)
  const days: { [group: string]: string } = {}
  for (const group of groups) {
    const posted = await turn.postToGroup(group, { text, about: 'bulletin' })
    days[group.id] = (posted ? today : next).toString()
  }
  await record(turn, bulletins, {
    ids: [period.id],
    content: { ...before?.content, sent: { ...deedOf(turn), days, text } },
    what: '发到群',
  })
  turn.rest()
  const later = groups.filter(({ id }) => days[id] !== today.toString()).map((group) => group.name)
  const when = later.length > 0 ? `${later.join('、')}今天已有消息或不在可发的时间，${dayWords(next)}发。` : ''
  turn.show({ title: `${period.name}通报`, text: `已发到群。${when}` })
}
