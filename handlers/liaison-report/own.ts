import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, liaisonBranches, type Person } from '../../src/campaign/roster/roster.ts'
import { stands } from '../../src/forms/record.ts'
import { sponsorships } from '../lagging/records.ts'

/** The branches whose visits a member reports: those of the liaison, and besides them the lagging ones they sponsor (decision 11). */
export async function branchesOf(turn: Turn, person: Person = turn.who): Promise<Branch[]> {
  const linked = liaisonBranches(turn.roster, person)
  const rows = await turn.list(sponsorships, turn.campaign.id)
  const sponsored = new Set(
    rows.flatMap(({ ids, value }) => (stands(value) && value.content.sponsor === person.id ? ids[1] : [])),
  )
  return turn.roster.branches.filter((branch) => linked.includes(branch) || sponsored.has(branch.id))
}
