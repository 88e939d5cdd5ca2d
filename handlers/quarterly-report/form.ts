import { Temporal } from 'temporal-polyfill'
import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { quarterMeant, quarterStart, quarterWords, readQuarter } from '../../src/campaign/calendar/quarter.ts'
import { branchesBelow, branchName, branchOf, holds } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { snapshotIn } from '../../src/forms/duty.ts'
import type { Form, Subject } from '../../src/forms/form.ts'
import { ownUnits, type Unit } from '../../src/forms/own-units.ts'
import {
  asksOwnWords,
  noWords,
  OwnWords,
  partsOf,
  readOwnWords,
  replaceWords,
  showsOwnWords,
} from '../../src/forms/own-words.ts'
import { record, stands } from '../../src/forms/record.ts'
import { branchFields, generalDeadline, generalFields, quarterlyReports, reportOf } from './reports.ts'

export type QuarterOfUnit = Subject & { quarter: Temporal.PlainDate; unit: Unit }

const direct: Unit = { kind: 'general', id: 'direct', name: '直属党支部' }

/** The units for which a person reports; 组织部 for the branches directly below the committee, where there are any. */
function unitsOf(turn: Turn): Unit[] {
  const hasDirect = holds(turn.who, 'organization-department') && branchesBelow(turn.roster, undefined).length > 0
  return [...(hasDirect ? [direct] : []), ...ownUnits(turn)]
}

const below = (turn: Turn, unit: Unit) => branchesBelow(turn.roster, unit.id === direct.id ? undefined : unit.id)
const quartersOf = (turn: Turn): readonly Temporal.PlainDate[] => turn.campaign.duties['quarterly-report'].milestones
const fieldsOf = ({ unit }: QuarterOfUnit) => (unit.kind === 'branch' ? branchFields : generalFields)

const subjectOf = (quarter: Temporal.PlainDate, unit: Unit): QuarterOfUnit => ({
  id: [quarter.toString(), unit.kind, unit.id].join('~'),
  label: unit.name,
  quarter,
  unit,
})

/** Of a unit the quarter that is meant where none is named. */
async function quarterFor(turn: Turn, unit: Unit): Promise<Temporal.PlainDate | undefined> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const missing = (quarter: Temporal.PlainDate): boolean =>
    reportOf(snapshot, quarter, unit.kind, unit.id) === undefined
  return quarterMeant(quartersOf(turn), turn.now.toPlainDate(), missing)
}

/** The quarter that was named, or the sentence why it cannot be reported. */
function quarterSaid(turn: Turn, number: number): Temporal.PlainDate | string {
  const all = quartersOf(turn)
  const quarter = all.find((end) => Math.ceil(end.month / 3) === number)
  const [first] = all
  if (!quarter)
    return `本年度没有${number}季度的季报${first ? `，从${quarterWords(first)}报起` : ''}。请说“季报 季度”。`
  const ahead = quarterStart(quarter).since(turn.now.toPlainDate()).days > 0
  return ahead ? `${quarterWords(quarter)}还没到，到时会提醒您。` : quarter
}

async function subject(turn: Turn, text: string) {
  const units = unitsOf(turn)
  const mine = units.filter(({ kind }) => kind === 'branch').flatMap(({ id }) => branchOf(turn.roster, id) ?? [])
  const first = readQuarter(text)
  const named =
    mine.length > 0 && first.rest.trim() !== '' && units.length > 1 ? branchIn(turn, first.rest, mine) : undefined
  const second = named?.branch && first.number === undefined ? readQuarter(named.rest) : undefined
  const number = first.number ?? second?.number
  const rest = second?.rest ?? (named?.branch ? named.rest : first.rest)
  const quarter = number === undefined ? undefined : quarterSaid(turn, number)
  if (typeof quarter === 'string') return { say: quarter }
  const among = units.filter(({ id, kind }) =>
    named?.branch ? kind === 'branch' && id === named.branch.id : !saysOwn(rest) || kind === 'general',
  )
  const subjects: QuarterOfUnit[] = []
  for (const unit of among) {
    const meant = quarter ?? (await quarterFor(turn, unit))
    if (meant) subjects.push(subjectOf(meant, unit))
  }
  const [only] = subjects
  if (!only) return { say: '本年度没有要报的季报。' }
  return subjects.length === 1 ? { subject: only, rest } : { among: subjects, rest }
}

/** Own words of a general branch name what they are. */
const saysOwn = (text: string): boolean => /^\s*(?:本总支|总支)情况/.test(text)

