/** Finds which of the branches in a report were visited. */

import { numeralChars, wholeNumeral } from '../numerals.ts'
import { branchMentions, type Known, type Mention } from './branch-mentions.ts'
import { saysNoVisit } from './report-words.ts'

/**
 * Ids of branches. `unclear`: words that fit several of the person's branches, or a number of branches that is not theirs. `others`:
 * visited branches of somebody else. `none`: the text says that nobody was visited, or only met by video or telephone. `missed`: branches
 * of which it says no more than that the person did not go there.
 */
export type Visits = {
  branches: string[]
  unclear?: { words: string; ids: string[] }
  others: string[]
  none: boolean
  missed: string[]
  mentions: Mention[]
}

type Manner = 'gone' | 'named' | 'not' | 'missed' | 'except' | 'afar'
/** Mentions side by side (`A、B和C`) with the clause around them. */
type Group = { mentions: Mention[]; pre: string; post: string; next: string }

const clauseEnd = /[，,。！？!?；;\n\t]/
const verbs = '(?:走访|调研|看望|慰问|走进|来到|前往|深入|下到|去|到|赴)'
const joins = /^(?:、|和|与|及|以及|还有|，?还有|，?以及)$/

/** Reads the visits of a report. It takes only branches of which the text says that they were visited. */
export function readVisits(text: string, known: Known): Visits {
  const mentions = branchMentions(text, known)
  const groups = groupsOf(text, mentions)
  const manners = new Map(groups.flatMap((group) => group.mentions.map((one) => [one, mannerOf(group)] as const)))
  const by = (...wanted: Manner[]): Mention[] => mentions.filter((one) => wanted.includes(manners.get(one) ?? 'named'))
  const idsOf = (list: readonly Mention[]): string[] =>
    list.flatMap(({ match }) => (match.kind === 'one' ? [match.id] : match.kind === 'all' ? match.ids : []))
  const gone = new Set(idsOf(by('gone')))
  const left = new Set(idsOf(by('not', 'missed', 'except')).filter((id) => !gone.has(id)))
  const none = gone.size === 0 && deniesAll(withoutNames(text, mentions))
  const named = none ? [] : idsOf(by('named')).filter((id) => !left.has(id))
  const every = none
    ? undefined
    : allOf(text, { own: known.own.map(({ id }) => id), mentions, left, excepted: by('except').length > 0 })
  const visited = new Set([...gone, ...named, ...(every?.ids ?? [])])
  const branches = known.own.flatMap(({ id }) => (visited.has(id) ? [id] : []))
  const unsure = none
    ? []
    : by('gone', 'named').filter(({ match }) => match.kind === 'several' && !match.ids.some((id) => visited.has(id)))
  const others = [
    ...new Set(by('gone', 'named').flatMap(({ match }) => (match.kind === 'others' ? match.ids.slice(0, 1) : []))),
  ]
  const unclear =
    unsure.map((one) => ({ words: text.slice(one.from, one.to), ids: 'ids' in one.match ? one.match.ids : [] }))[0] ??
    (every && branches.length + others.length < every.count ? every.unclear : undefined)
  const afar = branches.length === 0 && !unclear && others.length === 0 && by('afar').length > 0
  return {
    branches,
    ...(unclear ? { unclear } : {}),
    others,
    none: (none && branches.length === 0 && !unclear) || afar,
    missed: idsOf(by('missed')).filter((id) => !gone.has(id)),
    mentions,
  }
}

/** Denies all visits in a clause without a name. `没去※` denies only that one branch. */
const deniesAll = (words: string): boolean =>
  words.split(/[，,。！？!?；;\n]/).some((clause) => !clause.includes('※') && saysNoVisit(clause))

function withoutNames(text: string, mentions: readonly Mention[]): string {
  let [words, from] = ['', 0]
  for (const mention of mentions) {
    words += `${text.slice(from, mention.from)}※`
    from = mention.to
  }
  return words + text.slice(from)
}

