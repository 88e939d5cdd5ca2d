import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { rosters, rosterVersion } from '../../src/bot/roster/world.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { sample } from '../schedules/played.ts'
import { beijing } from './beijing.ts'
import { VirtualCollege } from './virtual-college.ts'

/** The sample college on an embedded store, at a time such as `2022-04-25 10:00`, until the test ends. People are known by name. */
export async function sampleCollege(now: string, roster: Roster = sample, campaign: Campaign = campaignOf(plan2022)) {
  const folder = await mkdtemp(join(tmpdir(), 'college-'))
  const store = await openEmbedded(folder, { kind: 'platform' })
  const college = await VirtualCollege.open({ store, campaign, roster, now })
  onTestFinished(async () => {
    await college.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  let imported = 1
  const accountOf = (name: string): string => {
    const account = roster.people.find((one) => one.name === name)?.accounts.wecom
    if (account === undefined) throw new Error(`nobody on WeCom is ${name}`)
    return account
  }
  return {
    store,
    college,
    /** The answer that a person reads, with cards as text. */
    says: (name: string, text: string): Promise<string> => college.says(accountOf(name), text),
    /** What comes to a person from now on. */
    hears: (name: string): (() => string[]) => {
      const before = college.door.to(accountOf(name)).length
      return () =>
        college.door
          .to(accountOf(name))
          .slice(before)
          .map(({ text }) => text)
    },
    /** Puts another roster in force. */
    puts: async (next: Roster): Promise<void> => {
      const id = String(++imported)
      await store.commit([
        { put: rosters.key(id), value: next },
        { put: rosterVersion.key(), value: { current: id, content: '' } },
      ])
    },
    /** Moves the clock and does what the program does every minute. */
    at: (moment: string): Promise<void> => college.at(moment),
    later: (moment: string): void => void (college.now = beijing(moment)),
  }
}
