import type { Card } from '../../bot/messages/message.ts'
import { buttonKey } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { cut } from '../../campaign/cut.ts'
import { shortName } from '../../campaign/roster/branch-names.ts'
import { dropDraft } from '../drafts.ts'
import { setFocus } from './focus.ts'
import type { OfBranch, Open, SeveralForm } from './form.ts'
import { sorted } from './proceed.ts'

/** Submits everything open and complete, in one commit. Says what was taken, what looks unusual, what is left and which comes next. */
export async function submitAll<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  open: readonly Open<F, S>[],
): Promise<void> {
  const lines: string[] = []
  const fresh: S[] = []
  const unusual = new Map<string, string>()
  for (const one of open) {
    const { subject, draft } = one
    if (form.isComplete(draft.fields)) {
      const submitted = await form.submits(turn, one)
      lines.push(submitted.line)
      if (submitted.isNew && subject.isReviewed) fresh.push(subject)
      if (submitted.unusual) unusual.set(subject.id, `${shortName(subject.label)}${submitted.unusual}`)
    }
    await dropDraft(turn, { name: form.name, schema: form.draft }, subject.id)
  }
  if (fresh.length > 0) await form.told(turn, fresh)
  const subjects = open.map(({ subject }) => subject.id)
  setFocus(turn, form, { subjects, ...(unusual.size > 0 ? { reasonFor: [...unusual.keys()] } : {}) })
  // It never blocks, because the submission is valid already.
  const welcome = turn.worded`方便时请回复一句说明，只给组织部看。`
  if (unusual.size > 0) lines.push(`${[...unusual.values()].join('；')}。${welcome}`)
  turn.show(await whatIsLeft(form, turn, { lines, taken: subjects, isNew: fresh.length > 0 }))
}

async function whatIsLeft<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { lines, taken, isNew }: { lines: readonly string[]; taken: readonly string[]; isNew: boolean },
): Promise<Card> {
  const all = form.subjects(turn).filter(({ isReviewed }) => isReviewed)
  const { done } = await sorted(form, turn, all)
  const left = all.filter((subject) => !taken.includes(subject.id) && !done.includes(subject))
  const own = all.some(({ branch }) => branch.generalBranch === undefined)
  const scope = own ? '直属支部' : '本总支'
  const closing = own
    ? `${scope}${all.length}个都已评完，备案请回复“待审”。`
    : turn.worded`${scope}${all.length}个支部都已评完，等组织部审核；结果会告诉您。盖章的汇总表请回复“汇总表”。`
  const [next] = left
  const end = lines.length === 0 ? '没有改动。' : isNew ? closing : ''
  const rest = next ? `${scope}还有${left.length}个支部未${form.word}，下一个：${next.label}。` : end
  const card = { title: '已提交', text: [...lines, rest].filter(Boolean).join('\n') }
  if (!next) return { ...card, closed: '已提交' }
  const short = shortName(next.label)
  const buttons = [{ text: cut(short, 10), key: buttonKey(form.name, 'open', next.id) }]
  return { ...card, ask: { kind: 'buttons', buttons }, words: `继续请回复“${form.word} ${short}”。` }
}
