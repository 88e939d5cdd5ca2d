import type { Said, Snapshot } from '../bot/pushes/schedule.ts'
import { dueOf, namesOf } from './open.ts'
import type { Owed, Owing } from './owed.ts'

type Heard = {
  /** The owed things in people's words: `2季度季报`. */
  called: (snapshot: Snapshot, owed: readonly Owed[]) => string
  /** How those who have not done it are counted: `个支部` in the title, `个` if not all are named. */
  measure: { title: string; names: string }
  /** What a superior or a group is asked to reply. */
  reply: { superior: (open: readonly Owed[]) => string; group: (snapshot: Snapshot) => string }
}

/** What superiors hear of overdue things, by name, and what groups hear of due things, as counts. */
export const heardOf = ({ called, measure, reply }: Heard): Required<Pick<Owing, 'tells' | 'tellsGroup'>> => ({
  tells: (snapshot, open): Said => ({
    title: `${called(snapshot, open)}已到期，还有${open.length}${measure.title}未交。`,
    lines: [namesOf(open, measure.names)],
    reply: reply.superior(open),
  }),
  tellsGroup: (snapshot, { owed, done, silent }): Said => ({
    title: `${called(snapshot, owed)} ${dueOf(snapshot, owed)}，已交 ${done}/${owed.length}。`,
    lines: silent.length > 0 ? [`还没交：${silent.map(({ name }) => name).join('、')}`] : [],
    reply: reply.group(snapshot),
  }),
})
