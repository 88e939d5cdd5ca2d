import { inspectionsOwed } from '../handlers/inspection/owed.ts'
import { meetingsLacking, meetingsOwed } from '../handlers/meetings/owed.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { ladder } from '../src/forms/ladder.ts'

/** J10: one reminder to a branch before its periods end, then the missing meetings to its general branch; and the answers to 督查. */
export const meetingSchedules: readonly Schedule[] = [ladder(meetingsOwed), meetingsLacking, ladder(inspectionsOwed)]
