import { z } from 'zod'
import type { Tap } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import * as words from '../bot/turn/words.ts'
import { type Branch, branchOf } from '../campaign/roster/roster.ts'
import { branchIn, offerNear, severalIn } from './branch-said.ts'
import { type Choosable, choose, chosenId, tapBy } from './choose.ts'
import { cancels, focusIn } from './focus.ts'

/**
 * The missing half of a deed: its branch, while the words wait; or its words, for a known branch. `number` says which thing of the branch
 * is meant, by its number or version.
 */
const Awaited = z.strictObject({
  deed: z.string(),
  branch: z.string().exactOptional(),
  number: z.number().exactOptional(),
  words: z.string(),
})
type Awaited = z.infer<typeof Awaited>

/** `words` are the person's own, empty if there were none. */
export type SaidOfBranch = { words: string; number?: number }

/** A deed on something of a branch (退回, 重开, 督查, 销号 …). Rights are checked where the deed is done. */
export type BranchDeed = {
  /** The question if the branch is not clear. */
  which: string
  /** Whether it cannot be done without own words. */
  needsWords?: true
  run: (turn: Turn, branch: Branch, said: SaidOfBranch) => Promise<void>
}

/**
 * Reads `<word> <branch> <own words>`. The branch is looked up among all. If it is not clear, choices are offered and the words wait. If
 * words are needed and missing, they are asked for; 取消 ends it. Keys of buttons: deed, branch, number.
 */
export class BranchWords {
  readonly #conversation: string
  readonly #deeds: { readonly [deed: string]: BranchDeed }

  constructor(conversation: string, deeds: { readonly [deed: string]: BranchDeed }) {
    this.#conversation = conversation
    this.#deeds = deeds
  }

  /** Takes the text after the word of a deed. */
  async said(turn: Turn, deed: string, text: string): Promise<void> {
    const { branch, rest, near } = branchIn(turn, text, turn.roster.branches)
    const { branches, rest: after } = severalIn(turn, text)
    if (branches.length > 1) return this.#each(turn, deed, { branches, words: after })
    if (branch) return this.#deeds[deed]?.run(turn, branch, { words: rest })
    turn.focus(this.#conversation, { deed, words: rest === text ? afterFirst(text) : rest })
    offerNear(turn, near, { handler: this.#conversation, action: deed, ask: this.#deeds[deed]?.which ?? '' })
  }

  /** `督查 软件、网络 请补开`: the same for each. Without words nothing is done, because they would be asked for each. */
  async #each(
    turn: Turn,
    deed: string,
    { branches, words: said }: { branches: readonly Branch[]; words: string },
  ): Promise<void> {
    if (said === '' && this.#deeds[deed]?.needsWords)
      return turn.say(`${branches.length}个支部都还没有办。几个支部一起办请把内容写在同一条消息里。`)
    for (const branch of branches) await this.#deeds[deed]?.run(turn, branch, { words: said })
  }

  /** Takes the next text as the words. The caller asks for them. */
  awaits(turn: Turn, deed: string, { branch, number }: { branch: Branch; number?: number }): void {
    const awaited: Awaited = { deed, branch: branch.id, ...(number === undefined ? {} : { number }), words: '' }
    turn.focus(this.#conversation, awaited, { ownWords: true })
  }

  /**
   * Asks which of several things is meant, while the words wait. The ids are `branch~number`, unless the tap is another `action` of the
   * caller.
   */
  offers(
    turn: Turn,
    deed: string,
    offered: { words: string; title: string; options: Choosable[]; text?: string; action?: string },
  ): void {
    const { words: kept, title, options, text, action = 'which' } = offered
    turn.focus(this.#conversation, { deed, words: kept })
    const above = text === undefined ? {} : { text }
    choose(turn, title, { options, offered: { handler: this.#conversation, action, ...above } })
  }

  async answers(turn: Turn, text: string): Promise<boolean> {
    const awaited = this.#awaited(turn)
    if (!awaited) return false
    if (cancels(turn, text)) return true
    const tap = awaited.branch ? undefined : tapBy(turn, { handler: this.#conversation, action: 'which' }, text)
    if (tap) return this.taps(turn, tap).then(() => true)
    const known = branchOf(turn.roster, awaited.branch ?? '')
    const said = known ? { branch: known, rest: text } : branchIn(turn, text, turn.roster.branches)
    if (!said.branch) return false
    turn.rest()
    const { deed, number, words: kept } = awaited
    await this.#deeds[deed]?.run(turn, said.branch, {
      words: said.rest.trim() || kept,
      ...(number === undefined ? {} : { number }),
    })
    return true
  }

  /** A person chose a branch, or one thing of it. Earlier words belong to it, as long as they wait for the same deed. */
  async taps(turn: Turn, tap: Tap): Promise<void> {
    const awaited = this.#awaited(turn)
    const deed = tap.action === 'which' ? awaited?.deed : tap.action
    const [id = '', one = tap.args[1] ?? ''] = chosenId(tap).split('~')
    const branch = branchOf(turn.roster, id)
    const run = deed === undefined ? undefined : this.#deeds[deed]?.run
    if (!run || !branch) return turn.say(words.outdated)
    await run(turn, branch, { words: this.kept(turn, deed ?? ''), ...(one === '' ? {} : { number: Number(one) }) })
  }

  /** The words that wait for this deed; empty if there are none. */
  kept(turn: Turn, deed: string): string {
    const awaited = this.#awaited(turn)
    return awaited?.deed === deed ? awaited.words : ''
  }

  isAwaited(turn: Turn): boolean {
    return this.#awaited(turn) !== undefined
  }

  #awaited(turn: Turn): Awaited | undefined {
    return focusIn(turn, this.#conversation, Awaited)
  }
}

const afterFirst = (said: string): string => /^\S+\s+([^]+)$/u.exec(said.trim())?.[1] ?? ''
