import { z } from 'zod'
import type { List } from '../bot/dashboard/list.ts'
import type { Handler } from '../bot/turn/handler.ts'
import type { ProgressLine } from '../bot/turn/progress-line.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { quarterWords } from '../campaign/calendar/quarter.ts'
import { conversation } from './conversation.ts'
import { type Fields, type Filled, sampleOf, showsFields } from './fields.ts'
import type { Form } from './form.ts'
import { listsOf } from './list.ts'
import { ofFields } from './of-fields.ts'
import type { Owing } from './owed.ts'
import { ownBranchUnits } from './own-units.ts'
import { progressLineOf } from './progress-line.ts'
import { branchesHear, branchesOwe, idsOf, owedByQuarter, type QuarterOfUnit, quarterly, reportIn } from './quarter.ts'
import { record, recordTable } from './record.ts'
import { snapshotIn } from './snapshot.ts'
import { takesBack } from './take-back.ts'

/** What the lists of handlers and schedules take from a form: its conversation, who owes it, and where it is counted. */
export type OwedForm = { handler: Handler; owing: Owing; line: ProgressLine; lists: readonly List[] }

type Setting = { name: string; word: string; use: string; fields: Fields }
type Records = ReturnType<typeof recordTable<Filled['words']>>

/**
 * A form that each branch secretary fills in every quarter, by the days of `forms.<name>` in the campaign file. `word` is what people say;
 * `use` is its line in 帮助.
 */
export function quarterlyForm(setting: Setting): OwedForm {
  const { name, word, fields } = setting
  const records = recordTable(name, z.record(z.string(), z.string()))
  const byQuarter = { about: name, word, records }
  const sample = sampleOf(Object.values(fields))
  const owing: Owing = {
    ...owedByQuarter(byQuarter, branchesOwe),
    ...branchesHear(byQuarter, { sample, tell: `名单请回复“谁没交${word}”。` }),
  }
  return {
    handler: conversation(formOf(setting, records)),
    owing,
    line: progressLineOf(owing),
    lists: listsOf(owing, { name, title: word, who: '党支部', onPage: true }),
  }
}

function formOf({ name, word, use, fields }: Setting, records: Records): Form<Filled, QuarterOfUnit> {
  const subjects = quarterly({ about: name, word, records }, { units: ownBranchUnits })
  const parts = ofFields<QuarterOfUnit>(
    () => fields,
    ({ quarter }) => `${quarterWords(quarter)}${word}`,
  )
  const sample = sampleOf(Object.values(fields))
  const given = async (turn: Turn, subject: QuarterOfUnit): Promise<Filled['words'] | undefined> =>
    reportIn(await snapshotIn(turn, [records]), records, subject)?.content
  return {
    ...parts,
    name,
    word,
    by: ['branch-secretary'],
    use,
    whose: `${word}由党支部书记填写`,
    records: [records],
    subject: subjects.subject,
    find: subjects.find,
    title: ({ quarter }) => `${quarterWords(quarter)}${word}`,
    async overview(turn) {
      const texts: string[] = []
      for (const subject of await subjects.now(turn)) {
        const known = await given(turn, subject)
        const head = `${subject.label} ${quarterWords(subject.quarter)}${word}：${known ? '已交' : '还没交'}`
        texts.push([head, ...(known ? showsFields(fields, { words: known }) : [])].join('\n'))
      }
      return [...texts, `一条消息即可：“${word} ${sample}”；已交的只说要改的一处也行。`].join('\n')
    },
    sample,
    isDone: async (turn, subject) => (await given(turn, subject)) !== undefined,
    acts: takesBack({
      word,
      which: '季度',
      records,
      subject: subjects.subject,
      record: ({ quarter, unit }) => ({
        ids: idsOf(quarter, unit),
        name: `${unit.name}${quarterWords(quarter)}${word}`,
      }),
    }),
    /** What is on record already is not asked again (R3). */
    async read(turn, text, on) {
      const read = await parts.read(turn, text, on)
      const known = Object.keys(on.before.words).length > 0 ? {} : await given(turn, on.subject)
      return { ...read, fields: { ...read.fields, words: { ...known, ...read.fields.words } } }
    },
    async submit(turn, { words }, { quarter, unit }) {
      const { changed, late } = await record(turn, records, {
        ids: idsOf(quarter, unit),
        content: words,
        deadline: quarter,
      })
      return changed ? `${late}有变化请再说一次“${word} …”。` : '与上次提交相同，没有新版本。'
    },
  }
}