function groupsOf(text: string, mentions: readonly Mention[]): Group[] {
  const groups: { mentions: Mention[]; from: number; to: number }[] = []
  for (const mention of mentions) {
    const last = groups.at(-1)
    if (last && joins.test(text.slice(last.to, mention.from).replace(/[（(][^（()）]{0,12}[)）]/g, ''))) {
      last.mentions.push(mention)
      last.to = mention.to
    } else groups.push({ mentions: [mention], from: mention.from, to: mention.to })
  }
  return groups.map(({ mentions: list, from, to }, i) => {
    const before = text.slice(Math.max(groups[i - 1]?.to ?? 0, from - around), from)
    const after = text.slice(to, Math.min(groups[i + 1]?.from ?? text.length, to + around))
    const [post = '', next = ''] = after.split(clauseEnd)
    return {
      mentions: list,
      pre: before.split(clauseEnd).at(-1) ?? '',
      post,
      // A clause that goes on into another group is about that one.
      next: (groups[i + 1]?.from ?? Infinity) > to + post.length + next.length + 1 ? next : '',
    }
  })
}
/** How many characters of a clause are read on either side. */
const around = 40

const gap = '(?:再|能|够|及时|按时|按期|如期|有?时间|有?机会|来得及|顾得?上|抽出|安排)*'
const no = '(?:没有?|未能?|没能|无法|不能|不曾|未曾|未及|来不及|没空|没顾上|没来得及|不是)'
const deniedBefore = new RegExp(`${no}${gap}(?:${verbs}|参加|联系)?(?:成|了|过)*(?:的|是)*$`)
const planned = new RegExp(
  `(?:本来|原本|原来|原定|原计划|原打算|本打算|本想|打算|计划|准备|预计|拟|想|要|将|争取|应该|说好|说定|约好|约定|定好|安排好|原说)[^，]{0,8}?(?:${verbs}|参加)(?:一趟|一次)?的?(?:是)?$`,
)
const otherTime =
  /(?:上个?月|上上个?月|上次|上回|上季度|上学期|去年|前几?个?月|下个?月|下次|下周|下一步|下学期|下季度|改天|今后|明年)(?!以来)[^，]{0,8}$/
const turned = /(?:结果|后来|最后|改|实际|其实|才|这个?月|本月)[^，]{0,6}$/
const except = /(?:除了?|除去|除开|除却)[^，]{0,4}$/
const deniedAfter = new RegExp(
  `^[^，]{0,14}?(?:${no}|还没|没)${gap}(?:去|到(?![会位岗场齐])|走访|走到|前往|成行|安排|下去|排上|轮到)`,
)
const missed = new RegExp(
  `^(?:我|本人|其实|实际上?|这个?月|本月|这次|还|并|也|都)*${no}(?:去|到|走访|前往)(?:成|过|了)?$`,
)
const later =
  /^(?:书记)?(?:准备|打算|计划|等|留到|放到|安排在?)?(?:下个?月|下次|下周|下旬|以后|改天|回头|下一步|下季度|\d+月)(?:份|初|上旬|中旬|下旬)?(?:再|补|去|走|安排|走访)/
const nextDenied =
  /^(?:这个?月|本月|这次|还|也|都|一直|实在|确实)*(?:因[^，]{0,8})?(?:没有?去|没能去|没去成|未去|未走访|没走访|没顾上|没来得及|去不了|去不成)/
const nextLater = /^(?:准备|打算|计划)?(?:下个?月|下次|改天|以后)(?:再|补)?(?:去|走访|补)/
const goneBefore = new RegExp(
  `(?:${verbs}|参加|列席|指导|检查|联系|在)(?:慰问|调研|指导|检查|走访)?(?:了|过|的|的就?是|是|了?一?趟|了?[一两三]次|了?一下|看|看看|看了|本月的?|我联系的)*$`,
)
const goneAfter =
  /^(?:我|本人|这个?月|本月|这次|这趟|也|都|均|各|已经?|那边|两个支部|三个支部|全)*(?:去了|去过|到了(?!位)|去的|走访|走到|走了|跑了|访了|去看|看了|转了|坐了)/
const physical = new RegExp(
  `(?:${verbs}|在)(?:慰问|调研|指导|检查)?(?:了|过|的|的就?是|是|了?一?趟|了?[一两三]次|了?一下|看|看看|看了)*$`,
)
const afarWords = /电话|视频|线上|云端|云走访|腾讯会议|钉钉会议|微信|连线|网上|网络会议|网络会|远程|语音|发信息/
const partaking = /和|与|跟|同|参加|列席|听取|联系|通过|给|向|召开|用|听/

