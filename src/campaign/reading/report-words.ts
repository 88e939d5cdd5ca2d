/** By which words people say what belongs where in a liaison report (plan, 三（八）: 联系调研、解决问题、难点堵点和热点). */

export type Part = 'seen' | 'solved' | 'hard' | 'advice'

const issues = '(?:难点|堵点|热点|痛点|难题|瓶颈|短板|困难|问题)'
const objects = `(?:需要?|要|可|值得|提交|上报|反映|研究|解决|党委会?|的|新|其他|其它|明显|突出|特别|太?大|什么|啥|任何|${issues}|建议|意见|事项|情况|、|和|与|及|或|，)`
const both = '(?:(?:这?两[项个样]|以上|上述)?(?:都|均|皆|全都?))'
const none = `(?:${both}|也)?(?:没有?|无|暂无|并无|尚无|未发现|没发现|不存在|未见|没啥|不涉及)`
const lately = '(?:本月|这个?月|这次|目前|当前|现在|暂时?|方面|上|我这里|我这边|支部|：|:|，|,)'
const noneOnly = new RegExp(
  `^${lately}*(?:${issues}|[、和与及]|建议|意见|方面)*${lately}*${none}${objects}*(?:了|的|哦|吧)?$`,
)

/** `无`, `没有难点`, `暂无`, `难点堵点均无`: an answer, but nothing to put on the agenda. */
export const saysNone = (text: string): boolean =>
  text.split(/[\n。；;！!]/).every((sentence) => noneOnly.test(bare(sentence)) || bare(sentence) === '') &&
  bare(text) !== ''
