import { z } from 'zod'
import type { Button } from '../bot/messages/message.ts'
import {
  dropDraft,
  type FormWord,
  formWord,
  keepDraft,
  type Opened,
  openDraft,
  stepBack,
} from '../bot/records/drafts.ts'
import { buttonKey, type Handler, type Tap } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { choose, chosenId } from './choose.ts'
import type { Form, Read, Subject } from './form.ts'

/**
 * Where a person is: at a subject, `replace`: writing that part anew; or still to choose one, for a text that was said already.
 * Neither: the bare word was said. `done`: it was submitted just now.
 */
const Focus = z.strictObject({
  subject: z.string().exactOptional(),
  replace: z.string().exactOptional(),
  text: z.string().exactOptional(),
  done: z.literal(true).exactOptional(),
})
type Focus = z.infer<typeof Focus>

/** The longest content that a card holds; what is longer stands in a text before it. */
const fits = 150

/** Makes a conversation of a form: begin, add, correct, confirm, submit; by words and by taps. */
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

  /** The bare word shows what is there; a text after it begins a draft anew. */
  async begin(turn: Turn, argument: string): Promise<void> {
    const text = argument.trim()
    if (text !== '' && (await this.#form.acts?.(turn, text))) return
    const refusal = this.#form.refuses?.(turn, text)
    if (refusal !== undefined) return turn.say(refusal)
    const said = await this.#form.subject(turn, text)
    if ('say' in said) return turn.say(said.say)
    const hasWords = said.rest.trim() !== ''
    if ('among' in said) {
      if (!hasWords && text === '') turn.say(await this.#form.overview(turn))
      return this.#whichSubject(turn, said.among, said.rest)
    }
    if (hasWords) return this.#take(turn, said.subject, said.rest, { anew: true })
    turn.say(await this.#form.overview(turn))
    if (await this.#open(turn, said.subject)) return this.#proceed(turn, said.subject)
    this.#focus(turn, { subject: said.subject.id }, false)
  }

  async answers(turn: Turn, text: string): Promise<boolean> {
    const focus = this.#focused(turn)
    if (!focus) return false
    const word = formWord(text)
    const refusal = word === undefined ? this.#form.refuses?.(turn, text) : undefined
    if (refusal !== undefined) {
      turn.say(refusal)
      return true
    }
    const subject = focus.subject === undefined ? undefined : await this.#form.find(turn, focus.subject)
    if (!subject) {
      if (word !== undefined) return false
      await this.begin(turn, [focus.text ?? '', text].filter(Boolean).join('\n'))
      return true
    }
    if (focus.done) return this.#afterwards(turn, word)
    if (word !== undefined) return this.#steer(turn, subject, word)
    if (focus.replace !== undefined) await this.#replaced(turn, subject, focus.replace, text)
    else await this.#take(turn, subject, text, { anew: false })
    return true
  }

  async holdsWords(turn: Turn): Promise<string | undefined> {
    const id = this.#focused(turn)?.subject
    const subject = id === undefined ? undefined : await this.#form.find(turn, id)
    return subject && (await this.#open(turn, subject)) ? this.#form.title(subject) : undefined
  }

  async taps(turn: Turn, { action, args, picked }: Tap): Promise<void> {
    if (action === 'subject') return this.#chosen(turn, chosenId({ args, picked }))
    const [id = '', detail = ''] = args
    const subject = await this.#form.find(turn, id)
    if (!subject) return turn.say('这张卡片已过期，没有改动任何内容。发“帮助”可看现在能做什么。')
    const draft = await this.#open(turn, subject)
    if (!draft) return turn.show({ title: this.#form.title(subject), text: '这里没有未提交的内容。' })
    this.#focus(turn, { subject: id })
    if (action === 'submit' && draft.stamp === detail) return this.#submit(turn, subject, draft.fields)
    if (action === 'edit') return this.#edit(turn, subject, draft.fields)
    const part = this.#form.parts?.(draft.fields, subject).find((one) => one.id === detail)
    if (action === 'part' && part) {
      this.#focus(turn, { subject: id, replace: part.id })
      return turn.say(`请直接发“${part.label}”的新内容，一条消息即可，替换原来的。`)
    }
    await this.#proceed(turn, subject)
  }

  async #chosen(turn: Turn, id: string): Promise<void> {
    const subject = await this.#form.find(turn, id)
    const text = this.#focused(turn)?.text ?? ''
    if (!subject) return turn.say(await this.#form.overview(turn))
    if (text.trim() !== '') return this.#take(turn, subject, text, { anew: true })
    this.#focus(turn, { subject: id }, false)
    if (await this.#open(turn, subject)) return this.#proceed(turn, subject)
    turn.say((await this.#form.asks(turn, this.#form.nothing, subject)) ?? '请直接发内容，一条消息即可。')
  }

  /** 提交 said once more; anything else is no longer about this form. */
  #afterwards(turn: Turn, word: FormWord | undefined): boolean {
    if (word === 'submit') turn.say('已提交，没有未提交的改动。')
    return word === 'submit'
  }

  #whichSubject(turn: Turn, among: readonly S[], rest: string): void {
    this.#focus(turn, rest.trim() === '' ? {} : { text: rest }, rest.trim() !== '')
    const options = among.map(({ id, label }) => ({ id, text: label }))
    choose(turn, '是哪一个', options, { handler: this.#form.name, action: 'subject' })
  }

  async #steer(turn: Turn, subject: S, word: FormWord): Promise<boolean> {
    const draft = await this.#open(turn, subject)
    if (!draft) {
      if (word === 'cancel') turn.rest()
      return false
    }
    if (word === 'cancel') {
      await dropDraft(turn, this.#draft, subject.id)
      turn.rest()
      turn.say(`已取消：${this.#form.title(subject)}这次写的内容没有提交。`)
    } else if (word === 'preview')
      turn.say([this.#form.title(subject), ...(await this.#form.shows(turn, draft.fields, subject))].join('\n'))
    else if (word === 'edit') this.#edit(turn, subject, draft.fields)
    else if (word === 'back') {
      if (await stepBack(turn, this.#draft, subject.id)) await this.#proceed(turn, subject)
      else turn.say('没有上一步。')
    } else await this.#submit(turn, subject, draft.fields)
    return true
  }

  #edit(turn: Turn, subject: S, fields: F): void {
    const parts = this.#form.parts?.(fields, subject) ?? []
    if (parts.length === 0) return turn.say('请直接发要更正的内容，或用“取消”放弃后重新填写。')
    turn.show({
      title: '改哪一部分',
      ask: {
        kind: 'buttons',
        buttons: parts.slice(0, 6).map(
          ({ id, label }): Button => ({
            text: label,
            key: buttonKey(this.#form.name, 'part', subject.id, id),
          }),
        ),
      },
    })
  }

  async #replaced(turn: Turn, subject: S, part: string, text: string): Promise<void> {
    const draft = await this.#open(turn, subject)
    const before = draft?.fields ?? this.#form.nothing
    const { fields, say }: Read<F> = this.#form.replace
      ? { fields: this.#form.replace(before, part, text.trim()) }
      : await this.#form.read(turn, text, { subject, before, part })
    this.#focus(turn, { subject: subject.id })
    await keepDraft(turn, this.#draft, subject.id, fields)
    await this.#proceed(turn, subject, say)
  }

  async #take(turn: Turn, subject: S, text: string, { anew }: { anew: boolean }): Promise<void> {
    const draft = anew ? undefined : await this.#open(turn, subject)
    const before = draft?.fields ?? this.#form.nothing
    const { fields, say } = await this.#form.read(turn, text, { subject, before })
    this.#focus(turn, { subject: subject.id })
    await keepDraft(turn, this.#draft, subject.id, fields)
    await this.#proceed(turn, subject, say)
  }

  /** What comes next: a piece that was not taken, what is missing, or the confirmation. Never two questions at once. */
  async #proceed(turn: Turn, subject: S, problem?: string): Promise<void> {
    const draft = await this.#open(turn, subject)
    if (!draft) return
    if (problem !== undefined) return turn.say(problem)
    const question = await this.#form.asks(turn, draft.fields, subject)
    if (question !== undefined) return turn.say(question)
    await this.#confirm(turn, subject, draft)
  }

  async #confirm(turn: Turn, subject: S, { fields, stamp }: Opened<F>): Promise<void> {
    const { name, title, note } = this.#form
    const whole = (await this.#form.shows(turn, fields, subject)).join('\n')
    const remark = await note?.(turn, fields, subject)
    const long = Array.from(whole).length > fits
    if (long) turn.say([title(subject), subject.label, whole].join('\n'))
    const buttons: Button[] = [
      { text: '提交', key: buttonKey(name, 'submit', subject.id, stamp), style: 'primary' },
      { text: '修改', key: buttonKey(name, 'edit', subject.id) },
    ]
    turn.show({
      title: title(subject),
      desc: subject.label,
      text: [...(remark === undefined ? [] : [remark]), long ? '全文见上一条。' : whole].join('\n'),
      ask: { kind: 'buttons', buttons },
      words: '确认无误请回复“提交”；还有要补充的直接发来即可。',
    })
  }

  async #submit(turn: Turn, subject: S, fields: F): Promise<void> {
    if ((await this.#form.asks(turn, fields, subject)) !== undefined) return this.#proceed(turn, subject)
    const said = await this.#form.submit(turn, fields, subject)
    await dropDraft(turn, this.#draft, subject.id)
    turn.rest()
    this.#focus(turn, { subject: subject.id, done: true }, false)
    turn.show({ title: this.#form.title(subject), desc: subject.label, text: `已提交。${said}` })
  }

  #open(turn: Turn, subject: S): Promise<Opened<F> | undefined> {
    return openDraft(turn, this.#draft, subject.id)
  }

  /** `ownWords`: a draft is open, and what is typed is taken for its text before it is taken for a command with an argument. */
  #focus(turn: Turn, focus: Focus, ownWords = true): void {
    turn.focus(this.#form.name, focus, { ownWords })
  }

  #focused(turn: Turn): Focus | undefined {
    const { focus } = turn.session
    const found = focus?.conversation === this.#form.name ? Focus.safeParse(focus.state) : undefined
    return found?.success ? found.data : undefined
  }
}
