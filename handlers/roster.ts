import type { Handler } from '../src/bot/handler.ts'
import { replaceRoster } from '../src/bot/roster-import.ts'
import type { Turn } from '../src/bot/turn.ts'
import { removeMissing } from '../src/campaign/roster-merge.ts'

/** Who is who: the organization department confirms that people who are missing in a newer roster are gone. */
export const rosterKeeping: Handler = {
  name: 'roster',
  commands: [{ word: '确认移除', run: remove }],
}

async function remove(turn: Turn): Promise<void> {
  const gone = turn.roster.people.filter((person) => person.missing)
  if (gone.length === 0) return turn.say('没有待移除的人员：名册里的人都在最新的名册文件里。')
  await replaceRoster(turn, removeMissing(turn.roster))
  turn.say(`已移除${gone.length}人：${gone.map((person) => person.name).join('、')}。他们不再能使用党建助手。`)
}
