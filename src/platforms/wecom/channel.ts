import { z } from 'zod'
import type { Channel, Log, Outcome, Parcel, RenderedFile, Request } from '../../bot/messages/channel.ts'
import { type Answer, isUnknownChat, outcomeOf } from './answers.ts'
import type { WecomClient } from './client.ts'
import { chatIdOf, pacesOf, requestsOf } from './requests.ts'
import type { WecomSettings } from './settings.ts'

export type ChannelParts = { settings: WecomSettings; client: WecomClient; log: Log }

const Sent = z.object({ invaliduser: z.string().exactOptional(), unlicenseduser: z.string().exactOptional() })
const Updated = z.object({ invaliduser: z.array(z.string()).exactOptional() })

/** The errcode for a card whose task_id is taken. */
const taskTaken = '42014'
/** Files have more than 5 bytes and at most 20 MiB (P-90253). */
const fileBytes = { more: 5, most: 20 * 1024 * 1024 }
const members = { least: 2, most: 2000 }

/** WeCom's self-built app as a channel, together with the group robots. */
export function wecomChannel(parts: ChannelParts): Channel {
  return new WecomChannel(parts)
}

class WecomChannel implements Channel {
  readonly name = 'wecom'
  readonly can = { cards: true, forms: false, files: true, push: true }
  readonly paces = pacesOf
  readonly #parts: ChannelParts

  constructor(parts: ChannelParts) {
    this.#parts = parts
  }

  requests(parcel: Parcel): Request[] {
    return requestsOf(parcel, this.#parts.settings.agentId)
  }

  async send(request: Request, parcel: Parcel, file?: RenderedFile): Promise<Outcome> {
    const body = request.file ? await this.#withFile(request, parcel, file) : request.body
    if (typeof body !== 'string') return body
    if ('group' in parcel.to) return this.#toGroup(request.call, body, parcel.to.group)
    if (request.call === 'message/send') return this.#toPerson(body)
    const updated = outcomeOfUpdate(await this.#parts.client.call('message/update_template_card', { body }))
    // The answer has gone out, so it does not matter if the card no longer takes a change.
    return request.call === 'close' && (updated.kind === 'anew' || updated.kind === 'refused')
      ? { kind: 'sent' }
      : updated
  }

  async #toPerson(body: string): Promise<Outcome> {
    const outcome = outcomeOfSend(await this.#parts.client.call('message/send', { body }))
    if (outcome.kind !== 'refused' || outcome.code !== taskTaken) return outcome
    // Our ids are unique and well-formed, so this is the same card and an earlier try brought it.
    this.#parts.log.warn({ channel: 'wecom', code: taskTaken }, 'a card had arrived already')
    return { kind: 'sent' }
  }

  async #toGroup(call: string, body: string, group: Group): Promise<Outcome> {
    const { client, log } = this.#parts
    const answer = call === 'webhook/send' ? await client.webhook(group.key, body) : await this.#toAppGroup(body, group)
    const outcome: Outcome = answer.kind === 'ok' ? { kind: 'sent' } : outcomeOf(answer)
    if (outcome.kind === 'again' || outcome.kind === 'sent') return outcome
    if (outcome.kind === 'configuration' && outcome.code !== noPermission) return outcome
    const code = 'code' in outcome ? outcome.code : 'gone'
    log.error({ channel: 'wecom', code }, group.key === '' ? appGroupLine : robotLine)
    // A failure in one group must not stop the channel.
    return { kind: 'unreachable', code }
  }

  /**
   * The app makes the group at the first message to it. We ignore a failure to make it, because another instance may have made it first.
   */
  async #toAppGroup(body: string, { name, members: accounts }: Group): Promise<Answer> {
    const { client, settings } = this.#parts
    const sent = await client.call('appchat/send', { body })
    const userlist = [...new Set(accounts)].slice(0, members.most)
    if (!isUnknownChat(sent) || userlist.length < members.least) return sent
    const group = { chatid: chatIdOf(settings.agentId, name), name: Array.from(name).slice(0, 50).join(''), userlist }
    const made = await client.call('appchat/create', { body: JSON.stringify(group) })
    const again = await client.call('appchat/send', { body })
    return isUnknownChat(again) && made.kind !== 'ok' ? made : again
  }

  /** A media id lasts for three days and belongs to one upload, so we upload the file for each request. */
  async #withFile({ body }: Request, { to }: Parcel, file: RenderedFile | undefined): Promise<string | Outcome> {
    if (!file) return { kind: 'refused', code: 'no-file' }
    if (file.data.length <= fileBytes.more || file.data.length > fileBytes.most)
      return { kind: 'refused', code: 'file-size' }
    const { client } = this.#parts
    const uploaded =
      'group' in to && to.group.key !== '' ? await client.webhookUpload(to.group.key, file) : await client.upload(file)
    if ('kind' in uploaded) return outcomeOf(uploaded)
    return `${body.slice(0, -1)},"file":${JSON.stringify({ media_id: uploaded.mediaId })}}`
  }
}

type Group = Extract<Parcel['to'], { group: unknown }>['group']

const noPermission = '48002'
const robotLine = '一个企业微信群收不到消息，请核对名册“群”中的标识（群机器人的 key）'
const appGroupLine =
  '应用建不了或发不了一个企业微信群：应用的可见范围须为全公司（根部门），且名册中该群范围内至少两人有企业微信账号'

/** errcode 0 does not prove that a message arrived: the answer lists receivers who were left out. Each request has one receiver. */
function outcomeOfSend(answer: Answer): Outcome {
  if (answer.kind !== 'ok') return outcomeOf(answer)
  const { invaliduser, unlicenseduser } = Sent.safeParse(answer.body).data ?? {}
  if (invaliduser) return { kind: 'unreachable', code: 'invaliduser' }
  return unlicenseduser ? { kind: 'unreachable', code: 'unlicenseduser' } : { kind: 'sent' }
}

function outcomeOfUpdate(answer: Answer): Outcome {
  if (answer.kind !== 'ok') return outcomeOf(answer)
  return Updated.safeParse(answer.body).data?.invaliduser?.length ? { kind: 'anew' } : { kind: 'sent' }
}
