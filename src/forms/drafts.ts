import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Turn } from '../bot/turn/turn.ts'
import { table } from '../store/table.ts'

/**
 * Everything that the bot collects is a form: fields that are filled in any order. A draft is a record of its own, so that nothing is lost
 * with the session. `stamp` changes with every change, so a button of an older card no longer fits. `past` holds the earlier states, for
 * the way back.
 */
const Draft = z.strictObject({ stamp: z.string(), fields: z.unknown(), past: z.array(z.unknown()) })
/** Keys: campaign, person, form, subject. */
const drafts = table('draft', Draft)
const steps = 30

export type Form<Fields> = { name: string; schema: z.ZodType<Fields> }
export type Opened<Fields> = { fields: Fields; stamp: string }

/** This person's open draft of a form about a subject, or undefined if there is none. */
export async function openDraft<Fields>(
  turn: Turn,
  form: Form<Fields>,
  subject: string,
): Promise<Opened<Fields> | undefined> {
  const found = await turn.read(drafts, turn.campaign.id, turn.who.id, form.name, subject)
  return found && { stamp: found.stamp, fields: form.schema.parse(found.fields) }
}

/** Keeps what is known so far. The way back leads to the state before; what changes nothing is no step. */
export async function keepDraft<Fields>(
  turn: Turn,
  form: Form<Fields>,
  { subject, fields }: { subject: string; fields: Fields },
): Promise<Opened<Fields>> {
  const before = await turn.read(drafts, turn.campaign.id, turn.who.id, form.name, subject)
  const stamp = newStamp()
  await turn.put(drafts, [turn.campaign.id, turn.who.id, form.name, subject], {
    value: { stamp, fields, past: pastOf(before, fields) },
  })
  return { fields, stamp }
}

function pastOf(before: z.infer<typeof Draft> | undefined, fields: unknown): unknown[] {
  if (!before) return []
  return isDeepStrictEqual(before.fields, fields) ? before.past : [...before.past, before.fields].slice(-steps)
}

/** Unlike the stamps of the draft's earlier states. From a pool of random numbers, as this is made in nearly every turn. */
const newStamp = (): string => randomUUID().slice(0, 8)

/** Goes one step back. Undefined if there is none. */
export async function stepBack<Fields>(
  turn: Turn,
  form: Form<Fields>,
  subject: string,
): Promise<Opened<Fields> | undefined> {
  const before = await turn.read(drafts, turn.campaign.id, turn.who.id, form.name, subject)
  const last = before?.past.at(-1)
  if (!before || last === undefined) return undefined
  const stamp = newStamp()
  await turn.put(drafts, [turn.campaign.id, turn.who.id, form.name, subject], {
    value: { stamp, fields: last, past: before.past.slice(0, -1) },
  })
  return { fields: form.schema.parse(last), stamp }
}

/** Removes this person's draft of a form about a subject. */
export async function dropDraft(turn: Turn, form: Form<unknown>, subject: string): Promise<void> {
  await turn.remove(drafts, [turn.campaign.id, turn.who.id, form.name, subject])
}

const formWords = { 提交: 'submit', 取消: 'cancel', 预览: 'preview', 修改: 'edit', 上一步: 'back' } as const
export type FormWord = (typeof formWords)[keyof typeof formWords]

/** The word that steers an open form, if the text is only that word. */
export function formWord(text: string): FormWord | undefined {
  const word = text.normalize('NFKC').replace(/[\s。，,.!！?？“”"'「」]/g, '')
  for (const [said, meant] of Object.entries(formWords)) if (word === said) return meant
  return undefined
}
