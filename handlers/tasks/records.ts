import { z } from 'zod'
import { taskStates as states } from '../../src/campaign/tasks/read-task.ts'
import { recordTable } from '../../src/forms/record.ts'

/** A person's progress with a task, in their own words (J7). */
const TaskReport = z.strictObject({ state: z.enum(states), words: z.string() })
/** Keys: campaign, number of the task, ISO day of the milestone, person. A person with two posts has one state. */
export const taskReports = recordTable('task-report', TaskReport)
