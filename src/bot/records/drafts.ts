import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { table } from '../../store/table.ts'
import type { Turn } from '../turn/turn.ts'

/**
 * Everything the bot collects is a form: fields that fill up in any order. A draft is a record of its own, so nothing is lost with
 * the session. `stamp` changes with every change: a button of an older card does not fit any more. `past`: the way back.
 */
const Draft = z.strictObject({ stamp: z.string(), fields: z.unknown(), past: z.array(z.unknown()) })
/** Keys: campaign, person, form, subject. */
const drafts = table('draft', Draft)
const steps = 30

export type Form<Fields> = { name: string; schema: z.ZodType<Fields> }
export type Opened<Fields> = { fields: Fields; stamp: string }

export async function openDraft<Fields>(
  turn: Turn,
  form: Form<Fields>,
  subject: string,
): Promise<Opened<Fields> | undefined> {
  const found = await turn.read(drafts, turn.campaign.id, turn.who.id, form.name, subject)
  return found && { stamp: found.stamp, fields: form.schema.parse(found.fields) }
}

/** Keeps what is known so far; the way back leads to what was known before. */
export async function keepDraft<Fields>(
  turn: Turn,
  form: Form<Fields>,
  subject: string,
  fields: Fields,
): Promise<Opened<Fields>> {
  const before = await turn.read(drafts, turn.campaign.id, turn.who.id, form.name, subject)
  const past = before ? [...before.past, before.fields].slice(-steps) : []
  const stamp = randomBytes(6).toString('base64url')
  await turn.put(drafts, [turn.campaign.id, turn.who.id, form.name, subject], { stamp, fields, past })
  return { fields, stamp }
}

/** One step back; undefined where there is none. */
export async function stepBack<Fields>(
  turn: Turn,
  form: Form<Fields>,
  subject: string,
): Promise<Opened<Fields> | undefined> {
  const before = await turn.read(drafts, turn.campaign.id, turn.who.id, form.name, subject)
  const last = before?.past.at(-1)
  if (!before || last === undefined) return undefined
  const stamp = randomBytes(6).toString('base64url')
  await turn.put(drafts, [turn.campaign.id, turn.who.id, form.name, subject], {
    stamp,
    fields: last,
    past: before.past.slice(0, -1),
  })
  return { fields: form.schema.parse(last), stamp }
}

export async function dropDraft(turn: Turn, form: Form<unknown>, subject: string): Promise<void> {
  await turn.remove(drafts, [turn.campaign.id, turn.who.id, form.name, subject])
}

const formWords = { 提交: 'submit', 取消: 'cancel', 预览: 'preview', 修改: 'edit', 上一步: 'back' } as const
export type FormWord = (typeof formWords)[keyof typeof formWords]

/** The word by which a person steers an open form, said alone. */
export function formWord(text: string): FormWord | undefined {
  const word = text.normalize('NFKC').replace(/[\s。，,.!！?？“”"'「」]/g, '')
  for (const [said, meant] of Object.entries(formWords)) if (word === said) return meant
  return undefined
}
