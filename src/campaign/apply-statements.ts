/** Statements about scores, applied to a card: what each item gets, and the first thing that is not certain. */
import { type Placed, placeNumbers } from './read-numbers.ts'
import type { Amount, Statement } from './read-statements.ts'
import { type Item, isScore, itemsOf, type PartialScores, type Rubric } from './rubric.ts'
import type { Num } from './score-words.ts'

/** `say`: what is wrong with `piece`; `ask`: the one question. Without `keep` nothing of the text counts. */
export type Problem = { piece: string; say: string; ask: string; item?: number; keep: boolean }
export type Applied = { given: Map<number, number>; problems: Problem[] }
/** `targets`: the items that a row of numbers is for. `open`: those that 其余 means. `asked`: the one that a bare 扣1 means. */
export type Place = {
  rubric: Rubric
  targets: readonly Item[]
  open: readonly Item[]
  asked?: number
  before: PartialScores
}

type Given = { values: (number | undefined)[]; pieces: string[] }
type State = Place & { items: readonly Item[]; given: Map<number, Given>; problems: Problem[]; last?: number }

export function applyStatements(statements: readonly Statement[], place: Place): Applied {
  const state: State = { ...place, items: itemsOf(place.rubric), given: new Map(), problems: [] }
  const whole = statements.some(({ kind }) => kind === 'rest')
  for (const statement of statements) apply(state, statement, statements, whole)
  for (const statement of statements) if (statement.kind === 'rest') fillRest(state, statement)
  const twice = [...state.given].flatMap(([item, { values, pieces }]) =>
    values.length > 1 ? [namedTwice(item, values, pieces)] : [],
  )
  const given = new Map<number, number>()
  for (const [item, { values }] of state.given)
    if (values.length === 1 && values[0] !== undefined) given.set(item, values[0])
  const problems = [...state.problems, ...twice]
  for (const { item } of problems) if (item !== undefined) given.delete(item)
  if (problems.length === 0) problems.push(...checkTotals(statements, given, state))
  return { given, problems }
}

function apply(state: State, statement: Statement, all: readonly Statement[], whole: boolean): void {
  switch (statement.kind) {
    case 'numbers': {
      if (
        all.some(({ kind }) => kind !== 'numbers' && kind !== 'total' && kind !== 'rest') ||
        (whole && !beforeRest(statement, all))
      )
        return (state.problems.push(mixed(statement.piece)), undefined)
      const rows = all.filter((one) => one.kind === 'numbers')
      if (rows[0] === statement) applyRows(state, rows)
      return
    }
    case 'section':
      return applySection(state, statement)
    case 'items': {
      for (const { item, amount } of statement.items) give(state, item, amount, statement)
      state.last = statement.items.length === 1 ? (statement.items[0]?.item ?? 0) : 0
      return
    }
    case 'amount': {
      const item = state.last || state.asked
      if (item) give(state, item, statement.amount, statement)
      else
        state.problems.push({
          piece: statement.piece,
          say: `“${statement.piece}”没有写明是哪一项。`,
          ask: '请发“第3项4”这样的话。',
          keep: false,
        })
      return
    }
    case 'unread':
      state.problems.push(unreadPiece(state, statement.piece, statement.item))
      if (statement.item !== undefined) note(state, statement.item, undefined, statement.piece)
  }
}

const mixed = (piece: string): Problem => ({
  piece,
  say: `“${piece}”没有读懂是哪几项的分数。`,
  ask: '请写明是第几项，如“第3项4”，再发一次。',
  keep: false,
})

function unreadPiece(state: State, piece: string, item: number | undefined): Problem {
  const known = state.items.some(({ number }) => number === item)
  const why = /^第?\s*[\d、,项]+$/.test(piece) ? '没有写明得分' : '没有读懂'
  if (item !== undefined && known)
    return { piece, say: `“${piece}”${why}。`, ask: `第${item}项应是几分？`, item, keep: true }
  if (item !== undefined) return noSuchItem(state, item, piece)
  return { piece, say: `“${piece}”没有读懂，这条还没有记下。`, ask: '请改一下这一处再发一次。', keep: false }
}
const noSuchItem = (state: State, item: number, piece: string): Problem => ({
  piece,
  say: `“${piece}”里没有第${item}项，评分共${state.items.length}项。`,
  ask: '应是第几项？请改好再发一次。',
  keep: false,
})

/** First scores in a row, then 其余满分. Ascending numbers could as well be the items that are not full. */
function beforeRest(row: Statement, all: readonly Statement[]): boolean {
  if (row.kind !== 'numbers' || all[0] !== row || row.equals) return false
  const values = row.nums.map((num) => num.value ?? 0)
  return values.some((value, i) => i > 0 && value <= (values[i - 1] ?? 0))
}

