import { z } from 'zod'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import type { Roster } from '../../campaign/roster/roster.ts'
import type { Write } from '../../store/store.ts'
import { table } from '../../store/table.ts'

/** People who can write to the program only since a later roster, until they were told their duties. Keys: campaign, person. */
export const newcomers = table('newcomer', z.literal(true))

/** Notes the people who have an account in this roster and had none in the one before. */
export function notedNewcomers({ id }: Campaign, before: Roster, roster: Roster): Write[] {
  const known = new Set(withAccount(before))
  return withAccount(roster)
    .filter((person) => !known.has(person))
    .map((person) => ({ put: newcomers.key(id, person), value: true }))
}

const withAccount = ({ people }: Roster): string[] =>
  people.filter(({ accounts }) => (accounts.wecom ?? accounts.dingtalk) !== undefined).map(({ id }) => id)
