import type { z } from 'zod'
import type { By } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import type { Worded } from '../campaign/plan/worded.ts'
import type { Table } from '../store/table.ts'
import type { Choosable } from './choose.ts'

/** What a form is about: a quarter of a branch, a branch, a month of a member. `id` is for good, `label` as people read it. */
export type Subject = { id: string; label: string }

/** Which subject a text is about, and the text without that; several it may be about; or the sentence why it cannot be any. */
export type SubjectSaid<S extends Subject> =
  | { subject: S; rest: string }
  | { among: readonly S[]; rest: string }
  | { say: string }

/**
 * What a text came to. `say`: a piece that cannot be taken, quoted and asked for; nothing of it is in `fields`. `note`: what was left out of
 * it, said before what comes next.
 */
export type Read<F> = { fields: F; say?: string; note?: string }

/** A question with choices, where what was said may mean several. */
export type Choice = { title: string; text?: string; options: readonly Choosable[] }

/** A part of a form that can be written anew by itself, after 修改. */
export type Part = { id: string; label: string }

/**
 * What the bot collects, as a declaration; `conversation.ts` makes a handler of it. `F`: what a draft holds, complete or not.
 * Functions get the turn for what they look up; what they say is Chinese.
 */
export type Form<F, S extends Subject = Subject> = {
  /** The one name: of handler, drafts and buttons. */
  name: string
  word: string
  by: By
  /** In 帮助. */
  use: Worded
  whose?: string
  /** The tables in which its records stand. */
  records: readonly Table<unknown>[]
  /** What a draft in the store must look like. */
  draft: z.ZodType<F>
  /** The subject of a text that was said after the word; of an empty one the subject that the bare word means. */
  subject: (turn: Turn, text: string) => Promise<SubjectSaid<S>>
  /** A subject of this person by its id: rights are those of this moment. */
  find: (turn: Turn, id: string) => Promise<S | undefined>
  /**
   * What is there already, what is missing, and how to say it all in one message: the answer to the bare word. Without it that word opens
   * the form. `meant`: what was said after the word, a quarter, a unit.
   */
  overview?: (turn: Turn, meant?: readonly S[]) => Promise<string>
  /** Commands of the form that act at once (撤销 …); `false`: none of them. */
  acts?: (turn: Turn, text: string) => Promise<boolean>
  /** What is answered to a text that may be stored nowhere; it changes nothing. */
  refuses?: (turn: Turn, text: string) => string | undefined
  /** The subject of a text that nobody asked for, but that plainly is such a form. */
  claims?: (turn: Turn, text: string) => Promise<S | undefined>
  /** Why this subject takes nothing any more. */
  closed?: (turn: Turn, subject: S) => Promise<string | undefined>
  nothing: F
  /** How all of it is said in one message. */
  sample?: string
  /** The words after the form's own by which a subject is meant; none where the bare word means it. */
  calls?: (subject: S) => string
  /** Whether it was submitted already: who was asked to fill it in is done then. */
  isDone?: (turn: Turn, subject: S) => Promise<boolean>
  /** What is on record, with which a new draft begins; else it begins with nothing. */
  onRecord?: (turn: Turn, subject: S) => Promise<F | undefined>
  /** A text after the word is added to an open draft; else it begins it anew. */
  adds?: true
  /** Adds a text to what is known; `part`: it writes that part anew (of a form without `replace`). */
  read: (turn: Turn, text: string, on: { subject: S; before: F; part?: string }) => Promise<Read<F>> | Read<F>
  /** The one question for all that is missing or not clear; undefined where it can be submitted. */
  asks: (turn: Turn, fields: F, subject: S) => Promise<string | Choice | undefined> | string | Choice | undefined
  /** What a choice means. */
  chosen?: (fields: F, id: string) => F
  /** Every word that was given, a line a part. */
  shows: (turn: Turn, fields: F, subject: S) => Promise<readonly string[]> | readonly string[]
  /** What stays on the card where the whole does not fit on it. */
  gist?: (turn: Turn, fields: F, subject: S) => readonly string[]
  /** The card's title, at most 16 characters. */
  title: (subject: S) => string
  /** A remark above the content: how many reports are in it, that all measures are replaced. */
  note?: (turn: Turn, fields: F, subject: S) => Promise<string | undefined>
  parts?: (fields: F, subject: S) => readonly Part[]
  /** Writes one part anew. */
  replace?: (fields: F, part: string, text: string) => F
  /** What is asked once before it is submitted, and may be left unanswered. */
  remark?: (turn: Turn, fields: F, subject: S) => Promise<string | undefined>
  /** Makes it a record; gives what is said after 已提交. `remark`: the answer to the question before, empty where there is none. */
  submit: (turn: Turn, fields: F & { remark?: string }, subject: S) => Promise<string>
}
