import type { z } from 'zod'
import { type Handler, maySay, type Tap } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import * as words from '../bot/turn/words.ts'
import { choose, chosenId, tapBy } from './choose.ts'
import { confirmation, headOf } from './confirmation.ts'
import { dropDraft, type FormWord, formWord, keepDraft, type Opened, openDraft } from './drafts.ts'
import { fillable } from './fill-in.ts'
import type { Form, Read, Subject } from './form.ts'
import { type Focus, focusOf } from './form-focus.ts'
import { nothingNew, steer } from './steering.ts'

/** The remarks before the next question: a piece that was not taken, or what was left out. */
type Remarks = Pick<Read<unknown>, 'say' | 'note'>

/** Makes the conversation of a form: begin, add, correct, confirm, submit; by words and by taps. */
export function conversation<F, S extends Subject>(form: Form<F, S>): Handler {
  const talk = new Conversation(form)
  return {
    name: form.name,
    records: form.records,
    commands: [
      {
        word: form.word,
        by: form.by,
        use: form.use,
        ...(form.whose === undefined ? {} : { whose: form.whose }),
        amid: () => true,
        asks: form.refuses ? (argument, turn) => form.refuses?.(turn, argument) === undefined : true,
        digits: true,
        fits: () => true,
        run: (turn, argument) => talk.begin(turn, argument),
      },
    ],
    answers: (turn, text) => talk.answers(turn, text),
    holdsWords: (turn) => talk.holdsWords(turn),
    ...(form.claims ? { claims: (turn: Turn, text: string) => talk.claims(turn, text) } : {}),
    fillable: fillable(form),
    taps: (turn, tap) => talk.taps(turn, tap),
  }
}

class Conversation<F, S extends Subject> {
  readonly #form: Form<F, S>
  readonly #draft: { name: string; schema: z.ZodType<F> }

  constructor(form: Form<F, S>) {
    this.#form = form
    this.#draft = { name: form.name, schema: form.draft }
  }