const bare = (text: string): string => text.normalize('NFKC').replace(/[\s。.!?！？"“”'（）()]/g, '')

/** `都没有`: the same answer to all that was asked. */
export const saysNoneOfAll = (text: string): boolean =>
  saysNone(text) && new RegExp(`^${lately}*${both}`).test(bare(text))

/** Said as nothing was solved: `本月没有解决问题`. */
const solvedNone =
  /^(?:本月|这个?月|暂时?|目前)?(?:没有?|暂无|暂未|未|无)(?:帮助|帮忙)?(?:解决|协调|办理)(?:什么|任何|的|具体)*(?:问题|困难|事项)?[。，；\s]*$/
const unsolved =
  /(?:没有?|未|还没|尚未|难以|无法|不能|没能|未能)(?:得到|能|完全|彻底|根本|有效)*(?:解决|落实|处理)|(?:亟待|有待|亟需|急需|待|需要?|请|希望|盼|恳请|建议).{0,12}(?:解决|协调|支持|研究|关注)|解决不了/
const toCommittee =
  /(?:请|希望|盼|恳请|建议|提请|提交|报请|需要?|上报).{0,6}(?:党委会?|学院|学校|上级|组织部|院里).{0,8}(?:研究|解决|协调|支持|关注|帮助|考虑|讨论|审议|决定)|提交党委会?|请党委|上党委会/
const solved =
  /(?:帮助?|协助|当场|现场|已经?|及时|推动|督促|会同|牵头)(?:他们|支部|该支部|其)?(?:.{0,6})(?:解决|协调|落实|处理|修|办|联系|更换|补|配|争取|答复|化解|完成)|(?:解决|协调|落实|处理|化解|修好|办好|办理|争取|配备|更换|答复)(?:好|到|成|完)?了|(?:争取|协调|筹措|落实)到|^(?:帮助?|协助|协调|解决|联系了|推动)|(?:问题|困难|难题)(?:已经?|得到|基本)+(?:解决|落实|处理)/
const hardWords =
  /难点|堵点|热点|痛点|难题|瓶颈|短板|困难(?!党员|学生|职工|教师|群众|家庭|户|同志|师生|补助)|(?:存在|主要|突出|遗留|共性)的?(?:主要|突出|一些|以下)?问题|问题(?:是|在于|主要|突出|较多|还?有)|(?:经费|人手|场地|力量|精力|经验|时间|阵地|设备)(?:严重|比较|还|仍)?(?:不足|不够|紧张|缺乏|短缺)|缺少|缺乏|不足(?!为)/
const adviceStart =
  /^(?:我|本人|也|并|另外?|此外|同时|因此|所以|个人)*(?:的|有)?(?:建议|意见(?:是|建议)|提议|希望|对策|下一步|下步|今后|打算)/

/** The part that a clause speaks of by its own words; undefined where none stands out. */
export function partOf(clause: string): Part | undefined {
  const text = clause.trim()
  if (solvedNone.test(text)) return 'solved'
  if (saysNone(text) && /难点|堵点|热点|困难|问题|难题/.test(text)) return 'hard'
  if (toCommittee.test(text)) return 'hard'
  if (adviceStart.test(text)) return unsolved.test(text) && !/^(?:我|另外?)?建议/.test(text) ? 'hard' : 'advice'
  if (unsolved.test(text)) return 'hard'
  if (solved.test(text)) return 'solved'
  return hardWords.test(text) ? 'hard' : undefined
}

/** Plain words of how things stand. */
export const soundsSeen = (sentence: string): boolean =>
  /(?<!不|没有?|未能)(?:正常|健全|规范|按期|按时|按要求|良好|较好|积极|到位|扎实|齐全)|看到|了解到?|召开|座谈|参加了|听取|查看|检查了|调研|走访/.test(
    sentence,
  )

const ordinal = '(?:[（(]?(?:\\d{1,2}|[一二三四五六七八九十])[)）、.．]\\s*|[*•·—-]\\s*)?'
/** A title holds nothing but these words, so that none of the person's own is lost with it. */
const titleWords =
  '(?:本月|这个?月|这次|我|看到|看见|了解|掌握|见到|见闻|印象|总体|基本|走访|联系|到访|调研|党建|支部|党支部|活动|工作|现状|情况|的|和|与|及|、|主要|突出|存在|发现|反映|遗留|一些|解决|帮助|协助|协调|办理|落实|推动|已经?|所|未|没有|尚|待|需要?|请|提交|党委会?|研究|难点|堵点|热点|痛点|难题|困难|问题|短板|不足|瓶颈|事项|实事|办|意见|建议|对策|措施|下一?步|打算|到)+'
const heading = new RegExp(`^\\s*${ordinal}(?:【(${titleWords})】\\s*[:：]?|(${titleWords})\\s*[:：])\\s*`)
const titleAlone = new RegExp(`^\\s*${ordinal}(?!(?:本月)?(?:没|未走访))(${titleWords})\\s*\\n\\s*$`)

const titles: readonly [Part | 'branch', RegExp][] = [
  ['branch', /^(?:本月|这次|我)?(?:走访|联系|到访|所到|到|调研)?的?(?:党?支部)$/],
  ['hard', /(?:未|没有|待|需|请).{0,6}(?:解决|研究|协调)|提交党委/],
  ['solved', /解决|帮助|协助|协调|办理|落实|推动|实事/],
  ['hard', /难点|堵点|热点|痛点|难题|困难|问题|短板|不足|瓶颈/],
  ['advice', /建议|意见|对策|打算|下一?步|措施/],
  ['seen', /情况|看到|看见|了解|掌握|见闻|见到|印象|走访|调研|联系|活动|现状|工作/],
]

/** `难点：`, `【意见建议】`, `二、解决的问题：`, or a title alone on its line: which part follows, and how long the title is. */
export function titled(text: string, startsLine: boolean): { part: Part | 'branch'; length: number } | undefined {
  const found = heading.exec(text) ?? (startsLine ? titleAlone.exec(text) : null)
  const words = (found?.[1] ?? found?.[2])?.trim()
  const part = titles.find(([, pattern]) => words !== undefined && pattern.test(words))?.[0]
  return found && part ? { part, length: found[0].length } : undefined
}

const notGone =
  /(?:没有?|未能?|没能|无法|未曾)(?:时间|空|来得及|机会)?(?:再|能)?(?:走访|下支部|下基层|下去|[去到]支部|去成|前往|开展走访|安排走访|联系支部|到基层)(?![^，。；]{0,4}(?:党员|学生|群众))|(?:^|[，。；,;\s]|[本个]月|\d月份?|我)(?:还|也|都)?(?:没有?|未)[去到](?!过?[^，。；]{0,4}(?:党员|学生|群众|位))/
/** `本月未走访`, `这个月没有下去`. */
export const saysNoVisit = (text: string): boolean => notGone.test(text)

/** 本月未走访 alone is no reason yet. */
export const givesReason = (text: string): boolean =>
  bare(text)
    .replace(/[，,；;、]/g, '')
    .replace(
      /本月|这个?月|\d+月份?|我|暂时?|任何|一个|党?支部|基层|下去|走访|调研|联系|开展|前往|安排|没有?|未能?|没能|无法|还|也|去|到|下|了|过|的/g,
      '',
    ).length >= 2
