import { z } from 'zod'
import type { Handler } from '../src/bot/turn/handler.ts'
import { everyone } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { holdersOf } from '../src/campaign/roster/roster.ts'
import { focusIn } from '../src/forms/focus.ts'

const name = 'suggestion'
/** Whose words are awaited. */
const Waiting = z.enum(['anonymous', 'named'])
/** The same answer for both, so that it does not tell which of them it was while it waits to be sent. */
const passedOn = (turn: Turn): string => turn.worded`已转组织部。`

/** R7: everybody can complain or suggest in one message. Anonymous means that nothing stored leads back to the person. */
export const suggestions: Handler = {
  name,
  commands: [
    {
      word: '意见',
      by: everyone,
      use: '给组织部提意见（也可“匿名意见”）',
      asks: true,
      fits: () => true,
      amid: () => true,
      run: (turn, argument) => (argument ? pass(turn, argument, false) : ask(turn, false)),
    },
    {
      word: '匿名意见',
      by: everyone,
      fits: () => true,
      // It never asks whose the words are: to keep them until then would keep them beside the name.
      amid: () => true,
      run: (turn, argument) => (argument ? pass(turn, argument, true) : ask(turn, true)),
    },
  ],
  async answers(turn, text) {
    await pass(turn, text, focusIn(turn, name, Waiting) === 'anonymous')
    turn.rest()
    return true
  },
}

async function ask(turn: Turn, anonymous: boolean): Promise<void> {
  turn.focus(name, anonymous ? 'anonymous' : 'named', { ownWords: true })
  turn.say(
    anonymous
      ? turn.worded`请直接发您的意见，一条消息即可，转给组织部时不带姓名。`
      : turn.worded`请直接发您的意见，一条消息即可，会带上您的姓名转给组织部。`,
  )
}

async function pass(turn: Turn, text: string, anonymous: boolean): Promise<void> {
  const department = holdersOf(turn.roster, 'organization-department')
  if (anonymous) await turn.tellAnonymously(text)
  else
    for (const person of department) await turn.tell(person, `${turn.who.name}的意见：${text}`, { about: 'suggestion' })
  turn.say(passedOn(turn))
}
