/** The words by which people say that something is solved or open, or that there is nothing (plan, 三（八）: 联系调研、解决问题、难点堵点和热点). */

const issues = '(?:难点|堵点|热点|痛点|难题|瓶颈|短板|困难|问题)'
const objects = `(?:需要?|要|我|可|值得|提请|报请|上会|提交|上报|反映|研究|解决|帮助|协调|党委会?|的|新|大|其他|其它|明显|突出|特别|特殊|太|什么|啥|任何|别的|${issues}|建议|意见|事项|事情|情况|、|和|与|及|或|，)`
const both = '(?:(?:这?两[项个样]|以上|上述)?(?:都|均|皆|全都?))'
const none = `(?:${both}|也|还|暂时?|目前|本月)?(?:没有?|无|暂无|并无|尚无|未发现|没发现|不存在|未见|没啥|不涉及|(?:谈|说|算)不上有?)`
const lately =
  '(?:本月|这个?月|这次|目前|当前|现在|暂时?|方面|上|我这里|我这边|支部|党委|需要?|解决|研究|的|提交|：|:|，|,)'
const rest = '(?:别的|其他|其它|其余|另外|此外|除此之?外)'
const noneOnly = new RegExp(
  `^(?:${rest}|${lately})*(?:${issues}|[、和与及]|建议|意见|方面)*${lately}*${none}${objects}*(?:了|的|哦|吧|啦|呢)?$`,
)
const restNone = new RegExp(`^${rest}`)
const bare = (text: string): string => text.normalize('NFKC').replace(/[\s。.!?！？"“”'（）()]/g, '')
const longestNone = 40
/** `还没解决` does not answer that there is nothing: something waits. */
const waiting = /(?:没有?|无)(?:得到)?(?:解决|协调|研究|反映|帮助)$/

/** Whether one clause says that there is nothing: `无`, `没有难点`, `难点堵点均无`. */
const isNone = (clause: string): boolean => {
  const words = bare(clause)
  if (words === '' || words.length > longestNone || notNone.test(words) || waiting.test(words)) return false
  if (counted.test(words)) return true
  if (solvedNone.test(words)) return false
  // 没问题没难点没解决事项
  const parts = words.split(/(?<=[^都均皆也还并暂尚])(?=没有?|无)/)
  return noneOnly.test(words) || (parts.length > 1 && parts.every((one) => noneOnly.test(one) || solvedNone.test(one)))
}
/** 难点0, 难点堵点0个 */
const counted = /^(?:难点|堵点|热点|问题|困难|、){0,4}(?:为|：|:)?[0零](?:个|条|项)?$/
/** 不能说没有难点 means that there are some. */
const notNone = /(?:不能说|不是|并非|不可能|不敢说)没有?/
/** The end of a dictated text: `…都正常没有什么难点`. */
const endsInNone =
  /(?:没有?|没啥|无)(?:什么|啥|任何|别的|其他|大的?|新的?)*(?:难点|堵点|热点)(?:了|啦|吧)?[。\s]*$|(?:没什么|没啥|没有什么|没有啥|没有任何)(?:大的?|别的|其他)*(?:困难|问题)(?:了|啦|吧)?[。\s]*$/
/** Whether a text says that there is nothing for the agenda: `无`, `没有难点`, `暂无`, `难点堵点均无`, `解决无，难点无`. */
export const saysNone = (text: string): boolean => {
  const sentences = text.split(/[\n。；;！!]/).filter((sentence) => bare(sentence) !== '')
  return (
    sentences.length > 0 &&
    sentences.every((one) => isNone(one) || one.split(/[，,]/).every((clause) => isNone(clause)))
  )
}

const enough =
  /^(?:以?上面?|前面|刚才|报告里)?(?:的)?(?:都|已经?|全都?){0,3}(?:说了|说过了?|写了|讲了|报了|有了|说完了)(?:的)?(?:啊|哦|吧|呀)?$|^(?:没了|没有了|没别的了?|没有别的了?|没其他的?了?|就这些了?|就这样吧?|完了|不用了|没啥了)$/
/** Whether a text says that nothing is to be added: `上面都说了`, `没了`. */
export const saysEnough = (text: string): boolean => enough.test(bare(text).replace(/[，,]/g, ''))

const yes = /^(?:是的?|对的?|要|要的|列入|列上|算|算的?|好的?|可以|需要|嗯+|上报|提交党委会?)$/
export const saysYes = (text: string): boolean => yes.test(bare(text))

const place =
  '(?:党委会?|学院|学校|上级|组织部|院里|院党委|院领导|领导|党办|后勤处?|有关部门|相关部门|职能部门|学工处?|教务处?|人事处?|财务处?|各系|各班|辅导员|大家)'
const stillNot =
  /(?:没有?|未|尚未|没能|未能|无法|没法|不能|难以|不好)(?:得到|能|完全|彻底|根本|有效|妥善|及时|真正|很好地?|再|继续|同时){0,3}(?:解决(?!什么|啥|任何)|落实|处理|修|配上?|安排|答复|到位|着落|人管|人修|办法|明确|回复|批|更换|改善|搞定|办成|下文|结果|保证|统一|协调)/
const beyond =
  /解决不了|推不动|推不下去|协调不[了下来动]|办不[了成]|管不了|没有?人管|没谁管|没有?办法|无能为力|力不从心|定不了|说了不算|(?:超出|不在).{0,6}(?:权限|能力|范围)|(?:自己|支部|自身|层面).{0,6}(?:无法|不能|难以|没法|没能力)|需(?:要)?.{0,2}党委/
const asks = new RegExp(
  `(?:请|希望|盼|恳请|建议|提请|提交|报请|需要?|须|得|要|由|等|求|望).{0,6}${place}.{0,14}(?:研究|解决|协调|支持|关注|帮助|帮忙|考虑|讨论|审议|决定|定|配|拨|出面|重视|统筹|安排|明确|过问|管|给)`,
)
const wishes =
  /(?:希望|盼|恳请|请求|恳求|呼吁|期盼).{0,14}(?:协助|支持|帮助|帮忙|解决|协调|增加|增配|配备|配|给|统一|考虑|研究|关注)|(?:亟待|有待|亟需|急需|待).{0,6}(?:解决|协调|支持|研究|改善|加强)/
const named =
  /(?:难点|堵点|热点|痛点|瓶颈|难题)(?!无)|困难(?:是|在于|主要)|(?:存在|主要|突出|最大|共性)的?(?:主要|突出|一些)?(?:困难|问题)(?:是|在于|：|:)?|问题(?:是|在于|就是|突出|较多)/
/** `请党委研究`, `提交党委会`. */
const committee = /(?:请|提请|提交|报请|建议|希望|恳请|需要?|上报|报).{0,4}党委/
const toCommittee = (clause: string): boolean => committee.test(clause)

const weak =
  /困难(?!党员|学生|职工|教师|教工|群众|家庭|户|同志|师生|补助|帮扶)|难(?:以|度|保证|约|统一|管|找|办|落实|协调|到位|组织)|不足(?!为)|(?<!不)(?:紧张|缺少|缺乏|短缺)|缺(?!席)|不够|偏[少低弱]|漏[雨水风]|坏了|坏掉|老化|老旧|破旧|停滞|联系不上|集中不了|聚不齐|来不了|参加不了|时间冲突|问题(?!已|都|均|得到)|矛盾|压力大|走不动|过多|太[少慢旧小多]|没有(?:固定|专门|经费|场地|场所|时间|人手|车|地方)/
const unweak =
  /(?:没有?|无|未|不存在|并无|没发现|未发现|不)[^，]{0,8}(?:困难|问题|不足|缺|矛盾|紧张|难)|(?:难能可贵|难忘|难得|攻坚克难|克服困难|解难|难点：?无)/

const done =
  /(?:已经?|现已|均已|当场|现场|当天|当即|及时|随即|很快|马上|目前已)[^，]{0,16}(?:解决|协调|落实|处理|修|办|联系|更换|换|补|配|争取|答复|化解|完成|送|整改|采纳|到位|合格|克服|纠正|支援|要求|督促|安排|调剂|添|购|解除|转|打电话)|(?:解决|协调|落实|处理|化解|修好|办好|办理|争取|配备|更换|答复|修复|补齐|整改|采纳|克服|调剂|联系|理顺|打通|安装|添置|购置|添|换|修|补|弄|搞|整)(?:好|到|成|完|上|妥|齐)?(?:了|过(?!程))|(?:争取|协调|筹措|落实)到|(?:帮助?|帮忙|协助|协调|帮着|推动|督促|牵头|会同)(?:他们|支部|该支部|其|着)?[^，]{0,8}(?:解决|协调|落实|处理|修|办|联系|更换|换|补|配|争取|完成|化解|添|安装|申请|起草|制定|理顺|打印)|^(?:帮助?|协助|协调|解决|联系了|推动)|(?:问题|困难|难题)(?:已经?|得到|基本|都|均|全部){1,3}(?:解决|落实|处理|克服)/
const notDone = /(?:没有?|未|尚未|没能|未能|无法|没法|不能|难以|还没)(?:得到|能|完全|彻底|有效|帮助?|协助)*$/
const before = /之前|原来|上次|此前|上个?月|以前|一直|过去|前段/

const onlyThat = /^(?:就是|只是|但|不过)/

const lastIndex = (pattern: RegExp, text: string): number => pattern.exec(text)?.index ?? -1
function isDone(clause: string): boolean {
  const found = done.exec(clause)
  return (
    found !== null &&
    !notDone.test(clause.slice(0, found.index)) &&
    !stillNot.test(clause.slice(Math.max(0, found.index - 4)))
  )
}
const denied = /(?:没有?|无|没啥|未发现|不存在)[^，]{0,8}(?:难点|堵点|热点|痛点|瓶颈|难题|困难|问题)/
const isOpen = (clause: string): boolean =>
  ([stillNot, beyond, asks, wishes].some((pattern) => pattern.test(clause)) ||
    (named.test(clause) && (!denied.test(clause) || notNone.test(clause)))) &&
  !/^(?:听取|征求|收集)/.test(clause)

/**
 * What a sentence says about problems. `open`: one waits; `doubt`: one may wait; `weak`: only words of want. `none`: there is none; `rest`:
 * none besides those said. `done`: something was solved.
 */
export type Saying = { open?: 'open' | 'doubt' | 'weak'; none?: true; rest?: true; done?: true; committee?: true }

/** Reads clause by clause. A deed after a want closes it, but an issue that waits is closed only if it is told as past. */
export function sayingOf(sentence: string): Saying {
  const saying: Saying = {}
  let isPast = false
  for (const clause of sentence.split(/[，,：:]|(?<=\S)(?=但|就是)/)) {
    if (before.test(clause)) isPast = true
    if (saysNothingSolved(clause)) {
      saying.done = true
      continue
    }
    if (isNone(clause) || (saying.open !== 'open' && endsInNone.test(clause) && !notNone.test(clause))) {
      saying.none = true
      if (restNone.test(bare(clause))) saying.rest = true
      continue
    }
    const doneHere = isDone(clause)
    if (
      isOpen(clause) &&
      !(doneHere && lastIndex(done, clause) > lastIndex(stillNot, clause) && !beyond.test(clause) && !asks.test(clause))
    ) {
      saying.open = 'open'
      if (toCommittee(clause)) saying.committee = true
    } else if (doneHere) {
      saying.done = true
      if (saying.open === 'weak' || (saying.open === 'open' && isPast)) delete saying.open
      else if (saying.open === 'open') saying.open = 'doubt'
    } else if (saying.open === undefined && weak.test(clause) && !unweak.test(clause)) {
      // 没什么问题，就是党员太少: the want takes back that there is nothing.
      saying.open = saying.none && onlyThat.test(clause) ? 'doubt' : 'weak'
      if (saying.open === 'doubt') delete saying.none
    }
  }
  return saying
}

const solvedNone =
  /^(?:本月|这个?月|暂时?|目前|也|我)*(?:没有?|暂无|暂未|未|无)(?:帮助|帮忙|帮着|能)?(?:解决|协调|办理|办成|办|帮上|帮|做成)(?:什么|任何|的|具体|啥|成|上)*(?:问题|困难|事项|事情|事|忙|实事)?(?:需要解决)?[。，；\s]*$/
/** Whether a text says that nothing was solved: `本月没有解决问题`, `解决：无`. */
export const saysNothingSolved = (sentence: string): boolean =>
  sentence.split(/[，,]/).some((clause) => solvedNone.test(clause.trim()))

const seenWords =
  /(?<!不|没有?|未能)(?:正常|健全|规范|按期|按时|按要求|良好|较好|积极|到位|扎实|齐全|认真|团结|挺好|都好|完整|活跃|热烈|有序|丰富|浓厚|很好|不错|得好|率高)|看到|了解到?|召开|座谈|参加了|听取|查看|检查了|调研|走访|^(?:其余|其他|另外)/
/** Whether a sentence plainly says how things are. */
export const soundsSeen = (sentence: string): boolean => seenWords.test(sentence)
/** Whether a sentence ends a letter: `以上，请审阅`. */
export const isClosing = (sentence: string): boolean =>
  /^[\s，,]*(?:以上|请审[阅核]|请批示|特此|此致|敬礼|谢谢|感谢|妥否|汇报完毕)/.test(sentence)

const notGone =
  /(?:下|走|去)不[去了成开](?=[，。,]|$)|(?:没有?|未能?|没能|无法|未曾|没顾上|没顾得上|没来得及|没时间|没空|未及|不能)(?:时间|空|来得及|机会|再|能|开展|安排|进行|组织|实地|现场){0,3}(?:走访|下支部|下基层|下去|[去到](?:过)?(?:联系的?|任何|各)?(?:党)?支部|去成|前往|联系支部|到基层|入支部|去(?=$|[，。,；;\s]|了?$))(?![^，。；]{0,4}(?:流动|困难|老)?(?:党员|学生|群众))|(?:^|[，。；,;\s]|[本个]月|\d月份?|我)(?:还|也|都|一直)?(?:没有?|未)[去到](?!过?[^，。；]{0,4}(?:党员|学生|群众|位|※|会|岗|场))|支部(?:都|均|全|一个也|一个都)(?:还)?(?:没|未)[能有]?(?:去|走|到(?![会位岗场齐])|访)|(?:一个|哪个)支部(?:都|也)没|(?:无|没有?|未)走访(?:任务|$|[，。])/
/** Whether a text says that there was no visit: `本月未走访`, `这个月没有下去`. In the text ※ stands for each branch's name. */
export const saysNoVisit = (text: string): boolean => notGone.test(text)

/** Whether a text gives a reason. 本月未走访 alone gives none. */
export const givesReason = (text: string): boolean =>
  bare(text)
    .replace(/[，,；;、]/g, '')
    .replace(
      /本月|这个?月|\d{1,2}月份?|我|暂时?|任何|一个|党?支部|基层|下去|走访|调研|联系|开展|前往|安排|没有?|未能?|没能|无法|还|也|去|到|下|了|过|的/g,
      '',
    ).length >= 2
