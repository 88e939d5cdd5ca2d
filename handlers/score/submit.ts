import { gradingDeadline, lateness } from '../../src/bot/deadlines.ts'
import { dropDraft } from '../../src/bot/drafts.ts'
import { scorecards } from '../../src/bot/records.ts'
import type { Turn } from '../../src/bot/turn.ts'
import { holdersOf } from '../../src/campaign/roster.ts'
import { isComplete, type Scores } from '../../src/campaign/rubric.ts'
import { isDone, submit } from '../../src/campaign/scorecard.ts'
import * as cards from './cards.ts'
import { recordOf, type Sheet, scoreForm, sheetsOf } from './sheet.ts'
import { filedAlready, type OpenSheet, setFocus } from './show.ts'

/** Submits all that is open and complete, in one commit; says what was taken, what is left and which comes next. */
export async function submitAll(turn: Turn, open: readonly OpenSheet[]): Promise<void> {
  const lines: string[] = []
  for (const { sheet, draft } of open) {
    const { scores } = draft.fields
    if (isComplete(scores)) lines.push(await submitOne(turn, sheet, scores))
    await dropDraft(turn, scoreForm, sheet.subject)
  }
  const taken = new Set(open.map(({ sheet }) => sheet.subject))
  setFocus(turn, { subjects: [...taken] })
  const deciding = sheetsOf(turn).filter((sheet) => sheet.kind === 'deciding')
  const left: Sheet[] = []
  for (const sheet of deciding) if (!taken.has(sheet.subject) && !isDone(await recordOf(turn, sheet))) left.push(sheet)
  turn.show(
    cards.submitted(
      lines,
      left,
      deciding.some((sheet) => sheet.branch.generalBranch === undefined) ? '直属支部' : '本总支',
    ),
  )
}

async function submitOne(turn: Turn, sheet: Sheet, scores: Scores): Promise<string> {
  const before = await recordOf(turn, sheet)
  if (before?.state === 'filed') return filedAlready(sheet)
  const late = lateness(turn.world, gradingDeadline(turn.world, before), turn.now)
  const next = submit(before, scores, turn.who.id, turn.now.toString({ timeZoneName: 'never' }), late.days)
  const said = `${sheet.name}已提交：${cards.sentence(scores, turn.campaign.bands)}。`
  if (!next) return `${said}与上次提交相同，没有新版本。`
  await turn.change(scorecards, [turn.campaign.id, sheet.branch.id, sheet.kind], next, '提交')
  if (sheet.kind === 'deciding')
    for (const reviewer of holdersOf(turn.roster, 'organization-department'))
      if (reviewer.id !== turn.who.id)
        await turn.tell(
          reviewer,
          `${sheet.name}评分已提交（${cards.sentence(scores, turn.campaign.bands)}），可发“待审”查看。`,
          'review',
        )
  return late.words ? `${said}${late.words}` : said
}