  /** The bare word shows what exists, or opens the form. A text after it begins a draft, or is added to the draft. */
  async begin(turn: Turn, argument: string): Promise<void> {
    const { acts, refuses, overview, adds } = this.#form
    const text = argument.trim()
    if (text !== '' && (await acts?.(turn, text))) return
    const refusal = refuses?.(turn, text)
    if (refusal !== undefined) return turn.say(refusal)
    const said = await this.#form.subject(turn, text)
    if ('say' in said) return turn.say(said.say)
    const hasWords = said.rest.trim() !== ''
    if ('among' in said) {
      if (!hasWords && overview) turn.say(await overview(turn, said.among))
      return this.#whichSubject(turn, said.among, said.rest)
    }
    const { subject, rest } = said
    if (await this.#isClosed(turn, subject)) return
    if (hasWords) return this.#take(turn, subject, { text: rest, anew: !adds })
    if (overview) turn.say(await overview(turn, [subject]))
    const draft = await this.#open(turn, subject)
    if (!draft && overview) return this.#focus(turn, { subject: subject.id }, false)
    if (!draft) await this.#keep(turn, subject, await this.#fresh(turn, subject))
    this.#focus(turn, { subject: subject.id })
    await this.#proceed(turn, subject)
  }

  async answers(turn: Turn, text: string): Promise<boolean> {
    const focus = this.#focused(turn)
    if (!focus || this.#isRefused(turn)) return focus !== undefined
    const word = formWord(text)
    const refusal = word === undefined ? this.#form.refuses?.(turn, text) : undefined
    if (refusal !== undefined) {
      turn.say(refusal)
      return true
    }
    const subject = focus.subject === undefined ? undefined : await this.#form.find(turn, focus.subject)
    const action = subject ? 'part' : 'subject'
    const tap = focus.replace === undefined ? tapBy(turn, { handler: this.#form.name, action }, text) : undefined
    if (tap) return this.taps(turn, tap).then(() => true)
    if (!subject) {
      if (word !== undefined) return false
      await this.begin(turn, [focus.text ?? '', text].filter(Boolean).join('\n'))
      return true
    }
    if (focus.done) return this.#afterwards(turn, word)
    if (word !== undefined) return this.#steer(turn, subject, word)
    const draft = focus.remark ? await this.#open(turn, subject) : undefined
    if (draft) await this.#record(turn, subject, { fields: draft.fields, remark: text.trim() })
    else if (focus.replace !== undefined) await this.#replaced(turn, subject, { part: focus.replace, text })
    else await this.#take(turn, subject, { text, anew: false })
    return true
  }

  /** A text that answers the prompt, though this conversation asked nothing. */
  async claims(turn: Turn, text: string): Promise<boolean> {
    if (formWord(text) !== undefined || !maySay(turn.who, this.#form, turn.world)) return false
    const subject = await this.#form.claims?.(turn, text)
    if (!subject) return false
    if (!(await this.#isClosed(turn, subject))) await this.#take(turn, subject, { text, anew: false })
    return true
  }

  async holdsWords(turn: Turn): Promise<string | undefined> {
    const id = this.#focused(turn)?.subject
    const subject = id === undefined ? undefined : await this.#form.find(turn, id)
    return subject && (await this.#open(turn, subject)) ? this.#form.title(subject) : undefined
  }

  async taps(turn: Turn, tap: Tap): Promise<void> {
    const { action, args } = tap
    if (this.#isRefused(turn)) return
    if (action === 'subject') return this.#chosen(turn, chosenId(tap))
    const [id = ''] = args
    const detail = chosenId(tap, 1)
    const subject = await this.#form.find(turn, id)
    if (!subject) return turn.say(words.outdated)
    if (await this.#isClosed(turn, subject)) return
    const draft = await this.#open(turn, subject)
    if (!draft) return this.#tappedAfterwards(turn, subject, action)
    this.#focus(turn, { subject: id })
    if (action === 'submit' && draft.stamp === detail) return this.#submit(turn, subject, draft.fields)
    if (action === 'edit') return this.#edit(turn, subject, draft.fields)
    const part = this.#form.parts?.(draft.fields, subject).find((one) => one.id === detail)
    if (action === 'part' && part) {
      this.#focus(turn, { subject: id, replace: part.id })
      return turn.say(`请直接发“${part.label}”的新内容，一条消息即可，替换原来的。`)
    }
    if (action === 'choice' && this.#form.chosen)
      await this.#keep(turn, subject, this.#form.chosen(draft.fields, detail))
    await this.#proceed(turn, subject)
  }

  async #chosen(turn: Turn, id: string): Promise<void> {
    const { overview, asks, nothing } = this.#form
    const subject = await this.#form.find(turn, id)
    const text = this.#focused(turn)?.text ?? ''
    if (!subject) return turn.say(overview ? await overview(turn) : words.outdated)
    if (await this.#isClosed(turn, subject)) return
    if (text.trim() !== '') return this.#take(turn, subject, { text, anew: true })
    this.#focus(turn, { subject: id }, false)
    if (await this.#open(turn, subject)) return this.#proceed(turn, subject)
    const question = await asks(turn, nothing, subject)
    turn.say(typeof question === 'string' ? question : '请直接发内容，一条消息即可。')
  }

  /** A person who has lost the right keeps the draft and hears that it was not submitted. */
  #isRefused(turn: Turn): boolean {
    if (maySay(turn.who, this.#form, turn.world)) return false
    turn.rest()
    turn.say(
      turn.worded`无权填写“${this.#form.word}”：名册里您目前没有这项职责。写好的内容还在，没有提交；如有疑问请联系组织部。`,
    )
    return true
  }

  async #isClosed(turn: Turn, subject: S): Promise<boolean> {
    const closed = await this.#form.closed?.(turn, subject)
    if (closed !== undefined) turn.say(closed)
    return closed !== undefined
  }

  /** Answers a repeated 提交. Any other text is no longer about this form. */
  #afterwards(turn: Turn, word: FormWord | undefined): boolean {
    if (word === 'submit') turn.say(nothingNew)
    return word === 'submit'
  }

  /** A tap on a card whose form was submitted. It shows the present state; 修改 begins the next version. */
  async #tappedAfterwards(turn: Turn, subject: S, action: string): Promise<void> {
    const known = await this.#form.onRecord?.(turn, subject)
    if (known !== undefined && action === 'edit') {
      this.#focus(turn, { subject: subject.id })
      await this.#keep(turn, subject, known)
      return this.#edit(turn, subject, known)
    }
    const text = known === undefined ? '这里没有未提交的内容。' : nothingNew
    turn.show({ ...headOf(this.#form, subject), text })
  }

  #whichSubject(turn: Turn, among: readonly S[], rest: string): void {
    this.#focus(turn, rest.trim() === '' ? {} : { text: rest }, rest.trim() !== '')
    const options = among.map(({ id, label }) => ({ id, text: label }))
    choose(turn, '是哪一个', { options, offered: { handler: this.#form.name, action: 'subject' } })
  }

  async #steer(turn: Turn, subject: S, word: FormWord): Promise<boolean> {
    const draft = await this.#open(turn, subject)
    if (!draft) {
      if (word === 'cancel') turn.rest()
      return false
    }
    await steer(turn, word, {
      draft: this.#draft,
      ids: [subject.id],
      left: `${this.#form.title(subject)}这次写的内容`,
      preview: async () =>
        [this.#form.title(subject), ...(await this.#form.shows(turn, draft.fields, subject))].join('\n'),
      edit: () => this.#edit(turn, subject, draft.fields),
      submit: () => this.#submit(turn, subject, draft.fields),
      proceed: () => this.#proceed(turn, subject),
    })
    return true
  }

  #edit(turn: Turn, subject: S, fields: F): void {
    const parts = this.#form.parts?.(fields, subject) ?? []
    if (parts.length === 0) return turn.say('请直接发要更正的内容，或用“取消”放弃后重新填写。')
    const options = parts.map(({ id, label }) => ({ id, text: label }))
    choose(turn, '改哪一部分', { options, offered: { handler: this.#form.name, action: 'part', args: [subject.id] } })
  }

  async #replaced(turn: Turn, subject: S, { part, text }: { part: string; text: string }): Promise<void> {
    const before = (await this.#open(turn, subject))?.fields ?? this.#form.nothing
    const { fields, ...remarks }: Read<F> = this.#form.replace
      ? { fields: this.#form.replace(before, part, text.trim()) }
      : await this.#form.read(turn, text, { subject, before, part })
    await this.#keep(turn, subject, fields)
    await this.#proceed(turn, subject, remarks)
  }

  async #take(turn: Turn, subject: S, { text, anew }: { text: string; anew: boolean }): Promise<void> {
    const draft = anew ? undefined : await this.#open(turn, subject)
    const before = draft?.fields ?? (await this.#fresh(turn, subject))
    const { fields, ...remarks } = await this.#form.read(turn, text, { subject, before })
    await this.#keep(turn, subject, fields)
    await this.#proceed(turn, subject, remarks)
  }

  async #fresh(turn: Turn, subject: S): Promise<F> {
    return (await this.#form.onRecord?.(turn, subject)) ?? this.#form.nothing
  }

  async #keep(turn: Turn, subject: S, fields: F): Promise<void> {
    this.#focus(turn, { subject: subject.id })
    await keepDraft(turn, this.#draft, { subject: subject.id, fields })
  }

  /** The next step: a piece that was not taken, the missing parts, or the confirmation. It never asks two questions at once. */
  async #proceed(turn: Turn, subject: S, { say, note }: Remarks = {}): Promise<void> {
    const draft = await this.#open(turn, subject)
    if (!draft) return
    if (say !== undefined) return turn.say(say)
    const question = await this.#form.asks(turn, draft.fields, subject)
    if (question === undefined) return confirmation(turn, this.#form, { subject, ...draft, note })
    if (typeof question === 'string') return turn.say([...(note === undefined ? [] : [note]), question].join('\n'))
    const { title, options, text } = question
    const above = [note, text].filter((line) => line !== undefined).join('\n')
    choose(turn, title, {
      options,
      offered: {
        handler: this.#form.name,
        action: 'choice',
        args: [subject.id],
        ...(above === '' ? {} : { text: above }),
      },
    })
  }

  async #submit(turn: Turn, subject: S, fields: F): Promise<void> {
    if ((await this.#form.asks(turn, fields, subject)) !== undefined) return this.#proceed(turn, subject)
    const isAsked = this.#focused(turn)?.remark === true
    const question = isAsked ? undefined : await this.#form.remark?.(turn, fields, subject)
    if (question === undefined) return this.#record(turn, subject, { fields, remark: '' })
    this.#focus(turn, { subject: subject.id, remark: true })
    // If the person types 提交 now, it means that there is nothing to say; it is not the button of the card above.
    turn.session.choices = []
    turn.say(question)
  }

  async #record(turn: Turn, subject: S, { fields, remark }: { fields: F; remark: string }): Promise<void> {
    const said = await this.#form.submit(turn, { ...fields, ...(remark === '' ? {} : { remark }) }, subject)
    await dropDraft(turn, this.#draft, subject.id)
    turn.rest()
    this.#focus(turn, { subject: subject.id, done: true }, false)
    turn.show({ ...headOf(this.#form, subject), text: `已提交。${said}` })
  }

  #open(turn: Turn, subject: S): Promise<Opened<F> | undefined> {
    return openDraft(turn, this.#draft, subject.id)
  }

  /** `ownWords`: a draft is open, so a text is taken for the draft before it is taken for a command with an argument. */
  #focus(turn: Turn, focus: Focus, ownWords = true): void {
    turn.focus(this.#form.name, focus, { ownWords })
  }

  #focused(turn: Turn): Focus | undefined {
    return focusOf(turn, this.#form.name)
  }
}
