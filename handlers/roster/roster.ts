import { replaceRoster } from '../../src/bot/roster-import/roster-import.ts'
import { sentRosters } from '../../src/bot/roster-import/sent-rosters.ts'
import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Group, holds, type Roster } from '../../src/campaign/roster/roster.ts'
import { removeMissing } from '../../src/campaign/roster/roster-merge.ts'
import { type Records, unitKeeping } from './units.ts'

const name = 'roster'

/**
 * Who is who: the organization department confirms who has left, says what became of branches, and binds groups. `tables` are those of
 * official records.
 */
export const rosterKeeping = (tables: Records): Handler => ({
  name,
  commands: commands(unitKeeping(tables)),
  async takesFile(turn, fileName, token) {
    if (!holds(turn.who, 'organization-department') || !/\.xlsx$/i.test(fileName)) return false
    await turn.put(sentRosters, [turn.inbound.channel, turn.who.id], { value: { token, at: Date.now() } })
    turn.say('已收到名册，正在导入，结果马上告诉您。')
    return true
  },
  async inGroup(turn, text) {
    if (!text.startsWith('绑定本群')) return false
    await bind(turn, text.slice('绑定本群'.length).trim())
    return true
  },
})

const commands = (units: ReturnType<typeof unitKeeping>): Command[] => [
  {
    word: '确认移除',
    by: department,
    fits: () => true,
    run: async (turn, argument) =>
      argument ? units.remove(turn, argument) : removePeople(turn, await units.recorded(turn)),
  },
  { word: '改名', by: department, fits: () => true, run: units.rename },
  { word: '并入', by: department, fits: () => true, run: units.merge },
]

async function removePeople(turn: Turn, recorded: ReadonlySet<string>): Promise<void> {
  const gone = turn.roster.people.filter((person) => person.missing)
  if (gone.length === 0) return turn.say('没有待移除的人员：名册里的人都在最新的名册文件里。')
  await replaceRoster(turn, removeMissing(turn.roster, recorded))
  turn.say(`已移除${gone.length}人：${gone.map((person) => person.name).join('、')}。他们不再能使用党建助手。`)
}

/** Binds the chat to the roster's group with this name. A group in no file is known for the whole college, or for the named 党总支. */
async function bind(turn: Turn, said: string): Promise<void> {
  const { group: conversation, groupName = '', channel } = turn.inbound
  if (!holds(turn.who, 'organization-department') || conversation === undefined)
    return turn.say(turn.worded`无权绑定：请组织部的同志在本群里@我说“绑定本群”。`)
  const platform = channel === 'dingtalk' ? 'dingtalk' : 'wecom'
  const wanted = said || groupName
  const known = turn.roster.groups.find((one) => one.platform === platform && one.name === wanted)
  const general = turn.roster.generalBranches.find((one) => one.name === said)
  if (!known && !wanted)
    return turn.say(
      `请说明是哪个群：“绑定本群 群名称”。名册里的群：${turn.roster.groups.map((one) => one.name).join('、') || '无'}。`,
    )
  const group: Group = known
    ? { ...known, conversation }
    : {
        id: freshId(turn.roster),
        name: groupName || wanted,
        platform,
        key: '',
        conversation,
        scope: general?.id ?? 'college',
      }
  const others = turn.roster.groups.filter((one) => one.id !== group.id && one.conversation !== conversation)
  await replaceRoster(turn, { ...turn.roster, groups: [...others, group] })
  const range = turn.roster.generalBranches.find((one) => one.id === group.scope)?.name ?? '全院'
  turn.say(`已绑定本群：${group.name}（${range}）。在群里@我说“进度”可看完成情况。`)
}

const freshId = ({ groups, retired }: Roster): string =>
  `q${Math.max(0, ...[...groups, ...(retired?.groups ?? [])].map(({ id }) => Number(id.slice(1)) || 0)) + 1}`
