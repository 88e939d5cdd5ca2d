import { groupKey, type Somebody } from './college.ts'
import type { Phones, Seen } from './driver.ts'
import type { Tale } from './tale.ts'

/** One person with a phone in a story. Each act returns what the person then reads. */
export class Person {
  readonly #somebody: Somebody
  readonly #tale: Tale
  readonly #phones: Phones
  readonly #where: string
  /** The number of actions so far: messages typed and taps made. */
  actions = 0

  /** `where` names the channel, if a story has several. */
  constructor(tale: Tale, somebody: Somebody, phones: Phones, where: string) {
    this.#tale = tale
    this.#somebody = somebody
    this.#phones = phones
    this.#where = where
  }

  /** What this person reads of the last step, whoever acted. */
  get reads(): string {
    return this.news.flatMap((seen) => seen.lines).join('\n')
  }
  get news(): Seen[] {
    return this.#tale.newsOf(this.#somebody.account, this.#phones)
  }

  async says(text: string): Promise<string> {
    const shown = text.length > 300 ? `${text.slice(0, 60)}……（共${text.length}字）` : text
    await this.#does(`：${shown.replaceAll('\n', '\n　　')}`, () => this.#types(text))
    return this.reads
  }
  async saysInGroup(text: string): Promise<void> {
    const { account } = this.#somebody
    await this.#does(`在群里@机器人：${text}`, () => this.#phones.saysInGroup(account, groupKey, text))
  }

  /** Chooses a button or option by its label: taps it if there is one, otherwise types its number if it has one, or its label. */
  async chooses(label: string): Promise<string> {
    const typed = this.#numberOf(label) ?? label
    await this.#does(` 选“${label}”`, async () => {
      const actions = await this.#phones.taps(this.#somebody.account, label)
      if (actions === undefined) await this.#types(typed)
      else this.actions += actions
    })
    return this.reads
  }

  /** Unticks items on the checklist shown last, and submits it. */
  async unticks(...items: number[]): Promise<string> {
    await this.#does(` 去掉第${items.join('、')}项的勾，点“下一步”`, async () => {
      this.actions += await this.#phones.unticks(this.#somebody.account, items)
    })
    return this.reads
  }
  /** Changes fields of the form shown last, and submits it. */
  async submits(values: { [item: number]: number }): Promise<string> {
    const said = Object.entries(values).map(([item, score]) => `第${item}项${score}分`)
    await this.#does(` 在表单里填${said.join('、') || '（不改）'}，提交`, async () => {
      this.actions += await this.#phones.submits(this.#somebody.account, values)
    })
    return this.reads
  }

  async #types(text: string): Promise<void> {
    this.actions++
    await this.#phones.says(this.#somebody.account, text)
  }
  #does(what: string, act: () => Promise<unknown>): Promise<void> {
    const { name, account } = this.#somebody
    return this.#tale.step(`${name}${this.#where}${what}`, account, act)
  }
  /** The number under which the label was offered last. */
  #numberOf(label: string): string | undefined {
    const mine = this.#phones.seen.filter(({ to }) => to === this.#somebody.account)
    const offered = mine.flatMap(({ lines }) =>
      lines.map((line) => /^(?<number>\d+)\. (?<label>.+)$/.exec(line)?.groups),
    )
    return offered.findLast((one) => one?.['label'] === label)?.['number']
  }
}
