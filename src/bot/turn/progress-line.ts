import type { Campaign } from '../../campaign/plan/campaign.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import type { Turn } from './turn.ts'

/** `done` of `all` people or things that a person may see, as of this minute. */
export type Count = { name: string; done: number; all: number }
/** The people or things that are still open, by the names that people use. */
export type Open = { name: string; missing: string[] /** Said where there is nothing to list yet. */; instead?: string }

/**
 * One line of 进度, and what 谁没交 and 帮助 say about it. A new job of the year adds one (`src/forms/progress-line.ts`). `today` lists what this
 * person has open now; each line says what to reply. It is empty if nothing is open.
 */
export type ProgressLine = {
  name: string
  /** Whether a plan has this line; if it is absent, all plans have it. */
  when?: (campaign: Campaign) => boolean
  today: (turn: Turn) => Promise<string[]>
  counts: (turn: Turn, person: Person) => Promise<Count | undefined>
  open: (turn: Turn, person: Person, argument: string) => Promise<Open | undefined>
  /** The count for a group's range: the id of a general branch, or `college`. */
  inGroup: (turn: Turn, scope: string) => Promise<Count | undefined>
}
