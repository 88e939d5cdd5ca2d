import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import type { DingtalkSettings } from '../../../src/platforms/dingtalk/settings.ts'
import { robotSign } from '../../../src/platforms/dingtalk/signature.ts'
import {
  type Call,
  type Fault,
  fresh,
  isFresh,
  old,
  Refusal,
  type Reply,
  randomId,
  refusalOf,
  refusedToken,
} from './emulated-answers.ts'
import { type EmulatedCard, EmulatedCards, submission } from './emulated-cards.ts'
import { EmulatedGateway } from './emulated-gateway.ts'
import { EmulatedLogins } from './emulated-logins.ts'
import { type Arrived, readApiMessage, readWebhookMessage } from './emulated-messages.ts'
import { RobotMessages } from './robot-messages.ts'

const template = 'aaaaaaaa-0000-4000-8000-000000000001.schema'
const clientId = 'dingemulated0000001'
const clientSecret = 'secret of the emulated robot'

const Credentials = z.strictObject({ appKey: z.string(), appSecret: z.string() })
const Open = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  ua: z.string().exactOptional(),
  subscriptions: z.array(z.strictObject({ type: z.enum(['EVENT', 'CALLBACK']), topic: z.string() })).min(1),
})
const ToPeople = z.strictObject({
  robotCode: z.literal(clientId),
  userIds: z.array(z.string().min(1)).min(1).max(20),
  msgKey: z.string(),
  msgParam: z.string(),
})
const ToGroup = z.strictObject({
  robotCode: z.literal(clientId),
  openConversationId: z.string(),
  msgKey: z.string(),
  msgParam: z.string(),
})
const Download = z.strictObject({ downloadCode: z.string(), robotCode: z.literal(clientId) })

export type EmulatedGroup = { key: string; secret?: string }

/** A DingTalk for tests, as strict as its documentation: it refuses what the real one would refuse and notes it in `violations`. */
export class EmulatedDingtalk {
  readonly violations: string[] = []
  readonly gateway = new EmulatedGateway(this.violations)
  readonly cards = new EmulatedCards(template, clientId)
  readonly logins = new EmulatedLogins()
  readonly messages: RobotMessages
  /** Everything that arrived, in order. */
  readonly arrived: Arrived[] = []
  /** Paths of the calls, in order. */
  readonly calls: string[] = []
  readonly media = new Map<string, { name: string; data: Buffer }>()
  readonly files = new Map<string, Buffer>()
  fault: (call: Call) => Fault | undefined = () => undefined
  tokenFetches = 0
  readonly base: string
  readonly #server
  readonly #people: ReadonlySet<string>
  readonly #groups: readonly EmulatedGroup[]
  readonly #tokens = new Map<string, number>()
  readonly #uuids = new Set<string>()

  private constructor(
    server: ReturnType<typeof createServer>,
    base: string,
    people: string[],
    groups: EmulatedGroup[],
  ) {
    this.#server = server
    this.base = base
    this.#people = new Set(people)
    this.#groups = groups
    this.messages = new RobotMessages(base)
    server.on('request', (request, response) => void this.#serve(request, response))
    server.on('upgrade', (request, socket, head) => this.gateway.connect(request, socket, head))
  }

  /** `key` of a group is a webhook's access_token or an openConversationId. */
  static async start(people: string[], groups: EmulatedGroup[] = []): Promise<EmulatedDingtalk> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = z.object({ port: z.number() }).parse(server.address())
    return new EmulatedDingtalk(server, `http://127.0.0.1:${port}`, people, groups)
  }

