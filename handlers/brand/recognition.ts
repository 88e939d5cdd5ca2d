import { dayOf } from '../../src/bot/clock.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import type { BrandDeed, Honour } from '../../src/campaign/brand/read-brand.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { namesOf } from '../../src/campaign/roster/branch-names.ts'
import { matchBranch } from '../../src/campaign/roster/names.ts'
import { holdersOf, personOf } from '../../src/campaign/roster/roster.ts'
import type { Unit } from '../../src/forms/own-units.ts'
import { record, stands, withdraw } from '../../src/forms/record.ts'
import { allUnits } from './list.ts'
import { honours, recognitions } from './records.ts'

/** 组织部 recognises a unit or withdraws that. The unit hears at once. A second person who does the same is told who did it. */
export async function decide(turn: Turn, said: BrandDeed): Promise<void> {
  if (said.deed === 'recognise' && said.honour === undefined)
    return turn.say(`认定为什么？可以是${honours.join('、')}，如“品牌 ${said.unit} 认定特色支部”。`)
  const found = unitNamed(turn, said.unit, said.honour)
  if ('say' in found) return turn.say(found.say)
  if (said.deed === 'recognise') return recognise(turn, found.unit, said.honour ?? '党建品牌')
  await takeBack(turn, found.unit, said)
}

/** 特色支部 are branches, 特色院系 general branches; a brand may be of either. */
function unitNamed(turn: Turn, typed: string, honour: Honour | undefined): { unit: Unit } | { say: string } {
  const kinds = honour === '特色支部' ? ['branch'] : honour === '特色院系' ? ['general'] : ['branch', 'general']
  const units = allUnits(turn)
  const generals = matchBranch(typed, turn.roster.generalBranches)
  const branches = matchBranch(typed, namesOf(turn.roster))
  const ids = (match: typeof generals): readonly string[] =>
    match.kind === 'one' ? [match.id] : match.kind === 'several' ? match.ids : []
  const meant = units.filter(({ kind, id }) => (kind === 'general' ? ids(generals) : ids(branches)).includes(id))
  const fitting = meant.filter(({ kind }) => kinds.includes(kind))
  const exact = fitting.filter(({ name }) => name === typed)
  const [only, other] = exact.length > 0 ? exact : fitting
  if (only && !other) return { unit: only }
  if (only) return { say: `“${typed}”可能是${fitting.map(({ name }) => name).join('、')}，请写全名再说一次。` }
  const [wrong] = meant
  if (wrong)
    return {
      say: `${wrong.name}不能认定为${honour ?? ''}：${honour === '特色支部' ? '特色支部认定的是党支部' : turn.worded`特色院系认定的是党总支`}。`,
    }
  return { say: turn.worded`没有找到单位“${typed}”，请写支部或党总支的名称。` }
}

const idsOf = (honour: Honour, { kind, id }: Unit): string[] => [honour, kind, id]

async function recognise(turn: Turn, unit: Unit, honour: Honour): Promise<void> {
  const before = await turn.read(recognitions, turn.campaign.id, ...idsOf(honour, unit))
  if (stands(before)) {
    const who = personOf(turn.roster, before.by)?.name ?? '他人'
    return turn.say(`${unit.name}已由${who}在${dayWords(dayOf(before.at))}认定为${honour}，没有再发通知。`)
  }
  await record(turn, recognitions, { ids: idsOf(honour, unit), content: { honour }, what: '认定' })
  await tell(turn, unit, turn.worded`${unit.name}已由组织部认定为${honour}。`)
  turn.say(`已记下：${unit.name} ${honour}，已告知该单位。`)
}

async function takeBack(turn: Turn, unit: Unit, said: BrandDeed & { deed: 'withdraw' }): Promise<void> {
  const held: Honour[] = []
  for (const honour of honours)
    if (stands(await turn.read(recognitions, turn.campaign.id, ...idsOf(honour, unit)))) held.push(honour)
  const meant = said.honour ? held.filter((one) => one === said.honour) : held
  const [only, other] = meant
  if (!only) return turn.say(`${unit.name}没有${said.honour ?? ''}的认定，不用撤销。`)
  if (other)
    return turn.say(`${unit.name}有${held.join('、')}，撤销哪一个？请说“品牌 ${said.unit} 撤销 认定${only} 原因”。`)
  if (said.reason === '') return turn.say(`撤销请写明原因，如“品牌 ${said.unit} 撤销 原因”。`)
  await withdraw(turn, recognitions, { ids: idsOf(only, unit), reason: said.reason })
  await tell(turn, unit, turn.worded`${unit.name}的${only}认定已由组织部撤销，原因：${said.reason}。`)
  turn.say(`已撤销：${unit.name} ${only}，已告知该单位。`)
}

async function tell(turn: Turn, { kind, id }: Unit, text: string): Promise<void> {
  const secretaries =
    kind === 'branch'
      ? holdersOf(turn.roster, 'branch-secretary', { branch: id })
      : holdersOf(turn.roster, 'general-branch-secretary', { generalBranch: id })
  for (const person of secretaries)
    if (person.id !== turn.who.id) await turn.tell(person, text, { about: 'brand', urgent: true })
}
