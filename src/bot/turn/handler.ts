import type { CommandWord } from './rights.ts'
import type { Turn } from './turn.ts'

/**
 * A command word. It is a command when said alone, or followed by a space, line break or colon and an argument that `fits`;
 * without `fits` no argument does.
 */
export type Command = {
  word: CommandWord
  fits?: (argument: string, turn: Turn) => boolean
  run: (turn: Turn, argument: string) => Promise<void>
}

export type Tap = { action: string; args: string[]; picked: { [question: string]: string[] } }

/**
 * One conversation. Its buttons have keys `name:action:arg:arg…` (see `buttonKey`), so a tap finds it again at any time.
 * `interrupts` gets text before the conversation that has the focus; while that awaits the person's own words only what cannot be such is
 * for it. `false`: not for me.
 * `answers` gets what is no command while this conversation has the focus; `false`: not for me.
 * `claims` gets free text that nobody was asked for (a report that just answers its prompt).
 */
export type Handler = {
  name: string
  commands?: readonly Command[]
  interrupts?: (turn: Turn, text: string) => Promise<boolean>
  /** Said to the bot in a group, where only counts are answered (R4). `false`: not for me. */
  inGroup?: (turn: Turn, text: string) => Promise<boolean>
  /** A file was sent; `token`: by which its channel gives it. `false`: not for me. */
  takesFile?: (turn: Turn, name: string, token: string) => Promise<boolean>
  answers?: (turn: Turn, text: string) => Promise<boolean>
  claims?: (turn: Turn, text: string) => Promise<boolean>
  taps?: (turn: Turn, tap: Tap) => Promise<void>
  /** `button`: the key of the form's submit button. `false`: not for me. */
  submitsForm?: (turn: Turn, button: string, values: { [field: string]: unknown }) => Promise<boolean>
}

const separator = ':'
/** `args` are ids and versions, never typed text. */
export const buttonKey = (handler: string, action: string, ...args: readonly (string | number)[]): string =>
  [handler, action, ...args].join(separator)

export function readButtonKey(key: string): { handler: string; action: string; args: string[] } | undefined {
  const [handler, action, ...args] = key.split(separator)
  return handler && action ? { handler, action, args } : undefined
}
