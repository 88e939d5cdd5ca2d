import type { Button } from '../../bot/messages/message.ts'
import { shortUnit } from '../../bot/records/review-queue.ts'
import { buttonKey, type Tap } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { type Branch, unitOf } from '../../campaign/roster/roster.ts'
import { branchesSaid, branchIn, branchTapped, offerNear, unitSaid } from '../branch-said.ts'
import { choose, chosenId } from '../choose.ts'
import { fitted } from '../fitted.ts'
import { most, type Place, showTable, stampOf, type Tabled, type Waits } from './table.ts'

/** What became of a decision. `not`: some of it was left out, which `done` says. Both are without the end of the sentence. */
export type Outcome = { done: string; not?: true } | { instead: string }

/** A queue of things that wait by general branch, for a person who decides on them together or one by one. */
export type Queued<T extends Waits> = Tabled<T> & {
  /** `decide` names the decision (备案), `waits` the queue (待审), `what` the things in it (评分). */
  words: { decide: string; waits: string; what: string }
  /** The places where something waits, in the roster's order. */
  places: (turn: Turn) => Promise<Place<T>[]>
  /** What waits in one place, in one line. */
  summary: (turn: Turn, waiting: readonly T[]) => string
  /** What a person should know before they decide. */
  notices: (turn: Turn) => Promise<readonly string[]>
  /** Shows one of them. `desc` and the button to the next one belong to the queue. */
  show: (turn: Turn, one: T, around: { desc: string; next: readonly Button[] }) => void
  /** The action of the button that decides on one of them. */
  action: string
  /** Decides on those that were looked at. Rights and versions are checked there. */
  decide: (turn: Turn, looked: readonly Waits[]) => Promise<Outcome>
  /** Why a branch's thing does not wait any more, or not yet. */
  became: (turn: Turn, branch: Branch) => Promise<string>
  /** What somebody else decided on those of these branches that do not wait any more. Empty if nobody did. */
  allBecame: (turn: Turn, branches: readonly Branch[]) => Promise<string>
}

/**
 * The walk through a queue: overview, a table for each place, one by one, and after each decision the next that waits, in the same message.
 * The button for a whole table decides only on what it showed. Keys of buttons: `overview`, `unit`, `each` and the button for all with a
 * place; `look`, `next` and the action that decides with a branch.
 */
export class Queue<T extends Waits> {
  readonly #queued: Queued<T>

  constructor(queued: Queued<T>) {
    this.#queued = queued
  }

