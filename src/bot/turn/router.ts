import type { Campaign } from '../../campaign/plan/campaign.ts'
import { periodSaid } from '../../campaign/plan/periods.ts'
import { entryBegins } from '../../campaign/reading/list-number.ts'
import { classificationMark } from '../../campaign/reading/secrecy.ts'
import { dateOf } from '../clock.ts'
import { chosen } from '../messages/card-text.ts'
import type { Card, Inbound } from '../messages/message.ts'
import { readingsInGroup } from './group-words.ts'
import { buttonKey, type Command, type Handler, maySay, readButtonKey, wordOf } from './handler.ts'
import { periodOfKey } from './period.ts'
import type { Turn } from './turn.ts'
import * as words from './words.ts'

/** The longest message that is taken, in characters. */
const longest = 20_000

const edge = /[\s。，,.、!！?？：:；;“”"'‘’「」『』【】《》（）()…—~～·]/
/**
 * A text without the marks around it. It goes character by character, because a pattern for the end would be tried from every mark of the
 * text.
 */
function bare(text: string): string {
  const plain = text.normalize('NFKC')
  let end = plain.length
  while (end > 0 && edge.test(plain[end - 1] ?? '')) end--
  return plain.slice(0, end).replace(opening, '').toLowerCase()
}

const opening = new RegExp(`^${edge.source}*`)
const between = /^[”"’'」』】》）)]?(?:\s*[:：﹕︰]|\s)\s*/u

/** `period` is the period of grading named with the word. */
type Said = { word: string; argument: string; period?: number }
type Vocabulary = { words: ReadonlySet<string>; called: ReadonlyMap<string, string> }
/**
 * The command word alone, or the word, a separator and an argument (as typed). `words` are all words; the longest that fits counts.
 * `digits` are those that a number may follow directly.
 */
export function splitCommand(
  text: string,
  words: ReadonlySet<string>,
  digits: ReadonlySet<string> = new Set(),
): Said | undefined {
  const whole = bare(text)
  if (words.has(whole)) return { word: whole, argument: '' }
  const begun = text.replace(opening, '')
  for (let length = longestWord; length > 1; length--) {
    const word = begun.slice(0, length).normalize('NFKC')
    if (!words.has(word)) continue
    const rest = begun.slice(length)
    const separator = between.exec(rest)?.[0]
    const argument = separator === undefined ? rest : rest.slice(separator.length)
    const follows = separator !== undefined || (digits.has(word) && numbered.test(rest))
    if (follows && argument.trim()) return { word, argument: argument.trim() }
  }
  return undefined
}
const longestWord = 8
const numbered = new RegExp(`^${entryBegins}`, 'u')

/** Checked before any pattern runs, so that no reader gets a longer text. */
function isTooLong(what: Inbound['what']): boolean {
  if (what.kind === 'form') return Object.values(what.values).some((value) => isLong(String(value)))
  return what.kind === 'text' && isLong(what.text)
}
/** In characters; some take two code units. */
const isLong = (text: string): boolean =>
  text.length > 2 * longest || (text.length > longest && Array.from(text).length > longest)
const asideName = 'aside'
/** The text may be for another form or for the open one. Both are kept until the person says which. */
const whose = (word: string, held: string, argument: string): Card => ({
  title: '这条记到哪里',
  text: Array.from(argument).slice(0, 100).join(''),
  ask: {
    kind: 'buttons',
    buttons: [
      { text: word, key: buttonKey(asideName, 'command') },
      { text: `接着写${held}`, key: buttonKey(asideName, 'words') },
    ],
  },
})

export class Router {
  readonly #handlers: readonly Handler[]
  readonly #welcoming: readonly Handler[]
  readonly #commands: ReadonlyMap<string, Command>
  readonly #digits: ReadonlySet<string>
  readonly #vocabularies = new WeakMap<Campaign, Vocabulary>()

  constructor(handlers: readonly Handler[]) {
    this.#handlers = handlers
    this.#welcoming = handlers.filter(({ welcomes }) => welcomes !== undefined)
    const commands = handlers.flatMap((handler) => handler.commands ?? [])
    this.#commands = new Map(commands.map((command) => [command.word, command]))
    this.#digits = new Set(commands.flatMap(({ word, digits }) => (digits ? [word] : [])))
  }

  /** What this person reads before the first answer, if anything. */
  async welcome(turn: Turn): Promise<string | undefined> {
    for (const handler of this.#welcoming) {
      const line = await handler.welcomes?.(turn)
      if (line !== undefined) return line
    }
    return undefined
  }

  /** Finds the conversation that answers, and runs it. Every event gets an answer. */
  async route(turn: Turn): Promise<void> {
    const { what, group } = turn.inbound
    if (isTooLong(what)) return turn.say(words.tooLong(longest))
    if (group !== undefined) return this.#inGroup(turn, what.kind === 'text' ? what.text : '')
    if (what.kind === 'text') return this.#text(turn, what.text)
    if (what.kind === 'tap') return this.#tap(turn, what.button, what.picked)
    if (what.kind === 'opened') return this.#opened(turn)
    if (what.kind === 'form') {
      const shown = periodOfKey(what.button)
      if (shown.number !== undefined) this.#lookIn(turn, shown.number)
      for (const handler of this.#handlers) if (await handler.submitsForm?.(turn, shown.key, what.values)) return
      return turn.say(words.outdated)
    }
    if (what.kind === 'over-quota') return turn.say(words.overQuota)
    if (what.kind === 'file') return this.#file(turn, what.name, what.token)
    return turn.say(words.unreadable)
  }

  /** The words of this plan, and the words for which its own names stand. */
  #vocabularyOf(campaign: Campaign): Vocabulary {
    const known = this.#vocabularies.get(campaign)
    if (known) return known
    const mine = [...this.#commands.values()].filter(({ when }) => when?.(campaign) ?? true)
    const called = new Map(
      mine.flatMap((command) => (command.called ? [[wordOf(command, campaign), command.word] as const] : [])),
    )
    const found = { words: new Set([...mine.map(({ word }) => word), ...called.keys()]), called }
    this.#vocabularies.set(campaign, found)
    return found
  }

  /** A command by its own word, or by this plan's word for it. */
  #said({ campaign }: Pick<Turn, 'campaign'>, text: string): Said | undefined {
    const said = splitCommand(text, this.#vocabularyOf(campaign).words, this.#digits)
    const known = said && { ...said, word: this.#vocabularyOf(campaign).called.get(said.word) ?? said.word }
    return campaign.periods.length > 0 ? this.#saidIn(campaign, text, known) : known
  }

  /** The same if the plan grades several times a year: `上半年进度`, `评分 上半年 …`. */
  #saidIn(campaign: Campaign, text: string, said: Said | undefined): Said | undefined {
    const before = said ? undefined : periodSaid(campaign, text)
    const rest = before && this.#said({ campaign: { ...campaign, periods: [] } }, before.rest)
    if (before && rest && this.#commands.get(rest.word)?.graded) return { ...rest, period: before.number }
    const after = said && this.#commands.get(said.word)?.graded ? periodSaid(campaign, said.argument) : undefined
    return said && after ? { ...said, argument: after.rest, period: after.number } : said
  }

  /** Looks at the period that is meant: the one that a word or a card names. Later texts stay in it. */
  #lookIn(turn: Turn, period: number | undefined): void {
    const open = turn.campaign.period?.number
    if (period === undefined || period === open) delete turn.session.period
    else turn.session.period = period
    if (period !== undefined) turn.lookIn(period)
  }

  async #text(turn: Turn, text: string): Promise<void> {
    const said = this.#said(turn, text)
    // A mark stands at the beginning of a text, but may also follow a command word.
    const mark = classificationMark(text) ?? classificationMark(said?.argument ?? '')
    if (mark) return turn.say(words.marked(mark))
    const choice = chosen(text, turn.session.choices, turn.session.numbered)
    // A word that the present card shows (备案, 退回) means that button.
    const onCard = choice !== undefined && said?.argument === '' && choice.text === said.word
    if (said && !onCard && (await this.#command(turn, said))) return
    if (turn.session.period !== undefined) turn.lookIn(turn.session.period)
    if (choice) return this.#tap(turn, choice.button, choice.picked)
    for (const handler of this.#handlers) if (await handler.interrupts?.(turn, text)) return
    if (await this.#focused(turn)?.answers?.(turn, text)) return
    for (const handler of this.#handlers) if (await handler.claims?.(turn, text)) return
    const context = words.nothingTo[bare(text)]
    if (context) return turn.say(context)
    await this.#help(turn, text)
  }

  /** Personal things are answered one-to-one. A group hears only counts. */
  async #inGroup(turn: Turn, text: string): Promise<void> {
    for (const reading of readingsInGroup(text))
      for (const handler of this.#handlers) if (await handler.inGroup?.(turn, bare(reading))) return
    turn.say(words.oneToOne)
  }

  async #command(turn: Turn, { word, argument, period }: Said): Promise<boolean> {
    const command = this.#commands.get(word)
    if (!command || (argument && !command.fits?.(argument, turn))) return false
    if (command.graded) this.#lookIn(turn, period)
    const may = maySay(turn.who, command, turn.world)
    const isAmid = argument !== '' && turn.session.focus?.ownWords === true
    if (isAmid && !(may && command.amid?.(argument, turn))) return false
    if (isAmid && (await this.#keptAside(turn, command, argument))) return true
    if (may) await command.run(turn, argument)
    else turn.say(words.mayNot(command, turn.campaign))
    return true
  }

  async #tap(turn: Turn, button: string, picked: { [question: string]: string[] }): Promise<void> {
    const shown = periodOfKey(button)
    if (shown.number !== undefined) this.#lookIn(turn, shown.number)
    const key = readButtonKey(shown.key)
    if (key?.handler === asideName) return this.#aside(turn, key.action)
    const handler = this.#handlers.find((one) => one.name === key?.handler)
    if (!key || !handler?.taps) return turn.say(words.outdated)
    await handler.taps(turn, { action: key.action, args: key.args, picked })
  }

  /** If another conversation has open words of the person, the bot asks whose the new words are. Both are kept. */
  async #keptAside(turn: Turn, command: Command, argument: string): Promise<boolean> {
    const open = this.#focused(turn)
    const asks = typeof command.asks === 'function' ? command.asks(argument, turn) : command.asks
    const held = asks && !open?.commands?.includes(command) ? await open?.holdsWords?.(turn) : undefined
    if (held === undefined) return false
    const { what } = turn.inbound
    turn.session.aside = { word: command.word, argument, text: what.kind === 'text' ? what.text : argument }
    turn.show(whose(command.word, held, argument))
    return true
  }

  /** Settles the words that were kept because it was not clear whose they were. */
  async #aside(turn: Turn, action: string): Promise<void> {
    const { aside } = turn.session
    const command = this.#commands.get(aside?.word ?? '')
    delete turn.session.aside
    if (!aside || !command || !maySay(turn.who, command, turn.world)) return turn.say(words.outdated)
    if (action === 'words' && (await this.#focused(turn)?.answers?.(turn, aside.text))) return
    await command.run(turn, aside.argument)
  }

  async #opened(turn: Turn): Promise<void> {
    const today = dateOf(turn.now).toString()
    if (turn.session.greeted === today) return
    turn.session.greeted = today
    await this.#help(turn)
  }

  async #file(turn: Turn, name: string, token: string): Promise<void> {
    for (const handler of this.#handlers) if (await handler.takesFile?.(turn, name, token)) return
    turn.say(words.unreadable)
  }

  /** `text` is what was said and not understood. */
  #help(turn: Turn, text = ''): Promise<void> {
    const help = this.#commands.get('帮助')
    if (!help) throw new Error('no handler for 帮助')
    return help.run(turn, text)
  }

  #focused(turn: Turn): Handler | undefined {
    return this.#handlers.find((handler) => handler.name === turn.session.focus?.conversation)
  }
}
