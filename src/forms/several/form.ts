import type { z } from 'zod'
import type { Card, FormField, Option } from '../../bot/messages/message.ts'
import type { By } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import type { Worded } from '../../campaign/plan/worded.ts'
import type { Branch } from '../../campaign/roster/roster.ts'
import type { Choosable } from '../choose.ts'
import type { Opened } from '../drafts.ts'
import type { Subject } from '../form.ts'

/** Something of a branch, known by the branch's name. `isReviewed`: it is reviewed, and is the one that a branch must have. */
export type OfBranch = Subject & { branch: Branch; isReviewed: boolean }
/** A subject with its open draft. */
export type Open<F, S> = { subject: S; draft: Opened<F> }
/** A text with the number of the item that was asked for. */
export type Said = { text: string; item: number | undefined }
/** The result of a text that was taken: a question back, and the number of the item that it asks for. */
export type Asked = { say?: string; item?: number }

/** All items of one subject: as a list to tick, as fields, and in words. `how` says how to type them. */
export type Items = {
  title: string
  ticks: { desc: string; options: (Option & { ticked: boolean })[] }
  fields: { title: string; desc: string; all: FormField[] }
  how: string
  words: string
}
/** One item with its possible values, the best first. */
export type Item = { number: number; options: readonly Choosable[]; what: string } & Pick<
  Card,
  'title' | 'desc' | 'text' | 'words'
>
/** What is missing of an open subject: all of it, an item to pick, or what `say` asks for. `why`: words about that item are asked for. */
export type Missing<F, S> = { one: Open<F, S> } & ({ all: true } | { item: Item } | { say: string; why?: number })

/** What is said of a submission; `isNew`: not as it was before; `unusual`: what a word is welcome about. */
export type Submitted = { line: string; isNew: boolean; unusual: string }
/** A word about one that was submitted; `tells`: who reviews it hears of it at once. */
export type Explanation = { text: string; tells: boolean }

/**
 * A form of items that one person fills in for several branches, one line each. All may be open at once and are confirmed together. `F` is
 * the content of a draft. The form defines what it reads and says. The conversation does the rest: which branch is meant, waiting texts,
 * cards, steering, stale taps, submission and filling in for somebody.
 */
export type SeveralForm<F, S extends OfBranch> = {
  /** The name of handler, drafts and buttons. */
  name: string
  /** The word that people say, such as 评分. `what` is the thing they then give, such as 分数. */
  word: string
  what: string
  by: By
  /** How to say all of one subject, and how to correct one item. */
  sample: Worded
  correction: Worded
  draft: z.ZodType<F>
  /** The subjects that this person may fill in now. */
  subjects: (turn: Turn) => readonly S[]
  open: (turn: Turn, subject: S) => Promise<Opened<F> | undefined>
  /** The state of its record, if there is one. */
  stateOf: (turn: Turn, subject: S) => Promise<'submitted' | 'returned' | 'filed' | undefined>
  /** The reason why it takes nothing any more. */
  closed: (turn: Turn, subject: S) => Promise<string | undefined>
  /** How much a text tells of a subject, or of any. `beside`: only what stands beside a filling. Undefined: it is about something else. */
  tells: (turn: Turn, subject: S | undefined, text: string) => 'all' | 'some' | 'beside' | undefined
  /** Takes a text as all of a subject. It replaces the draft. */
  takes: (turn: Turn, subject: S, text: string) => Promise<Asked>
  /**
   * Takes a text as a change of something open or submitted. Undefined: it is about something else. `refused` says why nothing of it is
   * taken.
   */
  changes: (turn: Turn, subject: S, said: Said) => Promise<(Asked & { refused?: string }) | undefined>
  /** Takes a text as the words that were asked for about an item. False: it is none. */
  words: (turn: Turn, one: Open<F, S>, said: Said) => Promise<boolean>
  /** Takes a form of all items. The next two take a set of ticks, and one item as it was picked. */
  takesFields: (turn: Turn, subject: S, values: { [field: string]: unknown }) => Promise<Asked>
  takesTicks: (turn: Turn, one: Open<F, S>, ids: readonly string[]) => Promise<void>
  takesItem: (turn: Turn, one: Open<F, S>, picked: { number: number; id: string }) => Promise<void>
  /** Takes all of one subject from a delegate: it replaces a draft. Returns the result. */
  fills: (turn: Turn, subject: S, text: string) => Promise<{ say: string } | { lines: string[] }>
  /** Begins a draft with what is on record. */
  begins: (turn: Turn, subject: S) => Promise<void>
  items: (turn: Turn, one: Open<F, S>) => Promise<Items>
  missing: (turn: Turn, open: readonly Open<F, S>[]) => Missing<F, S> | undefined
  /** Whether it is filled in and differs from what was submitted. */
  isNews: (turn: Turn, one: Open<F, S>) => Promise<boolean>
  isComplete: (fields: F) => boolean
  /** The confirmation of one subject, without its buttons. For several: one line each, and what to look at. */
  confirms: (turn: Turn, one: Open<F, S>) => Promise<Card>
  lines: (turn: Turn, one: Open<F, S>) => Promise<{ line: string; brief: string; mark: string }>
  /** The present state of the draft, or else of the record. Undefined if there is neither. */
  preview: (turn: Turn, subject: S, draft?: Opened<F>) => Promise<string | undefined>
  /** Makes a record of it. */
  submits: (turn: Turn, one: Open<F, S>) => Promise<Submitted>
  /** Tells who reviews them. */
  told: (turn: Turn, submitted: readonly S[]) => Promise<void>
  /** The text about one that was submitted. */
  submittedWords: (turn: Turn, subject: S) => Promise<string>
  /** Whether a text explains something by its own words. */
  isExplanation: (text: string) => boolean
  /** Keeps such a word about one that was submitted. */
  explains: (turn: Turn, subject: S, word: Explanation) => Promise<void>
}
