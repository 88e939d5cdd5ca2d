import type { z } from 'zod'
import type { Card, FormField, Option } from '../../bot/messages/message.ts'
import type { By } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import type { Branch } from '../../campaign/roster/roster.ts'
import type { Choosable } from '../choose.ts'
import type { Opened } from '../drafts.ts'
import type { Subject } from '../form.ts'

/** A subject is something of a branch, known by the branch's name. */
export type OfBranch = Subject & { branch: Branch }
/** A subject with its open draft. */
export type Open<F, S> = { subject: S; draft: Opened<F> }
/** A text with the number of the item that was asked for. */
export type Said = { text: string; item: number | undefined }
/** What a text came to that was taken: a sentence that asks back, and the number of the item it asks for. */
export type Asked = { say?: string; item?: number }

/** All items of one subject: as a list to tick, as fields, and in words. `how`: how they are typed. */
export type Items = {
  title: string
  ticks: { desc: string; options: (Option & { ticked: boolean })[] }
  fields: { title: string; desc: string; all: FormField[] }
  how: string
  words: string
}
/** One item with what it may get, the best first. */
export type Item = { number: number; options: readonly Choosable[]; what: string } & Pick<
  Card,
  'title' | 'desc' | 'text' | 'words'
>
/** What is missing of one that is open: all of it, an item to pick, or what `say` asks for; `why`: words about that item are asked for. */
export type Missing<F, S> = { one: Open<F, S> } & ({ all: true } | { item: Item } | { say: string; why?: number })

/**
 * A form of items that one person fills in for several branches, a line each: all may be open at once and are confirmed together. `F`: what
 * a draft holds. What it reads and says is its own; which branch is meant, what waits for it, cards, steering, stale taps, submission and
 * filling in for somebody are the conversation's.
 */
export type SeveralForm<F, S extends OfBranch> = {
  /** Of handler, drafts and buttons. */
  name: string
  /** What people say: 评分. `what` they then give: 分数. */
  word: string
  what: string
  by: By
  /** How all of one subject is said, and how one item is corrected. */
  sample: string
  correction: string
  draft: z.ZodType<F>
  /** Those that this person may fill in now. */
  subjects: (turn: Turn) => readonly S[]
  /** Whether it is reviewed, and is the one that a branch must have. */
  isReviewed: (subject: S) => boolean
  open: (turn: Turn, subject: S) => Promise<Opened<F> | undefined>
  /** Of its record, where there is one. */
  stateOf: (turn: Turn, subject: S) => Promise<'submitted' | 'returned' | 'filed' | undefined>
  /** Why it takes nothing any more. */
  closed: (turn: Turn, subject: S) => Promise<string | undefined>
  /** How much of a subject, or of any, a text tells; undefined: it is about something else. */
  tells: (turn: Turn, subject: S | undefined, text: string) => 'all' | 'some' | undefined
  /** Takes a text as all of a subject, in place of its draft. */
  takes: (turn: Turn, subject: S, text: string) => Promise<Asked>
  /**
   * Takes a text as a change of what is open or was submitted; undefined: it is about something else. `refused`: why nothing of it is
   * taken.
   */
  changes: (turn: Turn, subject: S, said: Said) => Promise<(Asked & { refused?: string }) | undefined>
  /** Takes a text as the words that were asked for about an item; false: it is none. */
  words: (turn: Turn, one: Open<F, S>, said: Said) => Promise<boolean>
  /** Takes a form of all items, a set of ticks, one item as it was picked. */
  takesFields: (turn: Turn, subject: S, values: { [field: string]: unknown }) => Promise<Asked>
  takesTicks: (turn: Turn, one: Open<F, S>, ids: readonly string[]) => Promise<void>
  takesItem: (turn: Turn, one: Open<F, S>, picked: { number: number; id: string }) => Promise<void>
  /** All of one subject as somebody else enters it: kept in place of a draft, with what it comes to. */
  fills: (turn: Turn, subject: S, text: string) => Promise<{ say: string } | { lines: string[] }>
  /** Begins a draft, with what is on record. */
  begins: (turn: Turn, subject: S) => Promise<void>
  items: (turn: Turn, one: Open<F, S>) => Promise<Items>
  missing: (turn: Turn, open: readonly Open<F, S>[]) => Missing<F, S> | undefined
  /** Whether it is filled in and says something that was not submitted. */
  isNews: (turn: Turn, one: Open<F, S>) => Promise<boolean>
  isComplete: (fields: F) => boolean
  /** The confirmation of one, without its buttons; of several, a line each, and what to look at. */
  confirms: (turn: Turn, one: Open<F, S>) => Promise<Card>
  lines: (turn: Turn, one: Open<F, S>) => Promise<{ line: string; brief: string; mark: string }>
  /** As it stands, of the draft; without one of the record, undefined where there is none. */
  preview: (turn: Turn, subject: S, draft?: Opened<F>) => Promise<string | undefined>
  /** Makes a record of it. `isNew`: not as it was before; `unusual`: what a word is welcome about. */
  submits: (turn: Turn, one: Open<F, S>) => Promise<{ line: string; isNew: boolean; unusual: string }>
  /** Tells who reviews them. */
  told: (turn: Turn, submitted: readonly S[]) => Promise<void>
  /** What is said of one that was submitted. */
  submittedWords: (turn: Turn, subject: S) => Promise<string>
  /** Whether a text says of itself that it explains something. */
  isExplanation: (text: string) => boolean
  /** Keeps such a word about one that was submitted. `tells`: who reviews it hears of it at once. */
  explains: (turn: Turn, subject: S, word: { text: string; tells: boolean }) => Promise<void>
}
