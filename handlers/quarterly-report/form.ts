import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { quarterWords } from '../../src/campaign/calendar/quarter.ts'
import { branchesBelow, branchName, holds } from '../../src/campaign/roster/roster.ts'
import { type Filled, sampleOf, showsFields } from '../../src/forms/fields.ts'
import type { Form } from '../../src/forms/form.ts'
import { ofFields } from '../../src/forms/of-fields.ts'
import { ownUnits, type Unit } from '../../src/forms/own-units.ts'
import { idsOf, type QuarterOfUnit, quarterly, reportIn } from '../../src/forms/quarter.ts'
import { record, stands } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { takesBack } from '../../src/forms/take-back.ts'
import { branchFields, byQuarter, generalDeadline, generalFields, quarterlyReports } from './reports.ts'

const direct: Unit = { kind: 'general', id: 'direct', name: '直属党支部' }

/** The units for which a person reports. 组织部 reports for the branches directly below the committee, if there are any. */
function unitsOf(turn: Turn): Unit[] {
  const hasDirect = holds(turn.who, 'organization-department') && branchesBelow(turn.roster, undefined).length > 0
  return [...(hasDirect ? [direct] : []), ...ownUnits(turn)]
}

const below = (turn: Turn, unit: Unit) => branchesBelow(turn.roster, unit.id === direct.id ? undefined : unit.id)
const fieldsOf = ({ unit }: QuarterOfUnit) => (unit.kind === 'branch' ? branchFields : generalFields)

/** A general branch's own words begin with their name. */
const saysOwn = (text: string): boolean => /^\s*(?:本总支|总支)情况/.test(text)
const subjects = quarterly(byQuarter, {
  units: unitsOf,
  speaks: ({ kind }, text) => !saysOwn(text) || kind === 'general',
})
const nameOf = ({ quarter }: QuarterOfUnit): string => `${quarterWords(quarter)}季报`

/** What the branches of a general branch reported, and which have not. */
async function gathered(turn: Turn, { quarter, unit }: QuarterOfUnit): Promise<string[]> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const reports = below(turn, unit).map((branch) => ({
    name: branchName(turn.roster, branch),
    report: reportIn(snapshot, quarterlyReports, { quarter, unit: { kind: 'branch', id: branch.id } }),
  }))
  const missing = reports.filter(({ report }) => !report).map(({ name }) => name)
  return [
    `${quarterWords(quarter)} 已交 ${reports.length - missing.length}/${reports.length}`,
    ...(missing.length > 0 ? [`未交：${missing.join('、')}`] : []),
    ...reports.flatMap(({ name, report }) =>
      report ? [name, ...showsFields(branchFields, { words: report.content }).map((line) => `　${line}`)] : [],
    ),
  ]
}

async function overviewOf(turn: Turn, one: QuarterOfUnit): Promise<string> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const report = reportIn(snapshot, quarterlyReports, one)
  const fields = fieldsOf(one)
  const given = report ? showsFields(fields, { words: report.content }) : []
  const head = `${one.unit.name} ${nameOf(one)}：${report ? '已交' : '还没交'}`
  const how = sampleOf(Object.values(fields))
  return [
    head,
    ...(one.unit.kind === 'general' ? await gathered(turn, one) : []),
    ...given,
    report ? `要改请回复“季报 ${how}”。` : `请直接回复，一条消息即可：“${how}”。`,
  ].join('\n')
}

/** `meant` are those of the named quarter. */
async function overview(turn: Turn, meant?: readonly QuarterOfUnit[]): Promise<string> {
  const texts: string[] = []
  for (const one of meant ?? (await subjects.now(turn))) texts.push(await overviewOf(turn, one))
  return texts.join('\n\n') || '本年度没有要报的季报。'
}

async function submit(turn: Turn, { words }: Filled, { quarter, unit }: QuarterOfUnit): Promise<string> {
  const snapshot = await snapshotIn(turn, [quarterlyReports])
  const deadline = unit.kind === 'branch' ? quarter : generalDeadline(snapshot, quarter)
  const before = await turn.read(quarterlyReports, turn.campaign.id, ...idsOf(quarter, unit))
  const { changed, late } = await record(turn, quarterlyReports, {
    ids: idsOf(quarter, unit),
    content: words,
    deadline,
  })
  if (!changed) return '与上次提交相同，没有新版本。'
  if (unit.kind === 'general' && !stands(before))
    for (const person of turn.roster.people.filter(
      (one) => holds(one, 'organization-department') && one.id !== turn.who.id,
    ))
      await turn.tell(person, `${unit.name}${quarterWords(quarter)}季报已提交，可发“季报汇总”领取。`, {
        about: 'quarterly-report',
      })
  return `${late}${unit.kind === 'general' ? '已报党委。' : ''}有变化请再说一次“季报 …”。`
}

export const quarterlyReport: Form<Filled, QuarterOfUnit> = {
  ...ofFields(fieldsOf, nameOf),
  name: 'quarterly-report',
  word: '季报',
  by: (person, { roster }) =>
    holds(person, ...secretaries) ||
    (holds(person, 'organization-department') && branchesBelow(roster, undefined).length > 0),
  use: '每季度的工作报告',
  whose: '季报由党支部书记和党总支书记填写',
  records: [quarterlyReports],
  subject: subjects.subject,
  find: subjects.find,
  acts: takesBack({
    word: '季报',
    which: '季度',
    records: quarterlyReports,
    subject: subjects.subject,
    record: (one) => ({ ids: idsOf(one.quarter, one.unit), name: `${one.unit.name}${nameOf(one)}` }),
  }),
  sample: sampleOf(Object.values(branchFields)),
  isDone: async (turn, one) =>
    reportIn(await snapshotIn(turn, [quarterlyReports]), quarterlyReports, one) !== undefined,
  overview,
  title: ({ quarter, unit }) => `${quarterWords(quarter)}${unit.kind === 'general' ? '总支' : ''}季报`,
  async note(turn, _, one) {
    if (one.unit.kind === 'branch') return undefined
    const [count = ''] = await gathered(turn, one)
    return `${count.replace(/^\S+ /, '各支部季报')}，一并报党委。`
  },
  submit,
}
