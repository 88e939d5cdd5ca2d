import { buttonKey, type Tap } from '../src/bot/turn/handler.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { matchBranch, splitBranch } from '../src/campaign/reading/names.ts'
import { namesOf } from '../src/campaign/roster/branch-names.ts'
import { type Branch, branchName, branchOf } from '../src/campaign/roster/roster.ts'

/** The branch at the beginning of what was said, and the rest; `near`: those that may be meant where it is not one. */
export function branchIn(
  turn: Turn,
  text: string,
  branches: readonly Branch[],
): { branch?: Branch; rest: string; near: Branch[] } {
  const known = namesOf(turn.roster, branches)
  const begun = splitBranch(text, known)
  const by = (ids: readonly string[]): Branch[] => branches.filter((branch) => ids.includes(branch.id))
  if (begun?.match.kind === 'several') return { rest: begun.rest, near: by(begun.match.ids) }
  const [branch] = begun ? by([begun.match.id]) : []
  if (begun && branch) return { branch, rest: begun.rest, near: [] }
  const match = matchBranch(text.trim().split(/\s/)[0] ?? '', known)
  return { rest: text, near: match.kind === 'none' ? by(match.near) : [] }
}

const branchQuestion = 'branch'
/** How many a card can offer (src/bot/messages/message.ts). */
const most = { buttons: 6, list: 20 }

/** The near matches to choose from; all of them where none comes near. `key` of an empty id: of a list's submit button. */
export function offerNear(
  turn: Turn,
  near: readonly Branch[],
  key: (id: string) => [string, string, string],
  ask: string,
): void {
  const offered = near.length > 0 ? near : turn.roster.branches
  const head = near.length > 0 ? ask : `没有找到这个支部，${ask}`
  if (offered.length === 0) return turn.say('名册里还没有支部。')
  const options = offered.map((branch) => ({ id: branch.id, text: branchName(turn.roster, branch) }))
  const keyOf = (id: string): string => buttonKey(...key(id))
  if (options.length <= most.buttons)
    return turn.show({
      title: head,
      ask: { kind: 'buttons', buttons: options.map(({ id, text }) => ({ text, key: keyOf(id) })) },
    })
  if (options.length <= most.list)
    return turn.show({
      title: head,
      ask: {
        kind: 'list',
        question: branchQuestion,
        options,
        submit: { text: '确定', key: keyOf(''), style: 'primary' },
      },
    })
  turn.offer(
    head,
    options.map(({ id, text }) => ({ text, key: keyOf(id) })),
  )
}

/** The branch that a tap on what was offered means. */
export const branchTapped = (turn: Turn, { args, picked }: Tap): Branch | undefined =>
  branchOf(turn.roster, args[0] || (picked[branchQuestion]?.[0] ?? ''))
