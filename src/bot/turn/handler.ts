import type { Campaign } from '../../campaign/plan/campaign.ts'
import type { Worded } from '../../campaign/plan/worded.ts'
import { holds, type Person, type Post } from '../../campaign/roster/roster.ts'
import type { Table } from '../../store/table.ts'
import type { RenderedFile } from '../messages/channel.ts'
import type { DocumentOrder } from '../messages/message.ts'
import type { Snapshot } from '../pushes/schedule.ts'
import type { World } from '../roster/world.ts'
import type { Turn } from './turn.ts'

/** The people who may use a word: the holders of these posts, or those that the campaign and the roster give it to. */
export type By = readonly Post[] | ((person: Person, world: Pick<World, 'campaign' | 'roster'>) => boolean)

/**
 * A command word. It is a command if it stands alone, or before a space, line break or colon and an argument that `fits`; without `fits` no
 * argument is allowed.
 * `digits`: a number may follow the word directly (`议题3 答复 已更换`). `amid`: the arguments with which it is a command even while a text in the
 * person's own words is awaited; without `amid` none. `use`: its purpose, in 帮助; a word without it is not listed there. `whose`: the
 * sentence of a refusal that says who can.
 */
export type Command = {
  word: string
  by: By
  use?: Worded
  whose?: Worded
  /** Whether a plan has this word; if it is absent, all plans have it. */
  when?: (campaign: Campaign) => boolean
  /** This plan's name for it, which is said and shown in its place. */
  called?: (campaign: Campaign) => string
  digits?: true
  /** It is about grading. If the plan grades several times a year, a person may name the period (`评分 上半年 …`, `上半年进度`). */
  graded?: true
  /**
   * If it comes while another conversation awaits the person's own words, the bot asks whose words they are. A function selects the
   * arguments for which it asks.
   */
  asks?: true | ((argument: string, turn: Turn) => boolean)
  fits?: (argument: string, turn: Turn) => boolean
  amid?: (argument: string, turn: Turn) => boolean
  run: (turn: Turn, argument: string) => Promise<void>
}

/** The word as this plan has it. */
export const wordOf = ({ word, called }: Pick<Command, 'word' | 'called'>, campaign: Campaign): string => {
  const own = called?.(campaign) ?? word
  return own.length > 1 ? own : word
}

export const maySay = (
  person: Person,
  { by }: Pick<Command, 'by'>,
  world: Pick<World, 'campaign' | 'roster'>,
): boolean => (typeof by === 'function' ? by(person, world) : holds(person, ...by))

/** A document that delivery makes when it sends it, from the records of that moment. `reads` are the tables it uses. */
export type Paper = {
  document: string
  reads?: readonly Table<unknown>[]
  /** The orders that the archive of a campaign holds. */
  archived?: (snapshot: Snapshot) => DocumentOrder['with'][]
  render: (snapshot: Snapshot, order: DocumentOrder['with']) => Promise<RenderedFile>
}

export type Tap = { action: string; args: string[]; picked: { [question: string]: string[] } }

/**
 * One conversation. Its buttons have keys `name:action:arg:arg…` (see `buttonKey`), so a tap finds it at any time.
 * `records`: the tables in which it keeps official records.
 * `papers`: the documents that it orders.
 * `interrupts` gets a text before the conversation with the focus. While that one awaits the person's own words, it gets only what cannot
 * be such words. `false`: not for me.
 * `answers` gets every text that is no command while this conversation has the focus. `false`: not for me.
 * `welcomes` gives a text that a person reads once before the first answer. Undefined: nothing, or nothing any more.
 * `claims` gets free text that nobody asked for (such as a report that answers its prompt).
 */
export type Handler = {
  name: string
  records?: readonly Table<unknown>[]
  papers?: readonly Paper[]
  commands?: readonly Command[]
  interrupts?: (turn: Turn, text: string) => Promise<boolean>
  /** A text to the bot in a group, where only counts are answered (R4). `false`: not for me. */
  inGroup?: (turn: Turn, text: string) => Promise<boolean>
  /** A person sent a file. Its channel gives the file for `token`. `false`: not for me. */
  takesFile?: (turn: Turn, name: string, token: string) => Promise<boolean>
  answers?: (turn: Turn, text: string) => Promise<boolean>
  /** The name of what is open now and already holds the person's own words. */
  holdsWords?: (turn: Turn) => Promise<string | undefined>
  welcomes?: (turn: Turn) => Promise<string | undefined>
  claims?: (turn: Turn, text: string) => Promise<boolean>
  fillable?: Fillable
  taps?: (turn: Turn, tap: Tap) => Promise<void>
  /** `button` is the key of the form's submit button. `false`: not for me. */
  submitsForm?: (turn: Turn, button: string, values: { [field: string]: unknown }) => Promise<boolean>
}

/**
 * What was filled in for a person: its name, its present state, and the words by which the person looks at it. Or the reason why it was not
 * taken.
 */
export type Filling = { title: string; lines: string[]; how: string } | { say: string }

/**
 * What a delegate may fill in for a person who asked for it. It becomes a draft of that person, and only that person submits it. The turns
 * are the person's own (`turn.as`). `meant` is what is to be filled in now, undefined if nothing is. `sample` shows how to say it.
 */
export type Fillable = {
  name: string
  word: string
  by: By
  sample: Worded
  meant: (turn: Turn) => Promise<{ id: string; title: string } | undefined>
  isDone: (turn: Turn, id: string) => Promise<boolean>
  fill: (turn: Turn, text: string) => Promise<Filling>
}

const separator = ':'
/** The key of a button. `args` are ids and versions, never typed text. */
export const buttonKey = (handler: string, action: string, ...args: readonly (string | number)[]): string =>
  [handler, action, ...args].join(separator)

/** The parts of a button's key, or undefined if it has none. */
export function readButtonKey(key: string): { handler: string; action: string; args: string[] } | undefined {
  const [handler, action, ...args] = key.split(separator)
  return handler && action ? { handler, action, args } : undefined
}
