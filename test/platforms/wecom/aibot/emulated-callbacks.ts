import { createHash } from 'node:crypto'
import { randomId } from '../../../../src/platforms/simulator/api-call.ts'
import { type ChatId, groupChat, personChat } from '../../../../src/platforms/simulator/chats.ts'

/** The plain JSON of a callback (wecom.md §14.2), the same by URL and by long connection. */
export type CallbackBody = {
  msgid: string
  aibotid: string
  chattype: 'single' | 'group'
  chatid?: string
  from: { userid: string; corpid?: string }
  msgtype: string
  [more: string]: unknown
}

export type Tap = { cardType: string; key: string; taskId: string; picked: { [question: string]: string[] } }

/** Makes callbacks. `hidden`: the bot's creator is not a super administrator, so people's ids are encrypted (§14.4). */
export class Callbacks {
  readonly aibotId = `aib${randomId(8)}`
  readonly #hidden: boolean
  readonly #accounts = new Map<string, string>()

  constructor({ hidden = false } = {}) {
    this.#hidden = hidden
  }

  /** The id under which the bot knows a person. */
  idOf(account: string): string {
    const hash = createHash('sha256').update(account.toLowerCase()).digest('base64url')
    const id = this.#hidden ? `wo${hash.slice(0, 30)}` : account
    this.#accounts.set(id, account)
    return id
  }
  /** The account behind an id, or undefined if the bot cannot have the id from us. */
  accountOf(id: string): string | undefined {
    return this.#accounts.get(id)
  }
  /** The chat that one of the platform's ids names, if the id was used before. */
  chatOf(id: string, inGroup: boolean): ChatId | undefined {
    if (inGroup) return groupChat(id)
    const account = this.accountOf(id)
    return account === undefined ? undefined : personChat(account)
  }

  /** `content` holds the fields of this kind of message. `group` is the chat in which it was said. */
  message(account: string, msgtype: string, content: object, group?: string): CallbackBody {
    return {
      msgid: Buffer.from(randomId(16), 'hex').toString('base64'),
      aibotid: this.aibotId,
      ...(group === undefined ? { chattype: 'single' } : { chattype: 'group', chatid: group }),
      from: { userid: this.idOf(account) },
      msgtype,
      ...content,
    }
  }

  event(account: string, event: { eventtype: string; [more: string]: unknown }, group?: string): CallbackBody {
    const create_time = Math.floor(Date.now() / 1000)
    return this.message(account, 'event', { create_time, event }, group)
  }

  /** A question without any pick is left out, and so is an empty list of them. */
  tap(account: string, { cardType, key, taskId, picked }: Tap, group?: string): CallbackBody {
    const selected_item = Object.entries(picked)
      .filter(([, ids]) => ids.length > 0)
      .map(([question_key, option_id]) => ({ question_key, option_ids: { option_id } }))
    const selected = selected_item.length > 0 ? { selected_items: { selected_item } } : {}
    const template_card_event = { card_type: cardType, event_key: key, task_id: taskId, ...selected }
    return this.event(account, { eventtype: 'template_card_event', template_card_event }, group)
  }

  /** WeCom asks for the next state of the answer to `body`. */
  refresh(body: CallbackBody, stream: string): CallbackBody {
    const { aibotid, chattype, chatid, from } = body
    const msgid = Buffer.from(randomId(16), 'hex').toString('base64')
    return {
      msgid,
      aibotid,
      chattype,
      ...(chatid === undefined ? {} : { chatid }),
      from,
      msgtype: 'stream',
      stream: { id: stream },
    }
  }
}

/** The chat that shows the answer to a callback. */
export const chatOf = (callbacks: Callbacks, { chattype, chatid, from }: CallbackBody): ChatId => {
  const chat = callbacks.chatOf(chatid ?? from.userid, chattype === 'group')
  if (chat === undefined) throw new Error('a callback of nobody')
  return chat
}
