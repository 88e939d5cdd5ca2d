import type { z } from 'zod'
import type { Card } from '../../bot/messages/message.ts'
import type { Opened } from '../../bot/records/drafts.ts'
import type { By, Tap } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import type { Branch } from '../../campaign/roster/roster.ts'
import type { Subject } from '../form.ts'

/** A subject is something of a branch, known by the branch's name. */
export type OfBranch = Subject & { branch: Branch }
/** A subject with its open draft. */
export type Open<F, S> = { subject: S; draft: Opened<F> }
/** What a text came to that was taken: a sentence that asks back, and the number of the item it asks for. */
export type Asked = { say?: string; item?: number }

/**
 * A form that one person fills in for several branches, a line each: all of them may be open at once and are confirmed together. `F`: what a
 * draft holds. What it collects and shows is its own; which branch is meant, what waits, steering and stale taps are the conversation's.
 */
export type SeveralForm<F, S extends OfBranch> = {
  /** Of handler, drafts and buttons. */
  name: string
  /** What people say: 评分. `what` they then give: 分数. */
  word: string
  what: string
  by: By
  /** How all of one subject is said. */
  sample: string
  draft: z.ZodType<F>
  /** Those that this person may fill in now. */
  subjects: (turn: Turn) => readonly S[]
  open: (turn: Turn, subject: S) => Promise<Opened<F> | undefined>
  /** Why it takes nothing any more. */
  closed: (turn: Turn, subject: S) => Promise<string | undefined>
  /** How much of a subject, or of any, a text tells; undefined: it is about something else. */
  tells: (turn: Turn, subject: S | undefined, text: string) => 'all' | 'some' | undefined
  /** Takes a text as all of a subject, in place of its draft. */
  takes: (turn: Turn, subject: S, text: string) => Promise<Asked>
  /**
   * Takes a text as a change of what is open or was submitted; undefined: it is about something else. `item`: the one asked for.
   * `refused`: why nothing of it is taken.
   */
  changes: (
    turn: Turn,
    subject: S,
    said: { text: string; item: number | undefined },
  ) => Promise<(Asked & { refused?: string }) | undefined>
  /** Takes a text as the words that were asked for about an item; false: it is none. */
  words: (turn: Turn, one: Open<F, S>, said: { text: string; item: number | undefined }) => Promise<boolean>
  /** Begins a draft, with what is on record; true: there was a record. */
  begins: (turn: Turn, subject: S) => Promise<boolean>
  /** Shows all of it to be filled in or changed. */
  edits: (turn: Turn, one: Open<F, S>, note?: string) => Promise<void>
  /** Whether each item is filled in, and whether nothing else is missing either. */
  isComplete: (fields: F) => boolean
  isReady: (turn: Turn, one: Open<F, S>) => boolean
  /** Asks for the first thing that is missing; gives the item whose words it asked for, true for anything else, false where nothing is. */
  asks: (turn: Turn, open: readonly Open<F, S>[]) => Promise<boolean | number>
  confirms: (turn: Turn, open: readonly Open<F, S>[], stamp: string) => Promise<void>
  /** As it stands, of the draft; without one of the record, undefined where there is none. */
  preview: (turn: Turn, subject: S, draft?: Opened<F>) => Promise<string | undefined>
  /** Makes records of them; which of them look unusual, so that a word about them is welcome. */
  submits: (turn: Turn, open: readonly Open<F, S>[]) => Promise<string[]>
  /** What is said of one without a draft that was submitted; undefined where it was not. */
  submitted: (turn: Turn, subject: S) => Promise<Card | undefined>
  /** Whether it was submitted and not sent back; `filled`: there is a draft that is complete and says something else. */
  stateOf: (turn: Turn, subject: S) => Promise<{ state: 'open' | 'returned' | 'done'; filled: boolean }>
  /** All of one subject as somebody else enters it: kept in place of a draft, with what it comes to; undefined: it is something else. */
  fills: (turn: Turn, subject: S, text: string) => Promise<{ say: string } | { lines: string[] } | undefined>
  /** A tap on one of its own cards that is still true: whether it goes on from there; undefined where it knows no such tap. */
  taps: (turn: Turn, one: Open<F, S>, tap: Tap) => Promise<boolean | undefined>
  /** A form card of all items. */
  takesForm: (turn: Turn, subject: S, values: { [field: string]: unknown }) => Promise<Asked>
  /** Whether a text says of itself that it explains something. */
  isExplanation: (text: string) => boolean
  /** The subjects about which a word may be said after their submission; `returned`: it was sent back. */
  explainable: (turn: Turn) => Promise<{ subject: S; returned: boolean }[]>
  /** Keeps such a word, with what is said of that; undefined where it came too late. `tells`: who reviews it hears of it at once. */
  explains: (
    turn: Turn,
    subject: S,
    word: { text: string; tells: boolean },
  ) => Promise<{ say: string; returned: boolean } | undefined>
}