  /** Everything that waits, after what was done. */
  async overview(turn: Turn, done = ''): Promise<void> {
    const places = await this.#queued.places(turn)
    for (const words of await this.#queued.notices(turn)) turn.say(`请注意：${words}。`)
    if (places.length > 1) this.#choosePlace(turn, places, done)
    else this.#first(turn, places, done)
  }

  /** `待审`, `待审 经济管理`, `待审 物流`: everything, a general branch's table, or one of them. */
  async said(turn: Turn, text: string): Promise<void> {
    if (!text) return this.overview(turn)
    const found = await this.#placeSaid(turn, text)
    if (found?.place.waiting.length === 0) return this.overview(turn, this.#nothingIn(found.place))
    if (found) return this.#table(turn, found.place, { only: found.only })
    const { branch, near } = branchIn(turn, text, turn.roster.branches)
    if (branch) return this.one(turn, branch)
    this.#offer(turn, near, `看哪个支部的${this.#queued.words.what}`)
  }

  /** `备案 物流、电商`. */
  async decideSaid(turn: Turn, text: string): Promise<void> {
    const { decide } = this.#queued.words
    if (!text) return this.overview(turn, `请说明${decide}哪个支部，如“${decide} 软件教研室”`)
    const { branches, left, near } = branchesSaid(turn, text)
    const [first] = branches
    if (!first) return this.#offer(turn, near, `${decide}哪个支部`)
    if (left !== undefined)
      return turn.say(
        `“${left}”没有读懂是哪个支部，这次都没有${decide}。请再发一次，如“${decide} 软件教研室、网络教研室”。`,
      )
    const waiting = (await this.#queued.places(turn)).flatMap((place) => place.waiting)
    const looked = branches.map(
      (branch) => waiting.find((one) => one.branch.id === branch.id) ?? { branch, version: 0 },
    )
    await this.goOn(turn, first, await this.#queued.decide(turn, looked))
  }

  /** `全部备案 信息工程`. */
  async decideAllSaid(turn: Turn, text: string): Promise<void> {
    const place = text ? (await this.#placeSaid(turn, text))?.place : undefined
    if (place && place.waiting.length > 0) return this.#decideAll(turn, place)
    const { words, all } = this.#queued
    const became = place ? await this.#becameIn(turn, place.id, []) : ''
    const instead = place
      ? became || this.#nothingIn(place)
      : `请说明${words.decide}哪个总支的，如“${all.text} 信息工程”`
    await this.overview(turn, text && !place ? `没有找到总支“${text}”。${instead}` : instead)
  }

  /** Says the result, then shows the next one that waits. */
  async goOn(turn: Turn, branch: Branch, outcome: Outcome): Promise<void> {
    if ('done' in outcome) await this.#next(turn, branch, outcome.done)
    else await this.one(turn, branch, outcome.instead)
  }

  /** Shows one of them in its present state. If it does not wait, also what else waits. */
  async one(turn: Turn, branch: Branch, said = ''): Promise<void> {
    for (const { waiting } of await this.#queued.places(turn)) {
      const same = waiting.find((one) => one.branch.id === branch.id)
      if (same) return this.#show(turn, same, { left: waiting.length, done: said })
    }
    await this.#next(turn, branch, said || (await this.#queued.became(turn, branch)))
  }

  /** False if the tap is on something else of a known branch. */
  async taps(turn: Turn, tap: Tap): Promise<boolean> {
    const { action, args } = tap
    const branch = branchTapped(turn, tap)
    if (action === 'unit' || action === 'each' || action === this.#queued.all.action) await this.#placeTapped(turn, tap)
    else if (action === 'overview' || !branch) await this.overview(turn)
    else if (action === 'next') await this.#next(turn, branch, '')
    else if (action === 'look') await this.one(turn, branch)
    else if (action === this.#queued.action)
      await this.goOn(turn, branch, await this.#queued.decide(turn, [{ branch, version: Number(args[1]) }]))
    else return false
    return true
  }

  async #placeTapped(turn: Turn, tap: Tap): Promise<void> {
    const places = await this.#queued.places(turn)
    const id = chosenId(tap)
    const place = places.find((one) => one.id === id)
    const isAll = tap.action === this.#queued.all.action
    if (place && isAll && stampOf(this.#queued, place) === tap.args[1]) return this.#decideAll(turn, place)
    const done = isAll ? await this.#becameIn(turn, id, place?.waiting ?? []) : ''
    if (!place) return this.overview(turn, done)
    const [first] = place.waiting
    if (tap.action === 'each' && first) return this.#show(turn, first, { left: place.waiting.length, done: '' })
    this.#table(turn, place, { done, only: places.length === 1 })
  }

  #becameIn(turn: Turn, id: string, waiting: readonly Waits[]): Promise<string> {
    const waits = new Set(waiting.map(({ branch }) => branch.id))
    const others = turn.roster.branches.filter((one) => unitOf(turn.roster, one).id === id && !waits.has(one.id))
    return this.#queued.allBecame(turn, others)
  }

  async #decideAll(turn: Turn, place: Place<T>): Promise<void> {
    const outcome = await this.#queued.decide(turn, place.waiting)
    const whole = `${place.name}${place.waiting.length}个支部已${this.#queued.words.decide}`
    const done = 'instead' in outcome ? outcome.instead : outcome.not ? outcome.done : whole
    const waiting = await this.#queued.places(turn)
    const left = waiting.find(({ id }) => id === place.id)
    const isSame = left !== undefined && stampOf(this.#queued, left) === stampOf(this.#queued, place)
    // What may not be decided on yet still waits.
    if (left && ('instead' in outcome ? isSame : outcome.not)) {
      turn.say(`${done}。`)
      return this.#table(turn, left, { only: waiting.length === 1 })
    }
    this.#first(turn, without(waiting, place), done)
  }

  /** What waits in the general branch that a person named. Undefined if none is meant. */
  async #placeSaid(turn: Turn, text: string): Promise<{ place: Place<T>; only: boolean } | undefined> {
    const meant = unitSaid(turn, text)
    if (!meant) return undefined
    const places = await this.#queued.places(turn)
    return { place: places.find(({ id }) => id === meant.id) ?? { ...meant, waiting: [] }, only: places.length === 1 }
  }

  /** The next one of the same place, or else the next table. */
  async #next(turn: Turn, branch: Branch, done: string): Promise<void> {
    const places = await this.#queued.places(turn)
    const place = places.find(({ id }) => id === unitOf(turn.roster, branch).id)
    const left = place?.waiting.filter((one) => one.branch.id !== branch.id) ?? []
    const position = (one: Branch): number => turn.roster.branches.indexOf(one)
    const next = left.find((one) => position(one.branch) > position(branch)) ?? left[0]
    if (next) this.#show(turn, next, { left: left.length, done })
    else this.#first(turn, without(places, place), done)
  }

  /** Shows the first of several tables. */
  #first(turn: Turn, [place, ...others]: readonly Place<T>[], done: string): void {
    if (place) return this.#table(turn, place, { done, only: others.length === 0 })
    const { waits, what } = this.#queued.words
    turn.show({ title: waits, text: `${done ? `${done}。` : ''}目前没有${waits}的${what}。` })
  }

  /** One line for each place; their names are on the buttons. */
  #choosePlace(turn: Turn, places: readonly Place<T>[], done: string): void {
    const { handler, words, summary } = this.#queued
    const count = places.reduce((sum, { waiting }) => sum + waiting.length, 0)
    const lines = places.map(({ name, waiting }) => `${shortUnit(name)}：${summary(turn, waiting)}`).join('\n')
    choose(turn, `${words.waits} ${count}个支部${words.what}`, {
      options: places.map(({ id, name }) => ({ id, text: shortUnit(name) })),
      offered: {
        handler,
        action: 'unit',
        what: turn.worded`党总支`,
        confirm: '查看',
        ...(done ? { desc: done } : {}),
        text: fitted(turn, lines, { most, instead: `共${places.length}处，各行见上一条。` }),
      },
    })
  }

  /** `only`: nothing waits elsewhere. */
  #table(turn: Turn, place: Place<T>, { done = '', only }: { done?: string; only: boolean }): void {
    const { handler, words } = this.#queued
    showTable(turn, this.#queued, {
      place,
      title: `${shortUnit(place.name)}${words.waits}${place.waiting.length}个`,
      head: `${place.name}${words.waits}：`,
      desc: [place.name, done].filter(Boolean).join('。'),
      more: [
        { text: '逐个看', key: buttonKey(handler, 'each', place.id) },
        ...(only ? [] : [{ text: '其他总支', key: buttonKey(handler, 'overview') }]),
      ],
    })
  }

  /** `left` is how many wait in its place, including this one. */
  #show(turn: Turn, one: T, { left, done }: { left: number; done: string }): void {
    const { handler, words, show } = this.#queued
    const rest = left > 1 ? `还有${left}个${words.waits}` : `最后一个${words.waits}`
    const next = left > 1 ? [{ text: '下一个', key: buttonKey(handler, 'next', one.branch.id) }] : []
    const both = [done, rest].filter(Boolean).join('。')
    show(turn, one, { desc: done && both.length > shortest ? done : both, next })
  }

  #nothingIn({ name }: Place<T>): string {
    return `${name}没有${this.#queued.words.waits}的${this.#queued.words.what}`
  }

  #offer(turn: Turn, near: readonly Branch[], ask: string): void {
    offerNear(turn, near, { handler: this.#queued.handler, action: 'look', ask })
  }
}

/** The line below the title that every card shows whole. */
const shortest = 30

const without = <T>(places: readonly Place<T>[], one: Place<T> | undefined): Place<T>[] =>
  places.filter(({ id }) => id !== one?.id)