function note(state: State, item: number, value: number | undefined, piece: string): void {
  const before = state.given.get(item) ?? { values: [], pieces: [] }
  state.given.set(item, { values: [...before.values, value], pieces: [...before.pieces, piece] })
}

const sum = (scores: Iterable<number>): number => [...scores].reduce((total, score) => total + score, 0)

/** The rows of numbers belong together; where each has its sum, each must fit. */
function applyRows(state: State, rows: readonly (Statement & { kind: 'numbers' })[]): void {
  const nums = rows.flatMap((row) => row.nums)
  const placed = placeNumbers(nums, state.targets, state.rubric)
  take(state, placed, nums)
  if (placed.kind !== 'placed') return
  let from = 0
  for (const row of rows) {
    const count = placedCount(row.nums, state, from)
    const scores = [...placed.scores.values()].slice(from, from + count)
    from += count
    const all = sum([...placed.scores.values()].slice(0, from))
    const said = row.equals?.value
    if (row.equals && said !== sum(scores) && said !== all)
      state.problems.push({
        piece: row.piece,
        say: `“${row.piece}”各项相加是${sum(scores)}分，不是${row.equals.piece}。`,
        ask: '请核对后再发一次。',
        keep: false,
      })
  }
}
function placedCount(nums: readonly Num[], { targets, rubric }: State, from: number): number {
  const placed = placeNumbers(nums, targets.slice(from), rubric)
  return placed.kind === 'placed' ? placed.scores.size : nums.length
}

function take(state: State, placed: Placed, nums: readonly Num[]): void {
  const [alone] = nums
  if (
    nums.length === 1 &&
    placed.kind !== 'placed' &&
    alone?.value !== undefined &&
    looksLikeTotal(state, alone.value)
  ) {
    const ask = '总分由各项相加得出，请发各项得分，如“除3扣1，其余满分”。'
    state.problems.push({ piece: alone.piece, say: `“${alone.piece}”像是总分，还没有记下。`, ask, keep: false })
    return
  }
  if (placed.kind === 'surplus') {
    const said =
      state.targets.length === state.items.length
        ? `评分共${state.items.length}项`
        : `还没有得分的只有${state.targets.length}项`
    state.problems.push({
      piece: placed.piece,
      say: `收到${placed.count}个数，${said}，多出“${placed.piece}”。`,
      ask: '这条还没有记下，请核对后再发一次。',
      keep: false,
    })
    return
  }
  for (const [item, score] of placed.scores) note(state, item, score, String(score))
  if (placed.kind === 'two') {
    const [one, other] = placed.readings
    state.problems.push({
      piece: placed.piece,
      say: `“${placed.piece}”里第${placed.item}项有两种读法：${one ?? '没有'}分或${other ?? '没有'}分。`,
      ask: `第${placed.item}项应是几分？`,
      item: placed.item,
      keep: true,
    })
  } else if (placed.kind === 'bad') badScore(state, placed.slot.item, placed.slot.piece, placed.slot.value)
}

/** One number alone that is too much for any item. */
const looksLikeTotal = ({ items, targets }: State, value: number): boolean =>
  targets.length > 1 && items.every(({ points }) => value > points) && value <= sum(items.map(({ points }) => points))

function badScore(state: State, number: number, piece: string, value: number | undefined): void {
  const item = state.items.find((one) => one.number === number)
  const points = item?.points ?? 0
  const why =
    value === undefined
      ? '没有读懂'
      : value > points
        ? `这一项最高${points}分`
        : value < 0
          ? '得分不能低于0分'
          : `得分以${state.rubric.step}分为一档`
  state.problems.push({
    piece,
    say: `第${number}项收到“${piece}”，${why}。`,
    ask: `第${number}项应是几分？`,
    item: number,
    keep: true,
  })
}

function applySection(state: State, { section, nums, piece, equals }: Statement & { kind: 'section' }): void {
  const { name, items } = state.rubric.sections[section] ?? { name: '', items: [] }
  if (nums === 'full') return items.forEach((item) => note(state, item.number, item.points, piece))
  const placed = placeNumbers(nums, items, state.rubric)
  const count = placed.kind === 'surplus' ? placed.count : placed.scores.size + (placed.kind === 'placed' ? 0 : 1)
  const again = { piece, ask: `请重发${name}的${items.length}项得分。`, keep: true }
  if (placed.kind === 'placed' && count === items.length) {
    const total = sum(placed.scores.values())
    for (const [item, score] of placed.scores) note(state, item, score, piece)
    if (!equals || equals.value === total) return
    state.problems.push({ ...again, say: `“${piece}”各项相加是${total}分，不是${equals.piece}。` })
  } else if (placed.kind === 'bad' && nums.length === items.length) return take(state, placed, nums)
  else {
    const got = nums.length > 1 ? nums.length : count
    state.problems.push({ ...again, say: `${name}有${items.length}项，“${piece}”里是${got}个数。` })
  }
  for (const item of items) state.given.set(item.number, { values: [undefined], pieces: [piece] })
}

