import { z } from 'zod'
import { Refusal } from './emulated-answers.ts'

const some = z.string().min(1)
const Field = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('NUMBER'),
    name: some,
    label: some,
    required: z.boolean().exactOptional(),
    defaultValue: z.number().exactOptional(),
  }),
  z.strictObject({
    type: z.enum(['TEXT', 'TEXT_AREA']),
    name: some,
    label: some.exactOptional(),
    hidden: z.boolean().exactOptional(),
    required: z.boolean().exactOptional(),
    defaultValue: z.string().exactOptional(),
  }),
  z.strictObject({
    type: z.literal('SELECT'),
    name: some,
    label: some,
    required: z.boolean().exactOptional(),
    options: z.array(z.strictObject({ value: z.string(), text: some })).min(1),
    defaultValue: z.strictObject({ index: z.number(), value: z.string() }).exactOptional(),
  }),
])
export type Field = z.infer<typeof Field>
const Form = z.strictObject({ fields: z.array(Field) })
const ParamMap = z.record(some, z.string())
const Create = z.strictObject({
  cardTemplateId: some,
  outTrackId: some.max(100),
  callbackType: z.enum(['STREAM', 'HTTP']),
  callbackRouteKey: some.exactOptional(),
  userIdType: z.literal(1),
  openSpaceId: z.templateLiteral(['dtv1.card//IM_ROBOT.', some]),
  cardData: z.strictObject({ cardParamMap: ParamMap }),
  imRobotOpenSpaceModel: z.strictObject({ supportForward: z.boolean(), lastMessageI18n: ParamMap.exactOptional() }),
  imRobotOpenDeliverModel: z.strictObject({ spaceType: z.literal('IM_ROBOT'), robotCode: some }),
})
const Update = z.strictObject({
  cardUpdateOptions: z.strictObject({ updateCardDataByKey: z.boolean(), updatePrivateDataByKey: z.boolean() }),
  cardData: z.strictObject({ cardParamMap: ParamMap }),
})
const Register = z.strictObject({
  callbackRouteKey: some,
  callbackUrl: z.url(),
  apiSecret: some,
  forceUpdate: z.boolean(),
})

export type EmulatedCard = {
  id: string
  to: string
  callbackType: 'STREAM' | 'HTTP'
  route: string | undefined
  params: { [name: string]: string }
}

/** The cards of the organisation (dingtalk.md §7). `largest` is the longest value of a variable, in bytes. */
export class EmulatedCards {
  readonly cards = new Map<string, EmulatedCard>()
  readonly routes = new Map<string, { url: string; apiSecret: string }>()
  largest = 3_300
  template: string
  readonly #robotCode: string

  constructor(template: string, robotCode: string) {
    this.template = template
    this.#robotCode = robotCode
  }

  /** Creates a card for a person. A refused card is not kept. */
  create(body: unknown): EmulatedCard {
    const read = Create.safeParse(body)
    if (!read.success) throw new Refusal('param.empty', read.error.message)
    const { outTrackId: id, cardData, callbackType, callbackRouteKey: route, openSpaceId } = read.data
    if (read.data.cardTemplateId !== this.template) throw new Refusal('param.templateNotExist', 'template')
    if (this.cards.has(id)) throw new Refusal('param.cardAlreadyExist', id, { blame: false })
    if (callbackType === 'HTTP' && !(route && this.routes.has(route))) throw new Refusal('param.empty', 'route')
    if (read.data.imRobotOpenDeliverModel.robotCode !== this.#robotCode)
      throw new Refusal('param.openDeliverModelError', 'robotCode')
    this.#check(cardData.cardParamMap)
    const to = openSpaceId.slice('dtv1.card//IM_ROBOT.'.length)
    const card = { id, to, callbackType, route, params: cardData.cardParamMap }
    this.cards.set(id, card)
    return card
  }

  register(body: unknown): { callbackUrl: string; apiSecret: string } {
    const read = Register.safeParse(body)
    if (!read.success) throw new Refusal('param.callbackUrlEmpty', read.error.message)
    const { callbackRouteKey, callbackUrl, apiSecret } = read.data
    this.routes.set(callbackRouteKey, { url: callbackUrl, apiSecret })
    return { callbackUrl, apiSecret }
  }

  /** Takes the answer to a card's callback. */
  answered(card: EmulatedCard, response: unknown): void {
    if (JSON.stringify(response) === '{}') return
    const { cardUpdateOptions, cardData } = Update.parse(response)
    this.#check(cardData.cardParamMap)
    card.params = { ...(cardUpdateOptions.updateCardDataByKey ? card.params : {}), ...cardData.cardParamMap }
  }

  #check(params: { [name: string]: string }): void {
    for (const [name, value] of Object.entries(params))
      if (Buffer.byteLength(value) > this.largest)
        throw new Refusal('param.cardPublicDataEmpty', `${name} is too large`, { blame: false })
    fieldsOf(params)
  }
}

/** The fields of a form, as the client understands them. */
export const fieldsOf = (params: { [name: string]: string }): Field[] =>
  params['form'] === undefined ? [] : Form.parse(JSON.parse(params['form'])).fields

export const isClosed = ({ params }: EmulatedCard): boolean => params['form_status'] === 'disabled'

/** What the client sends when the form is submitted: the defaults, replaced by `values`. Hidden values come back too. */
export function submission(card: EmulatedCard, values: { [name: string]: unknown }): string {
  const fields = fieldsOf(card.params)
  for (const name of Object.keys(values))
    if (!fields.some((field) => field.name === name)) throw new Error(`the form has no field ${name}`)
  const form = Object.fromEntries(fields.map((field) => [field.name, values[field.name] ?? field.defaultValue]))
  return JSON.stringify({ cardPrivateData: { actionIds: ['form'], params: { form } } })
}
