import { Temporal } from 'temporal-polyfill'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { draw, newSeed, readDraw } from '../../src/campaign/inspection/draw.ts'
import { wholeNumeral } from '../../src/campaign/numerals.ts'
import { numberOf } from '../../src/campaign/plan/campaign.ts'
import {
  type Branch,
  branchName,
  branchOf,
  generalBranchOf,
  holds,
  personOf,
  seatsOf,
} from '../../src/campaign/roster/roster.ts'
import { branchesSeen } from '../../src/forms/own-units.ts'
import { record } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { lackLine } from '../meetings/overview.ts'
import { meetingTables } from '../meetings/records.ts'
import { draws } from './records.ts'

/** The branches to draw from: the college's, or those of the own general branches. */
const scopeOf = ({ who }: Turn): string =>
  holds(who, 'organization-department')
    ? 'college'
    : seatsOf(who, 'general-branch-secretary')
        .map(({ generalBranch }) => generalBranch)
        .join('+')

/** `抽查`, `抽查 5`, `抽查 5 种子 8F2K`, `抽查 记录`. */
export async function drawSaid(turn: Turn, said: string): Promise<void> {
  if (/^记录$/u.test(said)) return listDraws(turn)
  const asked = readDraw(said)
  if (!asked) return turn.say(`“${said}”没有读懂。请回复“抽查 5”或“抽查 5 种子 8F2K”；抽过的请回复“抽查 记录”。`)
  const word = asked.count
  const usual = numberOf(turn.campaign, 'inspection', 'sample')
  const count = word === undefined ? usual : /\d/.test(word) ? Number(word) : (wholeNumeral(word) ?? 0)
  if (count < 1) return turn.say('至少抽查1个支部，请回复“抽查 3”。')
  await drawSome(turn, count, asked.seed ?? newSeed())
}

async function drawSome(turn: Turn, count: number, seed: string): Promise<void> {
  const all = branchesSeen(turn)
  if (all.length === 0) return turn.say('名册里还没有您可以抽查的支部。')
  const drawn = draw(all, count, { seed, nameOf: (branch) => fullName(turn, branch) })
  await record(turn, draws, {
    ids: [scopeOf(turn), seed, String(count)],
    content: { branches: drawn.map(({ id }) => id) },
    what: '抽查',
  })
  const snapshot = await snapshotIn(turn, meetingTables)
  turn.say(
    [
      `抽查${drawn.length}个支部，种子 ${seed}${count > all.length ? `（共${all.length}个，全部抽中）` : ''}`,
      ...drawn.map((branch) => lackLine(snapshot, branch)),
      `要整改请回复“督查 支部 要整改什么”；同样再抽请回复“抽查 ${count} 种子 ${seed}”。`,
    ].join('\n'),
  )
}

/** The full name of a branch in the roster, the same in every store. */
const fullName = ({ roster }: Turn, { name, generalBranch }: Branch): string =>
  `${generalBranchOf(roster, generalBranch ?? '')?.name ?? ''}/${name}`

async function listDraws(turn: Turn): Promise<void> {
  const { kept } = await snapshotIn(turn, [draws])
  const rows = kept
    .of(draws)
    .filter(({ ids }) => ids[1] === scopeOf(turn) || holds(turn.who, 'organization-department'))
    .toSorted((a, b) => (a.value.at < b.value.at ? -1 : 1))
  const lines = rows.map(({ ids, value }) => {
    const day = Temporal.Instant.from(value.at).toZonedDateTimeISO(turn.now.timeZoneId).toPlainDate()
    const who = personOf(turn.roster, value.by)?.name ?? ''
    const names = value.content.branches.flatMap((id) => branchOf(turn.roster, id) ?? [])
    return `${dayWords(day)} ${who} 种子 ${ids[2] ?? ''}：${names.map((branch) => branchName(turn.roster, branch)).join('、')}`
  })
  turn.say(lines.length > 0 ? ['抽查记录：', ...lines].join('\n') : '还没有抽查过。要抽查请回复“抽查”或“抽查 5”。')
}