function scoreOf(item: Item, amount: Amount): number | undefined {
  if (amount.how === 'full') return item.points
  if (amount.num.value === undefined) return undefined
  return amount.how === 'lose' ? item.points - amount.num.value : amount.num.value
}

function give(state: State, number: number, amount: Amount, { piece, ...more }: { piece: string; before?: Num }): void {
  const item = state.items.find((one) => one.number === number)
  if (!item) return (state.problems.push(noSuchItem(state, number, piece)), undefined)
  const score = scoreOf(item, amount)
  const was = state.before[state.items.indexOf(item)]
  if (more.before && more.before.value !== was) {
    state.problems.push({
      piece,
      say: `第${number}项现在${was === null || was === undefined ? '还没有得分' : `是${was}分`}，不是${more.before.piece}。`,
      ask: `第${number}项应是几分？`,
      item: number,
      keep: true,
    })
  } else if (score === undefined || !isScore(score, item, state.rubric)) {
    const typed = amount.how === 'full' ? piece : amount.num.piece
    if (amount.how === 'lose' && amount.num.value !== undefined && score !== undefined && score < 0)
      state.problems.push({
        piece,
        say: `第${number}项收到“扣${typed}”，这一项最高${item.points}分。`,
        ask: `第${number}项应是几分？`,
        item: number,
        keep: true,
      })
    else badScore(state, number, typed, score)
    note(state, number, undefined, piece)
  } else note(state, number, score, piece)
}

function fillRest(state: State, { scope, amount, count, piece }: Statement & { kind: 'rest' }): void {
  if (state.asked !== undefined && scope === 'bare' && state.given.size === 0)
    return give(state, state.asked, amount, { piece })
  const named = new Set(state.given.keys())
  const pool = scope === 'rest' ? state.open : state.items
  const left = pool.filter((item) => !named.has(item.number))
  const unclear = (say: string, ask: string): void => void state.problems.push({ piece, say, ask, keep: false })
  if (scope === 'bare' && named.size > 0)
    return unclear(`“${piece}”没有写明是哪几项。`, '其余各项都是满分的话，请加上“其余满分”再发一次。')
  if (scope === 'rest' && left.length === 0)
    return unclear('各项都已有得分。', '全部改为满分请发“全部满分”，改一项请发“第3项4”。')
  if (count !== undefined && count !== left.length && state.problems.length === 0)
    return unclear(`“${piece}”与前面写的对不上：其余是${left.length}项。`, '请核对后再发一次。')
  if (
    amount.how === 'lose' ||
    (amount.how === 'get' && new Set(left.map((item) => item.points)).size > 1 && scoreOf0(amount) !== 0)
  )
    return unclear(`“${piece}”没有读懂：各项的满分不一样。`, '满分请写“其余满分”，否则请逐项写明。')
  for (const item of left) give(state, item.number, amount, { piece })
}
const scoreOf0 = (amount: Amount): number | undefined => (amount.how === 'full' ? undefined : amount.num.value)

function namedTwice(item: number, values: readonly (number | undefined)[], pieces: readonly string[]): Problem {
  const read = [...new Set(values.flatMap((value) => (value === undefined ? [] : [`${value}分`])))]
  const piece = [...new Set(pieces)].join('，')
  const say =
    read.length > 1 ? `“${piece}”里第${item}项有两种读法：${read.join('或')}。` : `“${piece}”里第${item}项写了两次。`
  return { piece, say, ask: `第${item}项应是几分？`, item, keep: true }
}

/** A stated total must be the sum; the scores themselves stay. */
function checkTotals(statements: readonly Statement[], given: ReadonlyMap<number, number>, state: State): Problem[] {
  const scores = state.items.map(({ number }, i) => given.get(number) ?? state.before[i] ?? 0)
  return statements.flatMap((statement) => {
    if (statement.kind !== 'total') return []
    const { num, piece } = statement
    const said = `各项相加是${sum(scores)}分，不是“${piece}”。`
    return num.value === sum(scores)
      ? []
      : [{ piece, say: said, ask: '请核对：要改哪一项，请发“第3项4”这样的话。', keep: true }]
  })
}
