import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dueWords } from '../../src/campaign/calendar/ladder.ts'
import { readMeasureDeed, readMeasures } from '../../src/campaign/reading/read-measures.ts'
import type { DayRules } from '../../src/campaign/reading/said-day.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import {
  type Branch,
  branchesBelow,
  branchName,
  branchOf,
  committeePosts,
  holds,
} from '../../src/campaign/roster/roster.ts'
import type { Measure } from '../../src/campaign/scores/measures.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { daysOf } from '../../src/forms/fields.ts'
import type { Form, Read, Subject, SubjectSaid } from '../../src/forms/form.ts'
import { record } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { asksMeasures, Fields, lineOf, placed, withKnown } from './measures-draft.ts'
import { changeMeasure } from './move-measure.ts'
import {
  laggingIn,
  laggingReads,
  measures,
  measuresDue,
  measuresOf,
  measureWords,
  numbered,
  sponsorshipOf,
} from './records.ts'

type OfBranch = Subject & { branch: Branch }

const dayRules = (turn: Turn): DayRules => daysOf(turn, { happened: false })

const subjectOf = (turn: Turn, branch: Branch): OfBranch => ({
  id: branch.id,
  label: branchName(turn.roster, branch),
  branch,
})

/** The branches whose measures this person writes: the own one, those of the own general branch, and direct ones for 组织部. */
function writable({ who, roster }: Turn): Branch[] {
  const own = who.seats.flatMap(({ post, branch, generalBranch }): readonly Branch[] => {
    const one = post === 'branch-secretary' ? branchOf(roster, branch ?? '') : undefined
    if (one) return [one]
    if (post === 'general-branch-secretary' && generalBranch !== undefined) return branchesBelow(roster, generalBranch)
    return post === 'organization-department' ? branchesBelow(roster, undefined) : []
  })
  return [...new Set(own)]
}

/** The branches that this person sponsors or helps. These people may read the measures. */
async function readable(turn: Turn): Promise<Branch[]> {
  const snapshot = await snapshotIn(turn, laggingReads)
  const helping = new Set(
    turn.who.seats.flatMap(({ post, branch }) => (post === 'branch-secretary' ? (branch ?? []) : [])),
  )
  return turn.roster.branches.filter((branch) => {
    const { sponsor, helper = '' } = sponsorshipOf(snapshot, branch)
    return sponsor === turn.who.id || helping.has(helper)
  })
}

const refusal = (turn: Turn): string =>
  turn.worded`无权查看或填写这个支部的措施：由本支部和所属党总支填写，包扶委员和帮扶支部可查看。`

/** The measures of one branch, and by when they are due. */
async function shown(turn: Turn, branch: Branch): Promise<string[]> {
  const snapshot = await snapshotIn(turn, laggingReads)
  const lagging = laggingIn(snapshot).find((one) => one.branch.id === branch.id)
  const all = numbered(measuresOf(snapshot, branch))
  const due = lagging && measuresDue(snapshot, lagging)
  const until = due && all.length === 0 ? `，${dueWords(turn.world.calendar, due, turn.now.toPlainDate())}` : ''
  return [
    `${branchName(turn.roster, branch)}${lagging ? '整改措施' : '提升目标'}：${all.length === 0 ? `还没有${until}` : `已完成${all.filter(({ measure }) => measure.state === '已完成').length}/${all.length}`}`,
    ...all.map(({ number, measure }) => `${number} ${measureWords(measure)}`),
  ]
}

async function overview(turn: Turn): Promise<string> {
  const own = writable(turn)
  const read = (await readable(turn)).filter((branch) => !own.includes(branch))
  const snapshot = await snapshotIn(turn, laggingReads)
  const lagging = new Set(laggingIn(snapshot).map(({ branch }) => branch.id))
  const worth = own.length > 1 ? own.filter((one) => lagging.has(one.id) || measuresOf(snapshot, one).length > 0) : own
  const texts: string[] = []
  for (const branch of [...worth, ...read]) texts.push((await shown(turn, branch)).join('\n'))
  if (own.length === 0) return texts.length > 0 ? texts.join('\n\n') : refusal(turn)
  const [first] = worth.length > 0 ? worth : own
  const where = own.length > 1 && first ? `措施 ${shortName(branchName(turn.roster, first))} ` : '措施 '
  return [
    texts.join('\n\n') || '本总支各支部还没有措施。',
    `请回复“${where}1.做什么，负责人…，…月…日前；2.…”；有进展请回复“${where}1 已完成 …”。`,
  ].join('\n')
}