  async stop(): Promise<void> {
    this.gateway.close()
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  settings(more: Partial<DingtalkSettings> = {}): DingtalkSettings {
    const bases = { apiBase: this.base, oapiBase: this.base }
    return { clientId, clientSecret, mode: 'stream', templateId: template, publicUrl: undefined, ...bases, ...more }
  }

  /** All tokens end now. */
  expireTokens(): void {
    for (const token of this.#tokens.keys()) this.#tokens.set(token, 0)
  }
  to(account: string): Arrived[] {
    return this.arrived.filter((one) => one.to === account)
  }
  inGroup(key: string): Arrived[] {
    return this.arrived.filter((one) => one.group === key)
  }
  /** The content of the callback when `account` submits a card with `values` in place of the defaults. */
  submit(card: EmulatedCard, account: string, values: { [name: string]: unknown } = {}): object {
    const content = submission(card, values)
    return { type: 'actionCallback', outTrackId: card.id, corpId: 'ding0', userId: account, content, value: content }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.base)
    const raw = await buffer(request)
    const call: Call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      raw,
      body: request.headers['content-type']?.includes('json') ? JSON.parse(raw.toString()) : undefined,
    }
    if (call.path.startsWith('/files/')) return void response.end(this.files.get(call.path.slice(7)))
    this.calls.push(call.path)
    const fault = this.fault(call)
    if (fault && 'reset' in fault) return void request.socket.destroy()
    if (fault && 'page' in fault) return void response.writeHead(fault.page).end('<html>bad gateway</html>')
    const { status, body } = this.#answer(call, fault)
    if (fault && 'loseAnswer' in fault) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
  }

