import type { Temporal } from 'temporal-polyfill'
import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { type Counts, countKinds, kindWords, readCounts } from '../../src/campaign/development/read-counts.ts'
import { branchOf, holds } from '../../src/campaign/roster/roster.ts'
import { readMilestone } from '../../src/campaign/tasks/read-task.ts'
import { taskOf } from '../../src/campaign/tasks/task-roles.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import type { Form, Read, Subject } from '../../src/forms/form.ts'
import { ownBranchUnits, type Unit } from '../../src/forms/own-units.ts'
import { record, standing } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { back, takesBack } from '../../src/forms/take-back.ts'
import { currentDay, Development, developmentDays, developments } from './records.ts'
import { sums } from './sums.ts'

type BranchByDay = Subject & { day: Temporal.PlainDate; branch: string }

const readers = ['organization-department', 'party-school', 'general-branch-secretary'] as const
const asked = countKinds.filter((kind) => kind !== 'beyond')
const example = '发展 积极分子12 发展对象3 预备党员2 转正1'
const numbersOnly = `发展只记人数，不写姓名，刚才的内容没有保存。请只说这几类的人数，如“${example}”。`

const subjectOf = (day: Temporal.PlainDate, { id, name }: Unit): BranchByDay => ({
  id: `${day.toString()}~${id}`,
  label: name,
  day,
  branch: id,
})

/** The milestone and the branch at the beginning of a text, in either order. */
function headOf(turn: Turn, text: string): { day?: Temporal.PlainDate; unit?: Unit; rest: string } | { say: string } {
  const task = taskOf(turn.campaign, 'development')
  const branches = ownBranchUnits(turn).flatMap(({ id }) => branchOf(turn.roster, id) ?? [])
  let rest = text.trim()
  let day: Temporal.PlainDate | undefined
  let unit: Unit | undefined
  for (let round = 0; round < 2; round++) {
    const named = task && day === undefined ? readMilestone(turn.campaign, task, rest) : undefined
    if (named && 'say' in named) return named
    if (named?.milestone) [day, rest] = [named.milestone, named.rest]
    const begun = unit === undefined ? branchIn(turn, rest, branches) : undefined
    const found = ownBranchUnits(turn).find(({ id }) => id === begun?.branch?.id)
    if (begun && found) [unit, rest] = [found, begun.rest]
  }
  return { rest, ...(day ? { day } : {}), ...(unit ? { unit } : {}) }
}

async function subject(turn: Turn, text: string) {
  const units = ownBranchUnits(turn)
  if (units.length === 0)
    return {
      say: text === '' ? await sums(turn) : turn.worded`无权填报：发展人数由党支部书记填写。各支部的情况请回复“发展”。`,
    }
  const head = headOf(turn, text)
  if ('say' in head) return head
  const day = head.day ?? currentDay(turn.campaign, turn.now.toPlainDate())
  const subjects = (head.unit ? [head.unit] : units).map((unit) => subjectOf(day, unit))
  const [only] = subjects
  return only && subjects.length === 1 ? { subject: only, rest: head.rest } : { among: subjects, rest: head.rest }
}

/** A text with anything except kinds and numbers may hold a name, so none of it is stored or quoted. */
function refuses(turn: Turn, text: string): string | undefined {
  if (ownBranchUnits(turn).length === 0 || text === '' || back.test(text)) return undefined
  const head = headOf(turn, text)
  return !('say' in head) && 'names' in readCounts(head.rest) ? numbersOnly : undefined
}

function read(_: Turn, text: string, { before }: { before: Counts }): Read<Counts> {
  const said = readCounts(text)
  if ('names' in said) return { fields: before, say: numbersOnly }
  if ('say' in said) return { fields: before, say: said.say }
  const fields = { ...before, ...said.counts }
  if (said.bare === undefined) return { fields }
  const [only, other] = asked.filter((kind) => fields[kind] === undefined)
  if (!only || other)
    return { fields, say: `“${said.bare}”是哪一类的人数？请写成“${only ? kindWords[only] : '转正'}${said.bare}”。` }
  return { fields: { ...fields, [only]: said.bare } }
}

function asks(_: Turn, fields: Counts): string | undefined {
  const missing = asked.filter((kind) => kind !== 'told' && fields[kind] === undefined).map((kind) => kindWords[kind])
  const told = '超过培养期限或停止发展的，已明确意见并告知本人的有几人？没有请回复“0”'
  if (missing.length === 0) return fields.told === undefined ? `${told}。` : undefined
  const begun = countKinds.some((kind) => fields[kind] !== undefined)
  const more = fields.told === undefined ? `；${told}` : ''
  return `${begun ? '已记下，还差' : '请告诉我'}${missing.join('、')}的人数（没有写0）${more}。如“${example} 告知0”。`
}

const shows = (fields: Counts): string[] =>
  countKinds.flatMap((kind) => (fields[kind] === undefined ? [] : [`${kindWords[kind]} ${fields[kind]}`]))

async function overview(turn: Turn, [meant]: readonly BranchByDay[] = []): Promise<string> {
  const day = meant?.day ?? currentDay(turn.campaign, turn.now.toPlainDate())
  const known = standing((await snapshotIn(turn, [developments])).kept, developments)
  const lines = ownBranchUnits(turn).map(({ id, name }) => {
    const given = known.get(`${day.toString()}~${id}`)
    return `${name} ${day.month}月发展人数：${given ? shows(given.content).join('，') : '还没有报'}`
  })
  return [
    ...(holds(turn.who, ...readers) ? [await sums(turn)] : []),
    ...lines,
    `${dayWords(day)}前，只报人数，一条消息即可：“${example}”。`,
  ].join('\n')
}

async function submit(turn: Turn, fields: Counts, { day, branch }: BranchByDay): Promise<string> {
  const { changed, late } = await record(turn, developments, {
    ids: [day.toString(), branch],
    content: fields,
    deadline: day,
  })
  if (!changed) return '与上次提交相同，没有新版本。'
  const task = taskOf(turn.campaign, 'development')
  return `${late}${task ? `任务${task.number}“${task.name}”${day.month}月的也算完成，不用再报。` : ''}有变化请再说一次“发展 …”。`
}

/** Only numbers (plan, 三（五）). Names are refused and stored nowhere. */
export const development: Form<Counts, BranchByDay> = {
  name: 'development',
  word: '发展',
  by: [...secretaries, 'organization-department', 'party-school'],
  use: '发展党员人数',
  whose: '发展人数由党支部书记填写，组织部、党校和党总支书记查看',
  records: [developments],
  draft: Development,
  subject,
  async find(turn, id) {
    const [day, branch] = id.split('~')
    const milestone = developmentDays(turn.campaign).find((one) => one.toString() === day)
    const unit = ownBranchUnits(turn).find((one) => one.id === branch)
    return milestone && unit && subjectOf(milestone, unit)
  },
  overview,
  acts: takesBack({
    word: '发展',
    which: '支部 6月',
    records: developments,
    subject,
    record: ({ day, branch, label }) => ({ ids: [day.toString(), branch], name: `${label}${day.month}月发展人数` }),
  }),
  refuses,
  nothing: {},
  read,
  asks,
  shows: (_, fields) => shows(fields),
  title: ({ day }) => `${day.month}月发展人数`,
  submit,
}
