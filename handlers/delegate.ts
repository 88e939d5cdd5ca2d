import { delegatedDays } from '../src/bot/records/delegations.ts'
import type { Fillable, Handler } from '../src/bot/turn/handler.ts'
import { everyone } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { readDelegation, readEnding } from '../src/campaign/reading/read-delegation.ts'
import type { Person } from '../src/campaign/roster/roster.ts'
import { choose, chosenId } from '../src/forms/choose.ts'
import { askedOf, delegate, endDelegations, toDelegate } from '../src/forms/delegation.ts'

const name = 'delegate'

/** 让…代填: another person enters, and only the first person submits. `forms` can be filled in; they are searched in this order. */
export const delegating = (forms: readonly Fillable[]): Handler => ({
  name,
  commands: [{ word: '代填', by: everyone, fits: () => true, run: (turn, text) => fill(turn, forms, text.trim()) }],
  async interrupts(turn, text) {
    if (turn.session.focus?.ownWords) return false
    const ended = readEnding(text)
    const said = readDelegation(
      text,
      forms.map(({ word }) => word),
    )
    if (ended !== undefined) await end(turn, ended)
    else if (said) await ask(turn, forms, said)
    else return false
    return true
  },
  async taps(turn, tap) {
    const to = turn.roster.people.find(({ id }) => id === chosenId(tap, tap.args.length - 1))
    if (tap.action === 'ask' && to)
      await delegateTo(turn, forms, { to, word: tap.args.length > 1 ? tap.args[0] : undefined })
  },
})

async function ask(turn: Turn, forms: readonly Fillable[], said: { name: string; word?: string }): Promise<void> {
  const found = turn.roster.people.filter((one) => one.name === said.name && one.id !== turn.who.id)
  const [only] = found
  if (!(await toDelegate(turn, forms, said.word))) return turn.say('您目前没有需要填报的事项，不用代填。')
  if (!only) return turn.say(`名册里没有“${said.name}”，请写全名。`)
  if (found.length === 1) return delegateTo(turn, forms, { to: only, word: said.word })
  const options = found.map(({ id, seats: [seat] }, i) => ({
    id,
    text: seat ? turn.campaign.posts[seat.post] : `第${i + 1}位`,
  }))
  const args = said.word === undefined ? [] : [said.word]
  choose(turn, `哪一位${said.name}`.slice(0, 16), { options, offered: { handler: name, action: 'ask', args } })
}

async function delegateTo(
  turn: Turn,
  forms: readonly Fillable[],
  { to, word }: { to: Person; word: string | undefined },
): Promise<void> {
  const meant = await toDelegate(turn, forms, word)
  if (!meant) return turn.say('您目前没有需要填报的事项，不用代填。')
  const { form, id, title } = meant
  await delegate(turn, to, { fillable: form, id })
  const how = `代填 ${turn.who.name} ${form.sample}`
  const text = `${turn.who.name}请您代填${title}。请回复“${how}”。填好后由本人确认提交。`
  await turn.tell(to, text, { about: name, urgent: true })
  turn.say(
    `已请${to.name}代填${title}。填好后会发给您，确认后才算提交。办完或${delegatedDays}天后自动结束，也可以说“不用代填了”。`,
  )
}

async function end(turn: Turn, of: string): Promise<void> {
  const ended = await endDelegations(turn, of)
  for (const one of ended) await turn.tell(one, `${turn.who.name}说不用代填了，谢谢。`, { about: name, urgent: true })
  const names = ended.map((one) => one.name).join('、')
  turn.say(names ? `好的，不再由${names}代填，由您本人填报。` : '目前没有请人代填。')
}

async function fill(turn: Turn, all: readonly Fillable[], text: string): Promise<void> {
  const asked = await askedOf(turn, all)
  const one = asked.find(({ principal }) => text.startsWith(principal.name))
  if (!one) {
    const names = asked.map(({ principal }) => principal.name).join('、')
    return turn.say(names ? `请写明代谁填：“代填 姓名 内容”。请您代填的有：${names}。` : '目前没有人请您代填。')
  }
  const { principal, forms } = one
  const said = text.slice(principal.name.length).replace(/^[\s:：，,]+/, '')
  const named = forms.find(({ word }) => said.startsWith(word))
  const [only, ...others] = forms
  const form = named ?? (others.length === 0 ? only : undefined)
  const how = forms.map(({ sample }) => `“代填 ${principal.name} ${sample}”`).join('或')
  const content = named ? said.slice(named.word.length).replace(/^[\s:：，,]+/, '') : said
  if (!form || content === '') return turn.say(`请写上内容：${how}。`)
  const filled = await form.fill(turn.as(principal), content)
  if ('say' in filled) return turn.say(filled.say)
  const { title, lines } = filled
  const told = [`${turn.who.name}已代填您的${title}：`, ...lines, `请回复“${filled.how}”核对后提交。`].join('\n')
  await turn.tell(principal, told, { about: name, urgent: true })
  turn.say([`已记下${title}：`, ...lines, `已请${principal.name}核对，本人确认后提交。`].join('\n'))
}