  #answer(call: Call, fault: Fault | undefined): Reply {
    try {
      if (fault && 'old' in fault) throw new Refusal(fault.old, fault.message ?? 'fault', { blame: false })
      if (fault && 'fresh' in fault)
        throw new Refusal(fault.fresh, fault.message ?? 'fault', { status: fault.status, blame: false })
      return this.#route(call, fault)
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(-1, String(error))
      if (refusal.blame) this.violations.push(`${call.path}: ${refusal.code} ${refusal.message}`)
      return refusalOf(call.path, refusal)
    }
  }

  #route(call: Call, fault: Fault | undefined): Reply {
    const { path, body } = call
    if (path === '/v1.0/oauth2/accessToken') return this.#token(body)
    if (path === '/v1.0/gateway/connections/open') return this.#open(call)
    if (path === '/robot/sendBySession') return this.#session(call)
    if (path === '/robot/send') return this.#webhook(call)
    if (path === '/v1.0/oauth2/userAccessToken') return this.logins.token(body, { clientId, clientSecret })
    if (path === '/v1.0/contact/users/me') return this.logins.me(call.headers['x-acs-dingtalk-access-token'])
    const token = isFresh(path) ? call.headers['x-acs-dingtalk-access-token'] : call.query.get('access_token')
    if (typeof token !== 'string') throw new Refusal('AuthenticationFailed.MissingParameter', 'no token')
    if (!((this.#tokens.get(token) ?? 0) > Date.now())) throw refusedToken(path)
    if (path === '/topapi/user/getbyunionid') return this.logins.member(body)
    if (path === '/media/upload') return this.#upload(call)
    if (path === '/v1.0/robot/oToMessages/batchSend') return this.#toPeople(body, fault)
    if (path === '/v1.0/robot/groupMessages/send') return this.#toGroup(body)
    if (path === '/v1.0/robot/messageFiles/download') return this.#download(body)
    if (path === '/v1.0/card/callbacks/register') return fresh({ success: true, result: this.cards.register(body) })
    if (path === '/v1.0/card/instances/createAndDeliver') return this.#card(body, fault)
    throw new Refusal(isFresh(path) ? 'InvalidAction.NotFound' : 22, path, { status: 404 })
  }

  #token(body: unknown): Reply {
    this.tokenFetches += 1
    const { appKey, appSecret } = Credentials.parse(body)
    if (appKey !== clientId || appSecret !== clientSecret)
      throw new Refusal('invalidClientIdOrSecret', '无效的clientId或者clientSecret', { blame: false })
    const token = [...this.#tokens].find(([, until]) => until > Date.now())?.[0] ?? randomId(24)
    this.#tokens.set(token, Date.now() + 7_200_000)
    return fresh({ accessToken: token, expireIn: 7200 })
  }

  #open({ body, headers }: Call): Reply {
    if (!headers['accept']?.includes('application/json')) throw new Refusal('invalidJson', 'XML would come back')
    const read = Open.parse(body)
    if (read.clientId !== clientId || read.clientSecret !== clientSecret)
      throw new Refusal('authFailed', '鉴权失败', { status: 401, blame: false })
    const ticket = this.gateway.ticket(read.subscriptions.map((one) => one.topic))
    return fresh({ endpoint: `${this.base.replace('http', 'ws')}/connect`, ticket })
  }

  #session({ query, body }: Call): Reply {
    const session = this.messages.session(query.get('session') ?? '')
    if (!session) throw new Refusal(300001, 'session 不存在', { blame: false })
    const { text, mentioned } = readWebhookMessage(body)
    this.arrived.push({ ...session, via: 'session', text, mentioned })
    return old()
  }

  #webhook({ query, body }: Call): Reply {
    const group = this.#groups.find((one) => one.key === query.get('access_token') && !one.key.startsWith('cid'))
    if (!group) throw new Refusal(300005, 'token is not exist')
    const timestamp = query.get('timestamp') ?? ''
    if (group.secret && query.get('sign') !== robotSign(group.secret, timestamp))
      throw new Refusal(310000, 'sign not match')
    const { text, mentioned, uuid } = readWebhookMessage(body)
    if (uuid && this.#uuids.has(uuid)) return old()
    if (uuid) this.#uuids.add(uuid)
    this.arrived.push({ group: group.key, via: 'webhook', text, mentioned })
    return old()
  }

  #toPeople(body: unknown, fault: Fault | undefined): Reply {
    const { userIds, msgKey, msgParam } = ToPeople.parse(body)
    const said = this.#said({ msgKey, msgParam })
    const throttled = fault && 'throttled' in fault ? userIds : []
    const invalid = userIds.filter((one) => !this.#people.has(one))
    for (const to of userIds)
      if (!invalid.includes(to) && !throttled.includes(to))
        this.arrived.push({ to, via: 'api', mentioned: [], ...said })
    return fresh({
      processQueryKey: randomId(),
      ...(invalid.length > 0 ? { invalidStaffIdList: invalid } : {}),
      ...(throttled.length > 0 ? { flowControlledStaffIdList: throttled } : {}),
    })
  }

  #toGroup(body: unknown): Reply {
    const { openConversationId, msgKey, msgParam } = ToGroup.parse(body)
    if (!this.#groups.some((one) => one.key === openConversationId))
      throw new Refusal('invalidParameter.param.invalid', 'the robot is not in such a group', { blame: false })
    this.arrived.push({ group: openConversationId, via: 'api', mentioned: [], ...this.#said({ msgKey, msgParam }) })
    return fresh({ processQueryKey: randomId() })
  }

  #said(message: unknown): Pick<Arrived, 'text' | 'file'> {
    const read = readApiMessage(message)
    if ('text' in read) return read
    const held = this.media.get(read.mediaId)
    if (!held) throw new Refusal('invalidParameter.msgParam.invalid', 'unknown media')
    return { text: read.name, file: { name: read.name, data: held.data } }
  }

  #upload({ raw, query, headers }: Call): Reply {
    if (query.get('type') !== 'file') throw new Refusal('40004', 'type')
    if (!String(headers['content-type']).startsWith('multipart/form-data')) throw new Refusal('40035', 'multipart')
    const [, name] = /name="media"; filename="([^"]+\.(?:docx|xlsx|pdf|zip))"/.exec(raw.toString('latin1')) ?? []
    if (!name) throw new Refusal('40035', 'a part named media with its filename')
    const begin = raw.indexOf('\r\n\r\n') + 4
    const mediaId = `@${createHash('sha1').update(raw).digest('hex')}`
    this.media.set(mediaId, { name, data: raw.subarray(begin, raw.lastIndexOf('\r\n--')) })
    return old({ media_id: mediaId, created_at: Date.now(), type: 'file' })
  }

  #download(body: unknown): Reply {
    const { downloadCode } = Download.parse(body)
    if (!this.files.has(downloadCode))
      throw new Refusal('invalidParameter.robotCode.downloadCode', 'wrong or expired', { blame: false })
    return fresh({ downloadUrl: `${this.base}/files/${downloadCode}` })
  }

  #card(body: unknown, fault: Fault | undefined): Reply {
    const card = this.cards.create(body)
    const success = this.#people.has(card.to) && !(fault && 'undeliverable' in fault)
    if (success)
      this.arrived.push({ to: card.to, via: 'card', text: card.params['title'] ?? '', mentioned: [], card: card.id })
    else this.cards.cards.delete(card.id)
    const deliverResults = [{ spaceType: 'IM_ROBOT', spaceId: card.to, success, errorMsg: success ? '' : '投放失败' }]
    return fresh({ success: true, result: { outTrackId: card.id, deliverResults } })
  }
}
