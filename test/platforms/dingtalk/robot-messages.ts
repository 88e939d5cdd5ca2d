import { randomId } from './emulated-answers.ts'

type Where = { to: string } | { group: string }

/** Robot messages as DingTalk pushes them (dingtalk.md §3.2), with the sessions that answer them. */
export class RobotMessages {
  readonly #base: string
  readonly #sessions = new Map<string, { where: Where; until: number }>()
  /** The life of a session, in milliseconds. */
  sessionLife = 90 * 60e3

  constructor(base: string) {
    this.#base = base
  }

  /** The chat of a session, while it lives. */
  session(id: string): Where | undefined {
    const session = this.#sessions.get(id)
    return session && session.until > Date.now() ? session.where : undefined
  }
  /** Ends all sessions earlier than announced. */
  endSessions(): void {
    this.#sessions.clear()
  }

  text(account: string, content: string): object {
    return this.message(account, { msgtype: 'text', text: { content } })
  }
  inGroup(account: string, group: string, content: string): object {
    const text = { content: ` ${content}` }
    const said = { conversationType: '2', conversationId: group, conversationTitle: '测试群', isInAtList: true }
    return this.message(account, { msgtype: 'text', text, ...said }, { group })
  }

  message(account: string, fields: object, where: Where = { to: account }): object {
    const now = Date.now()
    const session = randomId()
    this.#sessions.set(session, { where, until: now + this.sessionLife })
    return {
      conversationId: `cid${account}==`,
      chatbotCorpId: 'ding0a1b2c3d4e5f60718',
      chatbotUserId: '$:LWCP_v1:$Robot',
      msgId: `msg${randomId()}==`,
      senderNick: '某人',
      isAdmin: false,
      senderStaffId: account,
      sessionWebhookExpiredTime: now + this.sessionLife,
      createAt: now,
      senderCorpId: 'ding0a1b2c3d4e5f60718',
      conversationType: '1',
      senderId: `$:LWCP_v1:$${account}==`,
      sessionWebhook: `${this.#base}/robot/sendBySession?session=${session}`,
      robotCode: 'dingemulated0000001',
      ...fields,
    }
  }
}
