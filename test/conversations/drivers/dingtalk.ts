import { topics } from '../../../src/platforms/dingtalk/frames.ts'
import { type EmulatedCard, fieldsOf, isClosed } from '../../platforms/dingtalk/emulated-cards.ts'
import { EmulatedDingtalk } from '../../platforms/dingtalk/emulated-dingtalk.ts'
import { until } from '../../support/memory-parts.ts'
import type { Driver, Phones, Seen } from '../driver.ts'

const can = { cards: false, forms: false, files: true, push: true, groups: true }

/** DingTalk's app robot by Stream without a form template, so everything is in words. */
export const dingtalk: Driver = {
  name: '钉钉',
  mark: '钉',
  can,
  open: (accounts, groups) => DingtalkPhones.open(accounts, groups, { forms: false }),
}
/** The same with the form template imported. */
export const dingtalkForms: Driver = {
  name: '钉钉（导入了表单卡片模板）',
  mark: '表',
  can: { ...can, forms: true },
  open: (accounts, groups) => DingtalkPhones.open(accounts, groups, { forms: true }),
}

class DingtalkPhones implements Phones {
  readonly env
  readonly #platform: EmulatedDingtalk
  readonly #seen: Seen[] = []
  #read = 0

  private constructor(platform: EmulatedDingtalk, { forms }: { forms: boolean }) {
    this.#platform = platform
    const { clientId, clientSecret, templateId = '' } = platform.settings()
    this.env = {
      DINGTALK_CLIENT_ID: clientId,
      DINGTALK_CLIENT_SECRET: clientSecret,
      DINGTALK_API_BASE: platform.base,
      DINGTALK_OAPI_BASE: platform.base,
      ...(forms ? { DINGTALK_CARD_TEMPLATE_ID: templateId } : {}),
    }
  }

  static async open(accounts: readonly string[], groups: readonly string[], has: { forms: boolean }) {
    const platform = await EmulatedDingtalk.start(
      [...accounts],
      groups.map((key) => ({ key })),
    )
    return new DingtalkPhones(platform, has)
  }

  get seen(): readonly Seen[] {
    for (const { to, group, text, file, card } of this.#platform.arrived.slice(this.#read)) {
      const shown = card === undefined ? undefined : this.#platform.cards.cards.get(card)
      this.#seen.push({
        to: to ?? `#${group}`,
        lines: file ? [`〔文件〕${file.name}`] : shown ? formLines(shown) : text.split('\n'),
        changed: false,
        ...(file ? { file } : {}),
      })
    }
    this.#read = this.#platform.arrived.length
    return this.#seen
  }
  get violations(): readonly string[] {
    return this.#platform.violations
  }

  connect(): Promise<void> {
    return until(() => this.#platform.gateway.alive.length > 0, 'the Stream connection')
  }
  says(account: string, text: string): Promise<void> {
    return this.#push(this.#platform.messages.text(account, text))
  }
  saysInGroup(account: string, group: string, text: string): Promise<void> {
    return this.#push(this.#platform.messages.inGroup(account, group, text))
  }
  async #push(message: object): Promise<void> {
    const reply = await this.#platform.gateway.push(topics.robot, message, 'robot')
    if (reply?.code !== 200) throw new Error(`the message was answered with ${reply?.code ?? 'nothing'}`)
  }

  async taps(): Promise<undefined> {
    return undefined
  }
  unticks(): Promise<number> {
    throw new Error('no checklists here')
  }
  /** One action for each field, and one for the button. */
  async submits(account: string, values: { [item: number]: number }): Promise<number> {
    const card = [...this.#platform.cards.cards.values()].findLast((one) => one.to === account && !isClosed(one))
    if (!card) throw new Error(`${account} has no open form`)
    const fields = Object.fromEntries(Object.entries(values).map(([item, score]) => [`i${item}`, score]))
    const submitted = this.#platform.submit(card, account, fields)
    const reply = await this.#platform.gateway.push(topics.card, submitted, 'card')
    if (reply?.code !== 200) throw new Error(`the form was answered with ${reply?.code ?? 'nothing'}`)
    const { response } = JSON.parse(reply.data)
    this.#platform.cards.answered(card, response)
    void this.seen
    this.#seen.push({ to: account, lines: formLines(card), changed: true })
    return Object.keys(values).length + 1
  }

  refuse(on: boolean): void {
    this.#platform.fault = (call) =>
      on && call.path.startsWith('/v1.0/robot/') ? { fresh: 'invalidClientIdOrSecret', status: 400 } : undefined
  }
  close(): Promise<void> {
    return this.#platform.stop()
  }
}

function formLines(card: EmulatedCard): string[] {
  const { title = '', text = '', form_btn_text: button = '' } = card.params
  const fields = fieldsOf(card.params).flatMap((field) =>
    field.type === 'NUMBER' ? [`${field.label} ＝ ${field.defaultValue ?? ''}`] : [],
  )
  const shown = [title, ...text.split('\n').map((line) => line.trimEnd())].filter(Boolean)
  return [...shown, ...fields, isClosed(card) ? `（灰：${button}）` : `[${button}]`]
}
