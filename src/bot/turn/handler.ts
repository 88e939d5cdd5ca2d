import type { Campaign } from '../../campaign/plan/campaign.ts'
import type { Worded } from '../../campaign/plan/worded.ts'
import { holds, type Person, type Post } from '../../campaign/roster/roster.ts'
import type { Table } from '../../store/table.ts'
import type { RenderedFile } from '../messages/channel.ts'
import type { DocumentOrder } from '../messages/message.ts'
import type { Snapshot } from '../pushes/schedule.ts'
import type { World } from '../roster/world.ts'
import type { Turn } from './turn.ts'

/** Whose a word is: the holders of these posts, or whoever the campaign and the roster make its owner. */
export type By = readonly Post[] | ((person: Person, world: Pick<World, 'campaign' | 'roster'>) => boolean)

/**
 * A command word. It is a command when said alone, or followed by a space, line break or colon and an argument that `fits`;
 * without `fits` no argument does. `digits`: a number may follow the word directly (`议题3 答复 已更换`).
 * `amid`: with which arguments it is a command even while a text of the person's own words is awaited; without it none.
 * `use`: what it is for, in 帮助; a word without it is in no help. `whose`: the sentence that says who can, in a refusal.
 */
export type Command = {
  word: string
  by: By
  use?: Worded
  whose?: Worded
  /** In which plans it is a word; without it in all. */
  when?: (campaign: Campaign) => boolean
  /** The word that this plan has for it, which is said and shown in its place. */
  called?: (campaign: Campaign) => string
  digits?: true
  /** It is about grading: where the plan grades several times a year one may say of which (`评分 上半年 …`, `上半年进度`). */
  graded?: true
  /** Amid own words of another conversation it is asked whose they are; of a function those arguments that it names. */
  asks?: true | ((argument: string, turn: Turn) => boolean)
  fits?: (argument: string, turn: Turn) => boolean
  amid?: (argument: string, turn: Turn) => boolean
  run: (turn: Turn, argument: string) => Promise<void>
}

/** As it is said with this plan. */
export const wordOf = ({ word, called }: Pick<Command, 'word' | 'called'>, campaign: Campaign): string => {
  const own = called?.(campaign) ?? word
  return own.length > 1 ? own : word
}

export const maySay = (
  person: Person,
  { by }: Pick<Command, 'by'>,
  world: Pick<World, 'campaign' | 'roster'>,
): boolean => (typeof by === 'function' ? by(person, world) : holds(person, ...by))

/** A document that delivery makes when it sends it, from the records as they are then. `reads`: the tables it looks at. */
export type Paper = {
  document: string
  reads?: readonly Table<unknown>[]
  /** The orders that the archive of a campaign holds. */
  archived?: (snapshot: Snapshot) => DocumentOrder['with'][]
  render: (snapshot: Snapshot, order: DocumentOrder['with']) => Promise<RenderedFile>
}

export type Tap = { action: string; args: string[]; picked: { [question: string]: string[] } }

/**
 * One conversation. Its buttons have keys `name:action:arg:arg…` (see `buttonKey`), so a tap finds it again at any time.
 * `records`: the tables in which it keeps official records.
 * `papers`: the documents that it orders.
 * `interrupts` gets text before the conversation that has the focus; while that awaits the person's own words only what cannot be such is
 * for it. `false`: not for me.
 * `answers` gets what is no command while this conversation has the focus; `false`: not for me.
 * `welcomes` gives what somebody reads once before the first answer; undefined: nothing (any more).
 * `claims` gets free text that nobody was asked for (a report that just answers its prompt).
 */
export type Handler = {
  name: string
  records?: readonly Table<unknown>[]
  papers?: readonly Paper[]
  commands?: readonly Command[]
  interrupts?: (turn: Turn, text: string) => Promise<boolean>
  /** Said to the bot in a group, where only counts are answered (R4). `false`: not for me. */
  inGroup?: (turn: Turn, text: string) => Promise<boolean>
  /** A file was sent; `token`: by which its channel gives it. `false`: not for me. */
  takesFile?: (turn: Turn, name: string, token: string) => Promise<boolean>
  answers?: (turn: Turn, text: string) => Promise<boolean>
  /** What is open at this moment and holds words of the person's own already: what it is called. */
  holdsWords?: (turn: Turn) => Promise<string | undefined>
  welcomes?: (turn: Turn) => Promise<string | undefined>
  claims?: (turn: Turn, text: string) => Promise<boolean>
  fillable?: Fillable
  taps?: (turn: Turn, tap: Tap) => Promise<void>
  /** `button`: the key of the form's submit button. `false`: not for me. */
  submitsForm?: (turn: Turn, button: string, values: { [field: string]: unknown }) => Promise<boolean>
}

/** What was filled in for somebody: its name, how it stands, and by which words that person looks at it; or why it was not taken. */
export type Filling = { title: string; lines: string[]; how: string } | { say: string }

/**
 * What somebody else may fill in for a person who asked for it: it becomes that person's draft, who alone submits it. The turns are the
 * person's own (`turn.as`). `meant`: what is to be filled in now, undefined where there is nothing. `sample`: how it is said.
 */
export type Fillable = {
  name: string
  word: string
  by: By
  sample: string
  meant: (turn: Turn) => Promise<{ id: string; title: string } | undefined>
  isDone: (turn: Turn, id: string) => Promise<boolean>
  fill: (turn: Turn, text: string) => Promise<Filling>
}

const separator = ':'
/** `args` are ids and versions, never typed text. */
export const buttonKey = (handler: string, action: string, ...args: readonly (string | number)[]): string =>
  [handler, action, ...args].join(separator)

export function readButtonKey(key: string): { handler: string; action: string; args: string[] } | undefined {
  const [handler, action, ...args] = key.split(separator)
  return handler && action ? { handler, action, args } : undefined
}
