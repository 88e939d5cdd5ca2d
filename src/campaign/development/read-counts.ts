import { numeralChars, wholeNumeral } from '../numerals.ts'
import { listNumber } from '../reading/list-number.ts'

/** The kinds of people in the development of members. `beyond` are those beyond their term; `told` are those of them who were told. */
export const countKinds = ['applicants', 'candidates', 'probationary', 'confirmed', 'told', 'beyond'] as const
export type CountKind = (typeof countKinds)[number]
export type Counts = { [Kind in CountKind]?: number }

export const kindWords: Readonly<Record<CountKind, string>> = {
  applicants: '积极分子',
  candidates: '发展对象',
  probationary: '预备党员',
  confirmed: '转正',
  told: '已明确意见并告知本人',
  beyond: '超过培养期限',
}
/** The longest first, because 预备党员转正 contains 预备党员 but is another kind. */
const spoken: readonly [string, CountKind][] = [
  ['已明确意见并告知本人', 'told'],
  ['明确意见并告知本人', 'told'],
  ['已明确意见并告知', 'told'],
  ['明确意见并告知', 'told'],
  ['预备党员转正', 'confirmed'],
  ['超过培养期限', 'beyond'],
  ['入党积极分子', 'applicants'],
  ['拟发展对象', 'candidates'],
  ['转正党员', 'confirmed'],
  ['按期转正', 'confirmed'],
  ['已告知本人', 'told'],
  ['告知本人', 'told'],
  ['停止发展', 'beyond'],
  ['积极分子', 'applicants'],
  ['发展对象', 'candidates'],
  ['预备党员', 'probationary'],
  ['已告知', 'told'],
  ['转正', 'confirmed'],
  ['预备', 'probationary'],
  ['告知', 'told'],
  ['超期', 'beyond'],
]
/** The number of a list before a kind: `1.积极分子12`. */
const listed = new RegExp(`(?<before>^|[\\n；;。，,])\\s{0,4}${listNumber}\\s{0,2}(?=[\\p{Script=Han}]{2})`, 'gu')
const nones = ['没有', '暂无', '无']
const fillers = [
  '党支部',
  '本支部',
  '我支部',
  '支部',
  '截至',
  '截止',
  '目前',
  '人数',
  '其中',
  '现有',
  '分别',
  '共有',
  '今年',
  '上半年',
  '下半年',
]
const marks =
  /^(?:[\s，,、。.；;：:！!（）()有共和及为是的了已均都新现本也]|[\d０-９]{1,2}月(?:[\d０-９]{1,2}[日号])?(?:底|末)?)/u
const number = new RegExp(`^(?:[\\d０-９]{1,4}(?![\\d０-９])|[${numeralChars}]{1,3})`, 'u')
const unit = /^\s?(?:人|名|个|位)/u

/**
 * `counts`: the counts in the text. `bare`: a number without a kind. `say`: a question back. `names`: the text has words that are no count
 * and may be a name.
 */
export type ReadCounts = { counts: Counts; bare?: number } | { say: string } | { names: true }

/**
 * Reads numbers by kind; the number stands before or after the kind. Any other word may be a name, and then nothing of the text is taken or
 * quoted.
 */
export function readCounts(typed: string): ReadCounts {
  const text = typed.replace(listed, '$<before>')
  const tokens = tokensOf(text)
  if (!tokens) return { names: true }
  const fraction = /[\d０-９]{1,4}[.．][\d０-９]{1,4}/u.exec(text)?.[0]
  if (fraction !== undefined) return { say: `“${fraction}”不是整数，应是几人？` }
  const counts: Counts = {}
  let open: CountKind | undefined
  let held: number | undefined
  for (const token of tokens) {
    if (typeof token === 'string') {
      if (open !== undefined) return { say: `${kindWords[open]}是几人？请把人数写在后面，如“${kindWords[open]}2”。` }
      if (held === undefined) open = token
      else counts[token] = held
      held = undefined
      continue
    }
    if (open !== undefined) {
      if (counts[open] !== undefined && counts[open] !== token.count)
        return { say: `${kindWords[open]}说到了两个人数，应是几人？` }
      counts[open] = token.count
      open = undefined
    } else if (held === undefined) held = token.count
    else return { say: '有两个人数连在一起，不知道各是哪一类。请写成“积极分子12 发展对象3”。' }
  }
  if (open !== undefined) return { say: `${kindWords[open]}是几人？请把人数写在后面，如“${kindWords[open]}2”。` }
  return held === undefined ? { counts } : { counts, bare: held }
}

type Token = CountKind | { count: number }

/** Kinds and numbers in their order, or undefined if the text holds anything else. */
function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at, at + 16)
    const kind = spoken.find(([word]) => rest.startsWith(word))
    const none = nones.find((word) => rest.startsWith(word))
    const filler = kind ? undefined : (fillers.find((word) => rest.startsWith(word)) ?? marks.exec(rest)?.[0])
    if (kind) {
      tokens.push(kind[1])
      at += kind[0].length
    } else if (none !== undefined) {
      tokens.push({ count: 0 })
      at += none.length
    } else if (filler !== undefined) at += filler.length
    else {
      const found = number.exec(rest)?.[0]
      const count = found === undefined ? undefined : valueOf(found)
      if (found === undefined || count === undefined) return undefined
      tokens.push({ count })
      at += found.length
      at += unit.exec(text.slice(at, at + 2))?.[0].length ?? 0
    }
  }
  return tokens
}

const valueOf = (word: string): number | undefined =>
  /^[\d０-９]/u.test(word) ? Number(word.normalize('NFKC')) : wholeNumeral(word)