/** What a clause says of the branches named in it. */
function mannerOf({ pre, post, next }: Group): Manner {
  const isTurned = turned.test(pre) && goneBefore.test(pre)
  if (except.test(pre) && /外|其他|其余|都|均|全/.test(post + next)) return 'except'
  if (missed.test(post)) return 'missed'
  if (deniedBefore.test(pre) || deniedAfter.test(post)) return 'not'
  if (!isTurned && (planned.test(pre) || (otherTime.test(pre) && !goneAfter.test(post)))) return 'not'
  if (later.test(post)) return 'not'
  const isPhysical = physical.test(pre) || goneAfter.test(post)
  const isAfar = afarWords.test(post) && (partaking.test(pre) || /参加|列席|开的?|听的?/.test(post))
  if (afarWords.test(pre) || (!isPhysical && isAfar)) return 'afar'
  if (!isPhysical && (nextDenied.test(next) || nextLater.test(next))) return 'not'
  return isPhysical || goneBefore.test(pre) ? 'gone' : 'named'
}

const counted = `(?<count>\\d{1,3}|[${numeralChars}]{1,3})个`
const went = '(?:去|走(?!动)|到(?![会位岗场齐])|访|跑|转|看|调研)'
const each = '(?:都|均|全都?|全部|逐一|逐个|挨个|一一|已)'
const linked = '(?:(?:我|本人)?所?(?:联系|挂点|包联|分管|挂联)的?)'
const everyBefore = new RegExp(
  `(?:${linked}(?:这)?(?:全部|所有)?(?:${counted})?|(?:全部|所有|各个?|每一?个)(?:[两二三四五六七八九]个)?${linked}?|${counted.replace('count', 'number')}${linked}?)(?:党)?支部(?:我|这个?月|本月|这次|已经?|基本|全部)*${each}(?:(?!没|未)[^，。；\\n※]){0,6}?${went}`,
)
const everyOnce = new RegExp(
  `(?:${counted.replace('count', 'number')}${linked}?|${linked}(?:${counted})?)的?(?:党)?支部(?:我|这个?月|本月|\\d{1,2}月份?|已经?|这次){0,3}(?:走|跑|转|看|访|去)(?:了|过)(?:一?[遍圈]|个遍)`,
)
const everyAfter = new RegExp(
  `(?:走|访|跑|去|到|转|调研|看)(?:了|遍|完|过|访|到){0,3}(?:${linked}(?:全部|所有)?(?:${counted})?|(?:全部|所有|各个?|每一?个)(?:[两二三四五六七八九]个)?${linked}?|${counted.replace('count', 'number')}${linked}?)(?:党)?支部`,
)
const theRest = new RegExp(
  `(?:其他|其余|另外|剩下|余下)的?(?:(?<count>\\d{1,3}|[${numeralChars}]{1,3})个)?(?:党)?(?:支部)?(?:我|本月|这个?月)*${each}(?:(?!没|未)[^，。；\\n※]){0,4}?${went}`,
)
const restEach = new RegExp(`^(?:以外|之外|外|，)*[^。；\\n※]{0,12}${each}(?:(?!没|未)[^，。；\\n※]){0,6}?${went}`)

type Whole = { own: string[]; mentions: readonly Mention[]; left: ReadonlySet<string>; excepted: boolean }
/** `三个支部都走访了`, `联系的支部全部走到`, `除学生支部外都去了`: all of the person's branches except those left out. */
function allOf(
  text: string,
  { own, mentions, left, excepted }: Whole,
): { ids: string[]; unclear?: { words: string; ids: string[] }; count: number } | undefined {
  const words = withoutNames(text, mentions)
  const rest = theRest.exec(words)
  const remaining = own.filter((id) => !left.has(id))
  const isRest = excepted && words.split('※').some((piece) => restEach.test(piece))
  if ((rest || isRest) && left.size > 0) {
    const count = countOf(rest?.groups)
    return count === undefined || count === remaining.length
      ? { ids: remaining, count: remaining.length }
      : { ids: [], unclear: { words: rest?.[0] ?? '', ids: remaining }, count: 1 }
  }
  const found = everyBefore.exec(words) ?? everyAfter.exec(words) ?? everyOnce.exec(words)
  if (!found || /※(?:等|这|共)?$/.test(words.slice(0, found.index))) return undefined
  const count = countOf(found.groups)
  if (count === undefined || count === own.length) return { ids: remaining, count: own.length }
  return { ids: [], unclear: { words: found[0], ids: own }, count }
}
function countOf(groups: { [name: string]: string | undefined } | undefined): number | undefined {
  const said = groups?.['count'] ?? groups?.['number']
  // In `教工二两个支部` the name's number stands before the count.
  return said === undefined
    ? undefined
    : /\d/.test(said)
      ? Number(said)
      : (wholeNumeral(said) ?? wholeNumeral(said.slice(-1)) ?? 0)
}
