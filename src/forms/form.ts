import type { z } from 'zod'
import type { By } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import type { Worded } from '../campaign/plan/worded.ts'
import type { Table } from '../store/table.ts'
import type { Choosable } from './choose.ts'

/** The subject of a form: a quarter of a branch, a branch, a month of a member. `id` is permanent; `label` is what people read. */
export type Subject = { id: string; label: string }

/** The subject of a text and the text without it; several possible subjects; or the sentence that says why there is none. */
export type SubjectSaid<S extends Subject> =
  | { subject: S; rest: string }
  | { among: readonly S[]; rest: string }
  | { say: string }

/**
 * The result of reading a text. `say` quotes a piece that cannot be taken and asks for it; nothing of that piece is in `fields`. `note`
 * says what was left out, before the next question.
 */
export type Read<F> = { fields: F; say?: string; note?: string }

/** A question with choices, if a text has several possible meanings. */
export type Choice = { title: string; text?: string; options: readonly Choosable[] }

/** A part of a form that can be rewritten separately after 修改. */
export type Part = { id: string; label: string }

/**
 * A form, which is what the bot collects, as a declaration; `conversation.ts` makes a handler of it. `F` is the content of a draft,
 * complete or not. The functions get the turn to look things up; their texts are Chinese.
 */
export type Form<F, S extends Subject = Subject> = {
  /** The one name of handler, drafts and buttons. */
  name: string
  word: string
  by: By
  /** Its line in 帮助. */
  use: Worded
  whose?: string
  /** The tables of its records. */
  records: readonly Table<unknown>[]
  /** The shape of a stored draft. */
  draft: z.ZodType<F>
  /** The subject of a text after the word. For an empty text, the subject that the bare word means. */
  subject: (turn: Turn, text: string) => Promise<SubjectSaid<S>>
  /** A subject of this person by its id, by the rights of this moment. */
  find: (turn: Turn, id: string) => Promise<S | undefined>
  /**
   * The answer to the bare word: what exists, what is missing, and how to say it all in one message. Without `overview` the bare word opens
   * the form. `meant` is what was named after the word, such as a quarter or a unit.
   */
  overview?: (turn: Turn, meant?: readonly S[]) => Promise<string>
  /** Commands of the form that act at once (撤销 …). `false`: the text is none of them. */
  acts?: (turn: Turn, text: string) => Promise<boolean>
  /** The reply to a text that must not be stored. It changes nothing. */
  refuses?: (turn: Turn, text: string) => string | undefined
  /** The subject of a text that nobody asked for but that plainly is such a form. */
  claims?: (turn: Turn, text: string) => Promise<S | undefined>
  /** The reason why this subject takes nothing any more. */
  closed?: (turn: Turn, subject: S) => Promise<string | undefined>
  nothing: F
  /** How to say all of it in one message. */
  sample?: string
  /** The words after the form's word that mean a subject; none if the bare word means it. */
  calls?: (subject: S) => string
  /** Whether it was submitted already. Then a delegate has nothing to fill in. */
  isDone?: (turn: Turn, subject: S) => Promise<boolean>
  /** What is on record. A new draft begins with it, or else empty. */
  onRecord?: (turn: Turn, subject: S) => Promise<F | undefined>
  /** A text after the word is added to an open draft. Without this it begins the draft anew. */
  adds?: true
  /** Adds a text to what is known. With `part` it rewrites that part (in a form without `replace`). */
  read: (turn: Turn, text: string, on: { subject: S; before: F; part?: string }) => Promise<Read<F>> | Read<F>
  /** The one question for everything missing or unclear. Undefined if the form can be submitted. */
  asks: (turn: Turn, fields: F, subject: S) => Promise<string | Choice | undefined> | string | Choice | undefined
  /** The fields after a choice. */
  chosen?: (fields: F, id: string) => F
  /** Every word that was given, one line for each part. */
  shows: (turn: Turn, fields: F, subject: S) => Promise<readonly string[]> | readonly string[]
  /** The part that stays on the card if the whole does not fit. */
  gist?: (turn: Turn, fields: F, subject: S) => readonly string[]
  /** The card's title, at most 16 characters. */
  title: (subject: S) => string
  /** A remark above the content: how many reports it has, or that all measures are replaced. */
  note?: (turn: Turn, fields: F, subject: S) => Promise<string | undefined>
  parts?: (fields: F, subject: S) => readonly Part[]
  /** Rewrites one part. */
  replace?: (fields: F, part: string, text: string) => F
  /** A question before the submission that may stay unanswered. */
  remark?: (turn: Turn, fields: F, subject: S) => Promise<string | undefined>
  /** Makes it a record. Returns the text after 已提交. `remark` answers the question before; empty if there is no answer. */
  submit: (turn: Turn, fields: F & { remark?: string }, subject: S) => Promise<string>
}
