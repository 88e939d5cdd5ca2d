import { classificationMark } from '../../campaign/reading/secrecy.ts'
import { chosen } from '../messages/card-text.ts'
import * as words from '../messages/words.ts'
import { type Command, type Handler, readButtonKey } from './handler.ts'
import { type CommandWord, commandWords, maySay } from './rights.ts'
import type { Turn } from './turn.ts'

/** Longest message taken, in characters. */
export const longest = 20_000

const edge = '[\\s。，,.、!！?？：:；;“”"\'‘’「」『』【】《》（）()…—~～·]*'
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(new RegExp(`^${edge}|${edge}$`, 'gu'), '')
    .toLowerCase()

const withArgument = new RegExp(
  `^${edge}(\\p{Script=Han}{2,4})[”"’'」』】》）)]?(?:\\s*[:：﹕︰]|\\s)\\s*([\\s\\S]+)$`,
  'u',
)

type Said = { word: CommandWord; argument: string }
/** The command word alone, or the word, a separator and an argument (as typed). */
export function splitCommand(text: string): Said | undefined {
  const whole = bare(text)
  const alone = commandWords.find((word) => word === whole)
  if (alone) return { word: alone, argument: '' }
  const found = withArgument.exec(text)
  const word = commandWords.find((one) => one === found?.[1]?.normalize('NFKC'))
  return word && found?.[2] ? { word, argument: found[2].trim() } : undefined
}

export class Router {
  readonly #handlers: readonly Handler[]
  readonly #commands: ReadonlyMap<CommandWord, Command>

  constructor(handlers: readonly Handler[]) {
    this.#handlers = handlers
    this.#commands = new Map(
      handlers.flatMap((handler) => handler.commands ?? []).map((command) => [command.word, command]),
    )
  }

  /** Finds who answers, and lets them. Every event gets an answer. */
  async route(turn: Turn): Promise<void> {
    const { what, group } = turn.inbound
    if (group !== undefined) return this.#inGroup(turn, what.kind === 'text' ? bare(what.text) : '')
    if (what.kind === 'text') return this.#text(turn, what.text)
    if (what.kind === 'tap') return this.#tap(turn, what.button, what.picked)
    if (what.kind === 'opened') return this.#opened(turn)
    if (what.kind === 'form') {
      for (const handler of this.#handlers) if (await handler.submitsForm?.(turn, what.button, what.values)) return
      return turn.say(words.outdated)
    }
    if (what.kind === 'over-quota') return turn.say(words.overQuota)
    if (what.kind === 'file') return this.#file(turn, what.name, what.token)
    return turn.say(words.unreadable)
  }

  async #text(turn: Turn, text: string): Promise<void> {
    if (Array.from(text).length > longest) return turn.say(words.tooLong(longest))
    const said = splitCommand(text)
    // A mark stands at the head of a text; a command word before it does not hide it.
    const mark = classificationMark(text) ?? classificationMark(said?.argument ?? '')
    if (mark) return turn.say(words.marked(mark))
    if (said && (await this.#command(turn, said))) return
    const choice = chosen(text, turn.session.choices, turn.session.numbered)
    if (choice) return this.#tap(turn, choice.button, choice.picked)
    for (const handler of this.#handlers) if (await handler.interrupts?.(turn, text)) return
    if (await this.#focused(turn)?.answers?.(turn, text)) return
    for (const handler of this.#handlers) if (await handler.claims?.(turn, text)) return
    const context = words.nothingTo[bare(text)]
    if (context) return turn.say(context)
    await this.#help(turn)
  }

  /** Anything personal is answered one-to-one; a group hears counts. */
  async #inGroup(turn: Turn, text: string): Promise<void> {
    for (const handler of this.#handlers) if (await handler.inGroup?.(turn, text)) return
    turn.say(words.oneToOne)
  }

  async #command(turn: Turn, { word, argument }: Said): Promise<boolean> {
    const command = this.#commands.get(word)
    if (argument && !command?.fits?.(argument, turn)) return false
    if (argument && turn.session.focus?.ownWords && word !== '评分' && word !== '月报') return false
    if (!maySay(turn.who, word, turn.campaign)) turn.say(words.mayNot(word, turn.campaign))
    else if (command) await command.run(turn, argument)
    else turn.say(words.later(word))
    return true
  }

  async #tap(turn: Turn, button: string, picked: { [question: string]: string[] }): Promise<void> {
    const key = readButtonKey(button)
    const handler = this.#handlers.find((one) => one.name === key?.handler)
    if (!key || !handler?.taps) return turn.say(words.outdated)
    await handler.taps(turn, { action: key.action, args: key.args, picked })
  }

  async #opened(turn: Turn): Promise<void> {
    const today = turn.now.toPlainDate().toString()
    if (turn.session.greeted === today) return
    turn.session.greeted = today
    await this.#help(turn)
  }

  async #file(turn: Turn, name: string, token: string): Promise<void> {
    for (const handler of this.#handlers) if (await handler.takesFile?.(turn, name, token)) return
    turn.say(words.unreadable)
  }

  #help(turn: Turn): Promise<void> {
    const help = this.#commands.get('帮助')
    if (!help) throw new Error('no handler for 帮助')
    return help.run(turn, '')
  }

  #focused(turn: Turn): Handler | undefined {
    return this.#handlers.find((handler) => handler.name === turn.session.focus?.conversation)
  }
}
