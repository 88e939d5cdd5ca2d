import { delegatedDays } from '../src/bot/records/delegations.ts'
import type { Fillable, Handler } from '../src/bot/turn/handler.ts'
import { everyone } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { readDelegation, readEnding, readFilling } from '../src/campaign/reading/read-delegation.ts'
import { type Person, personOf } from '../src/campaign/roster/roster.ts'
import { chosenId } from '../src/forms/choose.ts'
import { askedOf, delegate, endDelegations, tellOfDelegation, toDelegate } from '../src/forms/delegation.ts'
import { offerNamesakes } from '../src/forms/person-said.ts'

const name = 'delegate'

/** 让…代填: another person enters, and only the first person submits. `forms` can be filled in; they are searched in this order. */
export const delegating = (forms: readonly Fillable[]): Handler => ({
  name,
  commands: [{ word: '代填', by: everyone, fits: () => true, run: (turn, text) => fill(turn, forms, text.trim()) }],
  async interrupts(turn, text) {
    if (turn.session.focus?.ownWords) return false
    const ended = readEnding(text)
    if (ended !== undefined) await end(turn, ended)
    const said = ended === undefined ? readDelegation(text, forms) : undefined
    const isMeant = (one: Person): boolean => one.name === said?.name && one.id !== turn.who.id
    if (said) await ask(turn, forms, { ...said, among: turn.roster.people.filter(isMeant) })
    return ended !== undefined || said !== undefined
  },
  async taps(turn, { action, args, picked }) {
    const to = personOf(turn.roster, chosenId({ args: args.slice(-1), picked }))
    if (action === 'ask' && to) await ask(turn, forms, { name: to.name, word: args.at(-2), among: [to] })
  },
})

type Asked = { name: string; word?: string | undefined; among: readonly Person[] }
async function ask(turn: Turn, forms: readonly Fillable[], { name: called, word, among }: Asked): Promise<void> {
  const meant = await toDelegate(turn, forms, word)
  if (!meant) return turn.say('您目前没有需要填报的事项，不用代填。')
  const [to, ...others] = among
  if (!to) return turn.say(`名册里没有“${called}”，请写全名。`)
  if (others.length > 0)
    return offerNamesakes(turn, among, { handler: name, action: 'ask', args: word === undefined ? [] : [word] })
  await delegate(turn, to, meant)
  const ends = `办完或${delegatedDays}天后自动结束，也可以说“不用代填了”。`
  turn.say(`已请${to.name}代填${meant.title}。填好后会发给您，确认后才算提交。${ends}`)
}

async function end(turn: Turn, of: string): Promise<void> {
  const names = (await endDelegations(turn, of)).map((one) => one.name).join('、')
  turn.say(names ? `好的，不再由${names}代填，由您本人填报。` : '目前没有请人代填。')
}

async function fill(turn: Turn, all: readonly Fillable[], text: string): Promise<void> {
  const read = readFilling(text, await askedOf(turn, all))
  if ('unclear' in read) return turn.say(read.unclear)
  const { principal, form, content } = read
  const filled = await form.fill(turn.as(principal), content)
  if ('say' in filled) return turn.say(filled.say)
  const { title, lines, how } = filled
  const asks = `请回复“${how}”核对后提交。`
  await tellOfDelegation(turn, principal, [`${turn.who.name}已代填您的${title}：`, ...lines, asks].join('\n'))
  turn.say([`已记下${title}：`, ...lines, `已请${principal.name}核对，本人确认后提交。`].join('\n'))
}
