import { dayOf } from '../bot/clock.ts'
import { type Delegation, delegatedDays, delegations } from '../bot/records/delegations.ts'
import { deedOf } from '../bot/turn/deed.ts'
import { type Fillable, maySay } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { inWords } from '../campaign/plan/worded.ts'
import type { Person } from '../campaign/roster/roster.ts'

/** What is to be filled in: a form, and its subject by id and by title. */
type ToDelegate = { form: Fillable; id: string; title: string }

/** The form that this person may ask somebody to fill in now: the one named, else the first that is open, else the first of all. */
export async function toDelegate(
  turn: Turn,
  all: readonly Fillable[],
  word: string | undefined,
): Promise<ToDelegate | undefined> {
  const mine = all.filter((form) => maySay(turn.who, form, turn.world) && (word === undefined || form.word === word))
  let first: ToDelegate | undefined
  for (const form of mine) {
    const meant = await form.meant(turn)
    if (!meant) continue
    first ??= { form, ...meant }
    if (!(await form.isDone(turn, meant.id))) return { form, ...meant }
  }
  return first
}

/** Tells the other side at once. */
export const tellOfDelegation = (turn: Turn, person: Person, text: string): Promise<void> =>
  turn.tell(person, text, { about: 'delegate', urgent: true })

/** Lets the delegate fill this in, besides earlier tasks, and tells the delegate how. */
export async function delegate(turn: Turn, to: Person, { form, id, title }: ToDelegate): Promise<void> {
  const known = await turn.read(delegations, to.id, turn.who.id)
  const { at } = deedOf(turn)
  await turn.put(delegations, [to.id, turn.who.id], { value: { at, of: { ...known?.of, [form.name]: id } } })
  const how = `请回复“代填 ${turn.who.name} ${inWords(form.sample, turn.campaign)}”。填好后由本人确认提交。`
  await tellOfDelegation(turn, to, `${turn.who.name}请您代填${title}。${how}`)
}

/** Ends the delegations of this person, all of them or those to the named one. Tells the former delegates and returns them. */
export async function endDelegations(turn: Turn, name: string): Promise<Person[]> {
  const ended: Person[] = []
  for (const { ids } of await turn.list(delegations)) {
    const known = turn.roster.people.find(({ id }) => id === ids[0])
    if (ids[1] !== turn.who.id || (name !== '' && known?.name !== name)) continue
    await turn.remove(delegations, ids)
    if (known) ended.push(known)
  }
  for (const one of ended) await tellOfDelegation(turn, one, `${turn.who.name}说不用代填了，谢谢。`)
  return ended
}

/** The people who asked this person to fill in, and what is still to be done. A delegation ends with its duty, or by time. */
export async function askedOf(
  turn: Turn,
  all: readonly Fillable[],
): Promise<{ principal: Person; forms: readonly (Fillable & { sample: string })[] }[]> {
  const found: { principal: Person; forms: readonly (Fillable & { sample: string })[] }[] = []
  for (const { ids, value } of await turn.list(delegations, turn.who.id)) {
    const principal = turn.roster.people.find(({ id }) => id === ids[1])
    if (!principal) continue
    const forms = await openOf(turn.as(principal), value, all)
    if (forms.length === 0) await turn.remove(delegations, ids)
    else found.push({ principal, forms: forms.map((one) => ({ ...one, sample: inWords(one.sample, turn.campaign) })) })
  }
  return found
}

async function openOf(turn: Turn, { at, of }: Delegation, all: readonly Fillable[]): Promise<Fillable[]> {
  if (dayOf(at).until(turn.now.toPlainDate()).days > delegatedDays) return []
  const open: Fillable[] = []
  for (const form of all) {
    const id = of[form.name]
    if (id !== undefined && maySay(turn.who, form, turn.world) && !(await form.isDone(turn, id))) open.push(form)
  }
  return open
}
