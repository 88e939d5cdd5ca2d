import { z } from 'zod'
import { dayOf } from '../../src/bot/clock.ts'
import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import {
  branchName,
  branchOf,
  generalBranchOf,
  holdersOf,
  holds,
  type Person,
  personOf,
} from '../../src/campaign/roster/roster.ts'
import { newId, record, recordTable, stands } from '../../src/forms/record.ts'

/** A unit's good practice, for publicity. Keys: campaign, id of the message. */
export const practices = recordTable('practice', z.strictObject({ words: z.string() }))

const practice: Command = {
  word: '经验',
  by: [...secretaries, 'publicity-department'],
  use: '好经验好做法，转宣传部',
  whose: '经验由各书记报送，宣传部汇集',
  asks: true,
  fits: () => true,
  amid: (_, turn) => holds(turn.who, ...secretaries),
  run: (turn, argument) => (argument.trim() === '' ? list(turn) : send(turn, argument.trim())),
}

/** Plan, 四（三）: units report good practice, and 宣传部 gathers it. */
export const practiceKeeping: Handler = { name: 'practice', records: [practices], commands: [practice] }

async function send(turn: Turn, words: string): Promise<void> {
  if (!holds(turn.who, ...secretaries)) return turn.say('无权报送：经验由各书记报送。已报的请回复“经验”。')
  const before = (await turn.list(practices, turn.campaign.id)).find(
    ({ value }) => stands(value) && value.by === turn.who.id && value.content.words === words,
  )
  if (before) return turn.say(turn.worded`这条经验已在${dayWords(dayOf(before.value.at))}转宣传部（已转），没有再发。`)
  await record(turn, practices, { ids: [newId(turn, 'practice')], content: { words } })
  const publicity = holdersOf(turn.roster, 'publicity-department')
  for (const person of publicity)
    if (person.id !== turn.who.id)
      await turn.tell(person, `${senderOf(turn, turn.who)}报送经验：${words}\n全部请回复“经验”。`, {
        about: 'practice',
      })
  turn.say(
    publicity.length > 0
      ? turn.worded`已记下，已转宣传部：${words}`
      : turn.worded`已记下：${words}\n名册里目前没有宣传部的人，登记后可在“经验”里看到。`,
  )
}

/** `软件教研室党支部 李四`. */
function senderOf({ roster }: Turn, { name, seats }: Person): string {
  const [unit] = seats.flatMap(({ post, branch: id, generalBranch }) => {
    const branch = post === 'branch-secretary' ? branchOf(roster, id ?? '') : undefined
    return branch ? [branchName(roster, branch)] : (generalBranchOf(roster, generalBranch ?? '')?.name ?? [])
  })
  return unit === undefined ? name : `${unit}${name}`
}

/** All of it for 宣传部, their own for others. */
async function list(turn: Turn): Promise<void> {
  const all = holds(turn.who, 'publicity-department')
  const rows = (await turn.list(practices, turn.campaign.id))
    .filter(({ value }) => stands(value) && (all || value.by === turn.who.id))
    .sort((one, other) => (one.value.at < other.value.at ? -1 : 1))
  const lines = rows.map(({ value: { at, by, content } }, i) => {
    const person = personOf(turn.roster, by)
    return `${i + 1}. ${dayWords(dayOf(at))} ${person ? senderOf(turn, person) : '（已离任）'}：${content.words}`
  })
  const head = lines.length > 0 ? `经验（${lines.length}条）：` : '还没有报送的经验。'
  turn.say(
    [head, ...lines, ...(holds(turn.who, ...secretaries) ? ['要报送请回复“经验 …”，一条消息即可。'] : [])].join('\n'),
  )
}