/** What the branches of a general branch reported, and who has not. */
async function gathered(turn: Turn, { quarter, unit }: QuarterOfUnit): Promise<string[]> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const reports = below(turn, unit).map((branch) => ({
    name: branchName(turn.roster, branch),
    report: reportOf(snapshot, quarter, 'branch', branch.id),
  }))
  const missing = reports.filter(({ report }) => !report).map(({ name }) => name)
  return [
    `${quarterWords(quarter)} 已交 ${reports.length - missing.length}/${reports.length}`,
    ...(missing.length > 0 ? [`未交：${missing.join('、')}`] : []),
    ...reports.flatMap(({ name, report }) =>
      report ? [name, ...showsOwnWords(branchFields, { words: report.content }).map((line) => `　${line}`)] : [],
    ),
  ]
}

async function overviewOf(turn: Turn, one: QuarterOfUnit): Promise<string> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const report = reportOf(snapshot, one.quarter, one.unit.kind, one.unit.id)
  const fields = fieldsOf(one)
  const given = report ? showsOwnWords(fields, { words: report.content }) : []
  const head = `${one.unit.name} ${quarterWords(one.quarter)}季报：${report ? '已交' : '还没交'}`
  const how = Object.values(fields)
    .map(({ label }) => `${label}：…`)
    .join('')
  return [
    head,
    ...(one.unit.kind === 'general' ? await gathered(turn, one) : []),
    ...given,
    report ? `要改请回复“季报 ${how}”。` : `请直接回复，一条消息即可：“${how}”。`,
  ].join('\n')
}

async function overview(turn: Turn): Promise<string> {
  const texts: string[] = []
  for (const unit of unitsOf(turn)) {
    const quarter = await quarterFor(turn, unit)
    if (quarter) texts.push(await overviewOf(turn, subjectOf(quarter, unit)))
  }
  return texts.join('\n\n') || '本年度没有要报的季报。'
}

async function submit(turn: Turn, { words }: OwnWords, { quarter, unit }: QuarterOfUnit): Promise<string> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const deadline = unit.kind === 'branch' ? quarter : generalDeadline(snapshot, quarter)
  const before = await turn.read(quarterlyReports, turn.campaign.id, quarter.toString(), unit.kind, unit.id)
  const { changed, late } = await record(turn, quarterlyReports, [quarter.toString(), unit.kind, unit.id], words, {
    deadline,
  })
  if (!changed) return '与上次提交相同，没有新版本。'
  if (unit.kind === 'general' && !stands(before))
    for (const person of turn.roster.people.filter(
      (one) => holds(one, 'organization-department') && one.id !== turn.who.id,
    ))
      await turn.tell(
        person,
        `${unit.name}${quarterWords(quarter)}季报已提交，可发“季报汇总”领取。`,
        'quarterly-report',
      )
  return `${late}${unit.kind === 'general' ? '已报党委。' : ''}有变化请再说一次“季报 …”。`
}

export const quarterlyReport: Form<OwnWords, QuarterOfUnit> = {
  name: 'quarterly-report',
  word: '季报',
  by: (person, { roster }) =>
    holds(person, ...secretaries) ||
    (holds(person, 'organization-department') && branchesBelow(roster, undefined).length > 0),
  use: '每季度的工作报告',
  whose: '季报由党支部书记和党总支书记填写',
  records: [quarterlyReports],
  draft: OwnWords,
  subject,
  async find(turn, id) {
    const [day, kind, unitId] = id.split('~')
    const unit = unitsOf(turn).find((one) => one.kind === kind && one.id === unitId)
    const quarter = quartersOf(turn).find((end) => end.toString() === day)
    return unit && quarter && subjectOf(quarter, unit)
  },
  overview,
  nothing: noWords,
  read: (_, text, { subject: one, before }) => readOwnWords(text, fieldsOf(one), before),
  asks: (_, fields, one) => asksOwnWords(`${quarterWords(one.quarter)}季报`, fieldsOf(one), fields),
  shows: (_, fields, one) => showsOwnWords(fieldsOf(one), fields),
  title: ({ quarter, unit }) => `${quarterWords(quarter)}${unit.kind === 'general' ? '总支' : ''}季报`,
  async note(turn, _, one) {
    if (one.unit.kind === 'branch') return undefined
    const [count = ''] = await gathered(turn, one)
    return `${count.replace(/^\S+ /, '各支部季报')}，一并报党委。`
  },
  parts: (_, one) => partsOf(fieldsOf(one)),
  replace: replaceWords,
  submit,
}
