import type { Temporal } from 'temporal-polyfill'
import { type DayRules, dayProblem, readDay } from '../reading/said-day.ts'

/** `units` are the names of the units of which the person is secretary. */
export type Trainee = { id: string; name: string; units: readonly string[] }
export type TrainingSaid = { day: Temporal.PlainDate; way: '线上' | '线下'; people: string[] }

const online = /线上|网络|网上|在线/gu
const onsite = /线下|现场|集中|面授/gu
const everybody = /全体|全员|全部|所有/u
const filler =
  /(?:参加|参训|培训)?(?:人员|对象|方式|形式|时间|日期)\s{0,2}[:：]|全体|全员|全部|所有|培训班|培训|参加|参训|学习|书记|基层|党组织|党支部|党总支|同志|他们|以外|之外|其余|其他|人员|的人|[了都均的人和与及外班]|[\s，,、。.；;：:！!（）()]/gu

/**
 * Reads a training in one message: the day, the way, and who took part. Otherwise it returns one question for what is missing or cannot be
 * taken.
 */
export function readTraining(
  text: string,
  { rules, people }: { rules: DayRules; people: readonly Trainee[] },
): TrainingSaid | { say: string } {
  const day = readDay(text, rules)
  if (day && 'problem' in day) return { say: dayProblem(day) }
  const rest = day ? `${text.slice(0, day.start)} ${text.slice(day.end)}` : text
  const ways = [...(rest.match(online) ? ['线上' as const] : []), ...(rest.match(onsite) ? ['线下' as const] : [])]
  const [way, other] = ways
  if (other) return { say: '线上和线下请分两次记。' }
  const who = whoIn(rest.replace(online, ' ').replace(onsite, ' '), people)
  if (who && 'say' in who) return who
  const lacks = [...(day ? [] : ['哪一天']), ...(way ? [] : ['线上还是线下']), ...(who ? [] : ['哪些人参加'])]
  if (!day || !way || !who)
    return {
      say: `还差${lacks.join('、')}。请一条消息说完，如“培训 6月10日 线下 全体”或“培训 6月10日 线上 除张三、李四”。`,
    }
  return { day: day.day, way, people: who.ids }
}

/** All people, all except some, or the named ones. Undefined if nobody is meant. */
function whoIn(text: string, people: readonly Trainee[]): { ids: string[] } | { say: string } | undefined {
  const except = text.indexOf('除')
  const named = namesIn(except < 0 ? text : text.slice(except + 1), people)
  const before = except < 0 ? '' : text.slice(0, except).replace(filler, '')
  if ('say' in named) return named
  if (before !== '') return { say: `“${before}”没有读懂，应是哪些人参加？` }
  if (except >= 0) {
    if (named.ids.length === 0) return { say: '除了哪些人？请写上姓名。' }
    return { ids: people.map(({ id }) => id).filter((id) => !named.ids.includes(id)) }
  }
  if (named.ids.length > 0) return named
  return everybody.test(text) ? { ids: people.map(({ id }) => id) } : undefined
}

/** The named people. If two have the same name, the unit behind the name tells them apart. */
function namesIn(text: string, people: readonly Trainee[]): { ids: string[] } | { say: string } {
  const byName = [...people].sort((one, other) => other.name.length - one.name.length)
  const ids: string[] = []
  let left = ''
  for (let at = 0; at < text.length; ) {
    const [first] = byName.filter(({ name }) => text.startsWith(name, at))
    if (!first) {
      left += text[at++] ?? ''
      continue
    }
    at += first.name.length
    const [brackets = '', unit = ''] = /^[（(]([^（）()]{1,30})[）)]/u.exec(text.slice(at, at + 34)) ?? []
    at += brackets.length
    const same = people.filter(({ name }) => name === first.name)
    const meant = unit === '' ? same : same.filter(({ units }) => units.some((one) => one.includes(unit)))
    const [only, second] = meant
    if (!only) return { say: `没有找到“${first.name}${brackets}”，请核对后再说一次。` }
    if (second)
      return { say: `有${meant.length}位“${first.name}”，请写上支部，如“${first.name}（${only.units[0] ?? ''}）”。` }
    ids.push(only.id)
  }
  const unknown = left.replace(filler, ' ').trim()
  return unknown === '' ? { ids } : { say: `“${unknown.split(/\s+/u)[0] ?? ''}”不是现任书记的姓名，请核对后再说一次。` }
}
