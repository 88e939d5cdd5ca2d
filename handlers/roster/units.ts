import { scorecards } from '../../src/bot/records/records.ts'
import { replaceRoster } from '../../src/bot/roster-import/roster-import.ts'
import { idsOfCard } from '../../src/bot/scorecards/rounds.ts'
import type { Handler } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { fullNames, namesOf } from '../../src/campaign/roster/branch-names.ts'
import { core, matchBranch } from '../../src/campaign/roster/names.ts'
import {
  type Branch,
  branchName,
  type GeneralBranch,
  holdersOf,
  type Roster,
} from '../../src/campaign/roster/roster.ts'
import { cleanName } from '../../src/campaign/roster/roster-sheet.ts'
import { endBranch, renameBranch, renameGeneralBranch } from '../../src/campaign/roster/roster-units.ts'
import { bandIn } from '../../src/campaign/scores/results.ts'

/** Tables of official records. */
export type Records = NonNullable<Handler['records']>

/** What became of a branch that a newer file does not name: 改名, 并入, 确认移除. `tables` are those of official records. */
export const unitKeeping = (tables: Records) => ({
  rename: (turn: Turn, argument: string) => rename(turn, argument, tables),
  merge,
  remove,
  recorded: (turn: Turn) => recorded(turn, tables),
})

/** The ids that official records are about. */
async function recorded(turn: Turn, tables: Records): Promise<Set<string>> {
  const rows = await Promise.all(tables.map((table) => turn.list(table, turn.campaign.id)))
  return new Set(rows.flat().flatMap(({ ids }) => ids))
}

const between = /\s*(?:改名为|改为|改成|→|->)\s*|[\s,，、]+/

async function rename(turn: Turn, argument: string, tables: Records): Promise<void> {
  const [from, to, ...more] = argument.split(between).filter(Boolean)
  if (from === undefined || to === undefined || more.length > 0)
    return turn.say('请说明原来和现在的名称：“改名 原名称 新名称”。')
  const { roster } = turn
  const branch = /总支部?$/.test(from) ? undefined : oldBranch(turn, from)
  if (branch === 'several') return turn.say(`“${from}”不止一个支部，请写成“总支/支部”。`)
  const known = await recorded(turn, tables)
  if (branch) return renameOneBranch(turn, branch, { to, known })
  const match = matchBranch(from, roster.generalBranches)
  const general = match.kind === 'one' && roster.generalBranches.find(({ id }) => id === match.id)
  if (!general) return turn.say(`没有找到“${from}”。请回复“改名 原名称 新名称”。`)
  await renameOneGeneral(turn, general, { to, known })
}

async function renameOneBranch(
  turn: Turn,
  branch: Branch,
  { to, known }: { to: string; known: ReadonlySet<string> },
): Promise<void> {
  const { roster } = turn
  const others = roster.branches.filter(({ id }) => id !== branch.id)
  const fresh = others.filter(({ id }) => !known.has(id))
  const same = others.find((one) => known.has(one.id) && isNamed(roster, one, to))
  if (same) {
    const [before, after] = [branchName(roster, branch), branchName(roster, same)]
    return turn.say(
      `${after}已有自己的记录，不能由${before}改名而来。两个支部合并的请回复“并入 ${branch.name} ${same.name}”。`,
    )
  }
  const match = matchBranch(to, namesOf(roster, fresh))
  const as = match.kind === 'one' ? fresh.find(({ id }) => id === match.id) : undefined
  const next = renameBranch(
    roster,
    branch.id,
    as ?? withSuffix(to, { like: branch.name, suffix: '党支部', has: /支部$/ }),
  )
  await replaceRoster(turn, next)
  const now = next.branches.find(({ id }) => id === branch.id)
  await tellAll(
    turn,
    `${branchName(roster, branch)}已改名为${now ? branchName(next, now) : to}，评分、统计和历史都接着算。`,
  )
  if (!as) turn.say(inFileToo)
}

async function renameOneGeneral(
  turn: Turn,
  general: GeneralBranch,
  { to, known }: { to: string; known: ReadonlySet<string> },
) {
  const { roster } = turn
  const others = roster.generalBranches.filter(({ id }) => id !== general.id)
  const match = matchBranch(to, others)
  const as = match.kind === 'one' ? others.find(({ id }) => id === match.id) : undefined
  if (as && roster.branches.some((branch) => branch.generalBranch === as.id && known.has(branch.id)))
    return turn.say(
      `${as.name}的支部已有自己的记录，不能由${general.name}改名而来。支部请一个一个说：“改名 原支部 新支部”。`,
    )
  const next = renameGeneralBranch(
    roster,
    general.id,
    as ?? withSuffix(to, { like: general.name, suffix: '党总支', has: /总支部?$/ }),
  )
  await replaceRoster(turn, next)
  const now = next.generalBranches.find(({ id }) => id === general.id)?.name ?? to
  await tellAll(turn, `${general.name}已改名为${now}，所属支部的评分、统计和历史都接着算。`)
  if (!as) turn.say(inFileToo)
}