/** The branch that a text is about, and the rest. `say` is why it cannot be that branch. */
async function branchMeant(turn: Turn, text: string): Promise<SubjectSaid<OfBranch>> {
  const own = writable(turn)
  const { branch, rest } = branchIn(turn, text, turn.roster.branches)
  if (branch && own.includes(branch)) return { subject: subjectOf(turn, branch), rest }
  if (branch)
    return { say: (await readable(turn)).includes(branch) ? (await shown(turn, branch)).join('\n') : refusal(turn) }
  const [only] = own
  if (!only) return { say: await overview(turn) }
  if (own.length === 1) return { subject: subjectOf(turn, only), rest: text }
  return { among: own.map((one) => subjectOf(turn, one)), rest: text }
}

/** Acts on an existing measure at once, without a confirmation. */
async function acts(turn: Turn, text: string): Promise<boolean> {
  const said = await branchMeant(turn, text)
  if (!('subject' in said)) return false
  if (said.rest.trim() === '') {
    turn.say((await shown(turn, said.subject.branch)).join('\n'))
    return true
  }
  const deed = readMeasureDeed(said.rest, dayRules(turn))
  if (!deed) return false
  await changeMeasure(turn, said.subject.branch, deed)
  return true
}

async function read(
  turn: Turn,
  text: string,
  { subject, before }: { subject: OfBranch; before: Fields },
): Promise<Read<Fields>> {
  const there = measuresOf(await snapshotIn(turn, laggingReads), subject.branch)
  const said = readMeasures(text, dayRules(turn))
  const all =
    before.items.length === 0 ? said.length > 1 && said.every(({ number }, i) => number === i + 1) : before.all
  const base = all ? 0 : there.length
  const items = [...before.items]
  const problems: string[] = []
  for (const { problem, ...one } of said) {
    const given = placed(one, items, base)
    if (typeof given === 'string') problems.push(given)
    else {
      const at = items.findIndex(({ number }) => number === given.number)
      if (at >= 0) items[at] = { ...items[at], ...given }
      else items.push(withKnown(given, all ? undefined : there[given.number - 1]))
      if (problem !== undefined) problems.push(`第${given.number}条：${problem}`)
    }
  }
  const fields = { items: items.sort((one, other) => one.number - other.number), all }
  const [say] = problems
  return say === undefined ? { fields } : { fields, say }
}

async function note(turn: Turn, { items, all }: Fields, { branch }: OfBranch): Promise<string | undefined> {
  const there = numbered(measuresOf(await snapshotIn(turn, laggingReads), branch))
  if (there.length === 0) return undefined
  if (all) return `替换现有的全部${there.length}条措施，文字没变的保留进展。`
  const replaced = items.filter(({ number }) => there.some((one) => one.number === number)).map(({ number }) => number)
  return replaced.length > 0
    ? `替换第${replaced.join('、')}条，其余不变。`
    : `新增${items.length}条，原有${there.length}条不变。`
}

async function submit(turn: Turn, { items, all }: Fields, { branch }: OfBranch): Promise<string> {
  const snapshot = await snapshotIn(turn, laggingReads)
  const there = measuresOf(snapshot, branch)
  const next: Measure[] = all ? [] : [...there]
  for (const { number, what = '', who = '', by = '' } of items) {
    const same = all ? there.find((one) => one.what === what && one.withdrawn === undefined) : there[number - 1]
    const kept =
      same?.what === what && same.withdrawn === undefined
        ? { state: same.state, ...(same.note === undefined ? {} : { note: same.note }) }
        : { state: '未开始' as const }
    next[number - 1] = { what, who, by, ...kept }
  }
  const lagging = laggingIn(snapshot).find((one) => one.branch.id === branch.id)
  const deadline = lagging && there.length === 0 ? measuresDue(snapshot, lagging) : undefined
  const { changed, late } = await record(turn, measures, {
    ids: [branch.id],
    content: next,
    ...(deadline ? { deadline } : {}),
  })
  if (!changed) return '与上次提交相同，没有新版本。'
  return `${late}有进展请回复“措施 ${writable(turn).length > 1 ? `${shortName(branchName(turn.roster, branch))} ` : ''}1 已完成 …”。`
}

export const measuresForm: Form<Fields, OfBranch> = {
  name: 'measures',
  word: '措施',
  by: (person, { roster }) =>
    holds(person, ...secretaries, ...committeePosts) ||
    (holds(person, 'organization-department') && branchesBelow(roster, undefined).length > 0),
  use: ({ bands }) => `${bands.lowest.name}党支部的整改措施、各支部的提升目标`,
  whose: '措施由党支部书记和党总支书记填写，包扶委员和帮扶支部可查看',
  records: [measures],
  draft: Fields,
  subject: branchMeant,
  find: async (turn, id) => {
    const branch = writable(turn).find((one) => one.id === id)
    return branch && subjectOf(turn, branch)
  },
  overview,
  acts,
  nothing: { items: [], all: false },
  read,
  asks: (_, fields) => asksMeasures(fields),
  shows: (_, { items }) => items.map(lineOf),
  title: () => '支部措施',
  note,
  submit,
}
