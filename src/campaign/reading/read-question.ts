/**
 * Reads questions in plain words (contract, part two). It returns the subject of the question, not the answer. Undefined if we do not know
 * the question.
 */

export type Question =
  | { kind: 'own-branches' }
  /** How far a branch is from a band. If no band is named, the next better one is meant. `branch` is as typed. */
  | { kind: 'distance'; branch: string; band?: string }
  | { kind: 'result'; branch: string }
  | { kind: 'days-left'; of: 'month' | 'quarter' | 'year' }
  | { kind: 'deadline'; duty: string }
  /** The same question as a command word asks. */
  | { kind: 'word'; word: string }

type Known = { bands: readonly string[]; duties: readonly string[] }

const longest = 60
const has = (text: string, ...words: readonly string[]): boolean => words.some((word) => text.includes(word))
const howMuch = ['几分', '多少分', '多少', '几多分', '多远']
const askedState = ['怎么样', '怎样', '如何', '咋样', '情况', '进展', '好不好', '什么样']
const who = ['谁', '哪些', '哪个', '哪几', '哪位', '有没有人', '几个人', '多少人']
const notDone = ['没', '未', '缺', '不交']
const when = ['什么时候', '哪天', '几号', '何时', '啥时候', '多会儿', '最晚', '截止', '到期']
const days = ['几天', '多少天', '几个工作日', '多少个工作日', '几日', '多久', '天数']

/** The duty of which a question speaks; the longest name is tried first. */
const dutyIn = (text: string, duties: readonly string[]): string | undefined =>
  duties.toSorted((a, b) => b.length - a.length).find((duty) => text.includes(duty)) ??
  (has(text, '打分', '自评', '定级') ? duties.find((duty) => duty === '评分') : undefined) ??
  (has(text, '联系支部报告', '联系报告', '月度报告') ? duties.find((duty) => duty === '月报') : undefined) ??
  (has(text, '季度报告', '季度汇报') ? duties.find((duty) => duty === '季报') : undefined)

/** Reads a question. Undefined if the text asks nothing that we know. */
export function readQuestion(asked: string, { bands, duties }: Known): Question | undefined {
  const text = asked.normalize('NFKC').replace(/[\s?!。,.!、~]/g, '')
  if (text === '' || Array.from(text).length > longest) return undefined
  return (
    ownBranches(text) ??
    distance(text, bands) ??
    result(text, bands) ??
    daysLeft(text) ??
    open(text, duties) ??
    general(text)
  )
}

function ownBranches(text: string): Question | undefined {
  const own = has(text, '我联系', '我包联', '我挂钩', '我负责', '我包扶', '我的联系')
  return own && text.includes('支部') && has(text, ...askedState) ? { kind: 'own-branches' } : undefined
}

/** The branch's name before the words of the question. */
function before(text: string, words: readonly string[]): string {
  const at = Math.min(...words.map((word) => text.indexOf(word)).filter((found) => found >= 0))
  const name = Number.isFinite(at) ? text.slice(0, at) : ''
  return name
    .replace(/^(?:请问|问下|我想问|想知道|那|现在)/, '')
    .replace(/(?:现在|目前|到底|的评分|的分数|的总分)$/, '')
}

function distance(text: string, bands: readonly string[]): Question | undefined {
  const far = has(text, '差') || (has(text, '离', '距') && has(text, ...howMuch))
  if (!far || !has(text, ...howMuch)) return undefined
  const band = bands.find((one) => text.includes(one))
  const branch = before(text, ['还差', '离', '距', '差'])
  return branch === '' ? undefined : { kind: 'distance', branch, ...(band === undefined ? {} : { band }) }
}

function result(text: string, bands: readonly string[]): Question | undefined {
  const asks = [
    '得了几分',
    '得了多少分',
    '评了几分',
    '评了多少分',
    '是几分',
    '多少分',
    '几分',
    '什么等次',
    '什么定级',
    '定的什么级',
    '评的什么',
    '是什么等级',
    '定级结果',
  ]
  const asksBand = bands.some((band) => text.endsWith(`是${band}吗`) || text.endsWith(`是不是${band}`))
  if (!has(text, ...asks) && !asksBand) return undefined
  const branch = before(text, [...asks, '是不是', ...bands.map((band) => `是${band}`)])
  return branch === '' ? undefined : { kind: 'result', branch }
}

function daysLeft(text: string): Question | undefined {
  if (!has(text, ...days) || !has(text, '还有', '还剩', '剩', '离', '距', '到')) return undefined
  if (has(text, '本月', '这个月', '这月', '当月', '月底', '月末')) return { kind: 'days-left', of: 'month' }
  if (has(text, '本季', '这个季度', '这季度', '季度末', '季末')) return { kind: 'days-left', of: 'quarter' }
  return has(text, '今年', '年底', '年末', '本年') ? { kind: 'days-left', of: 'year' } : undefined
}

function open(text: string, duties: readonly string[]): Question | undefined {
  const duty = dutyIn(text, duties)
  if (has(text, ...who) && has(text, ...notDone))
    return { kind: 'word', word: duty === undefined ? '谁没交' : `谁没交${duty}` }
  return duty !== undefined && has(text, ...when) ? { kind: 'deadline', duty } : undefined
}

function general(text: string): Question | undefined {
  if (has(text, '进度', '完成情况', '完成得') && !/完成情况\s*:/.test(text) && has(text, ...askedState, '多少', '几'))
    return { kind: 'word', word: '进度' }
  const mine = has(
    text,
    '我要办什么',
    '我该办什么',
    '要做什么',
    '要办什么',
    '该做什么',
    '有什么事',
    '什么没办',
    '什么没交',
    '能做什么',
    '怎么用',
  )
  return mine ? { kind: 'word', word: '帮助' } : undefined
}

/** Whether a text asks something. */
export const isQuestion = (text: string): boolean =>
  /[?？]\s*$/.test(text) ||
  has(text, '怎么', '什么', '多少', '几个', '几天', '几分', '为什么', '是不是', '有没有', '能不能')