const inFileToo = '名册文件里也请改成新名称，否则下次导入时又会当成两个。'
/** A new name that was said without what the old one ends in. */
const withSuffix = (name: string, { like, suffix, has }: { like: string; suffix: string; has: RegExp }): string => {
  const clean = cleanName(name)
  return has.test(clean) || !has.test(like) ? clean : clean + suffix
}
const isNamed = (roster: Roster, branch: Branch, name: string): boolean =>
  core(branch.name) === core(name) || branchName(roster, branch) === name

async function merge(turn: Turn, argument: string): Promise<void> {
  const [from, to, ...more] = argument.split(between).filter(Boolean)
  if (from === undefined || to === undefined || more.length > 0)
    return turn.say('请说明哪个支部并入哪个支部：“并入 原支部 现支部”。')
  const branch = await endable(turn, from)
  if (!branch) return
  const { roster } = turn
  const others = roster.branches.filter(({ id, missing }) => id !== branch.id && !missing)
  const match = matchBranch(to, namesOf(roster, others))
  const into = match.kind === 'one' ? others.find(({ id }) => id === match.id) : undefined
  if (!into)
    return turn.say(
      match.kind === 'several'
        ? `“${to}”不止一个支部：${fullNames(roster, match.ids).join('、')}。请写全名。`
        : `没有找到“${to}”这个支部。请回复“并入 ${from} 支部名”。`,
    )
  await replaceRoster(turn, endBranch(roster, branch.id, into.id))
  const full = branchName(roster, branch)
  await tellAll(
    turn,
    `${full}已并入${branchName(roster, into)}，不再计入统计；原来的记录可回复“历史 ${full}”查看。${await lagged(turn, branch)}`,
  )
}

/** 确认移除 with a branch. */
async function remove(turn: Turn, argument: string): Promise<void> {
  const branch = await endable(turn, argument.trim())
  if (!branch) return
  await replaceRoster(turn, endBranch(turn.roster, branch.id))
  const full = branchName(turn.roster, branch)
  await tellAll(turn, `${full}已移除，不再计入统计；原来的记录可回复“历史 ${full}”查看。${await lagged(turn, branch)}`)
}

/** A branch that no newer file names. For others the person is told what to do first. */
async function endable(turn: Turn, name: string): Promise<Branch | undefined> {
  const branch = oldBranch(turn, name)
  if (branch !== 'several' && branch?.missing) return branch
  const absent = turn.roster.branches.filter(({ missing }) => missing).map((one) => branchName(turn.roster, one))
  const left = absent.length > 0 ? `新名册里没有的支部：${absent.join('、')}。` : '现在没有这样的支部。'
  if (branch === 'several') turn.say(`“${name}”不止一个支部，请写全名。${left}`)
  else if (branch)
    turn.say(`${branchName(turn.roster, branch)}还在最新的名册里。请先从名册文件里去掉并重新导入，再回复这句话。`)
  else turn.say(`没有找到“${name}”这个支部。${left}`)
  return undefined
}

/** The old branch: one that no newer file names is preferred to one that it names. */
function oldBranch(turn: Turn, name: string): Branch | 'several' | undefined {
  const { roster } = turn
  for (const some of [roster.branches.filter(({ missing }) => missing), roster.branches]) {
    const match = matchBranch(name, namesOf(roster, some))
    if (match.kind === 'several') return 'several'
    if (match.kind === 'one') return some.find(({ id }) => id === match.id)
  }
  return undefined
}

/** A lagging branch that ended leaves both sides of the conversion rate (decision 11). */
async function lagged(turn: Turn, { id }: Branch): Promise<string> {
  const card = await turn.read(scorecards, ...idsOfCard(turn, { id }, 'deciding'))
  const { bands } = turn.campaign
  const isLowest = card !== undefined && bandIn(card, bands) === bands.lowest.name
  return isLowest ? `它原来定级为${bands.lowest.name}，转化率的分子和分母都不再算它。` : ''
}

/** Says it, and tells the others of the organization department. */
async function tellAll(turn: Turn, text: string): Promise<void> {
  turn.say(text)
  for (const person of holdersOf(turn.roster, 'organization-department'))
    if (person.id !== turn.who.id) await turn.tell(person, text, { about: 'roster', urgent: true })
}
