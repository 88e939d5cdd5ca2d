import type { Campaign } from '../../campaign/plan/campaign.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import type { Turn } from '../turn/turn.ts'

/** `done` of `all` who or what a person may see, as of this minute. */
export type Count = { name: string; done: number; all: number }
/** Who or what is still open, by the name that people use. */
export type Open = { name: string; missing: string[] /** Said where there is nothing to list yet. */; instead?: string }

/**
 * One line of 进度, and what 谁没交 and 帮助 say of the same. A new job of the year is one more of these (`src/forms/progress-line.ts`).
 * `today`: what this person has open now, each a line that says what to reply; empty where nothing is open.
 */
export type ProgressLine = {
  name: string
  /** In which plans there is such a thing; without it in all. */
  when?: (campaign: Campaign) => boolean
  today: (turn: Turn) => Promise<string[]>
  counts: (turn: Turn, person: Person) => Promise<Count | undefined>
  open: (turn: Turn, person: Person, argument: string) => Promise<Open | undefined>
  /** Of a group's range: the id of a general branch, or `college`. */
  inGroup: (turn: Turn, scope: string) => Promise<Count | undefined>
}
