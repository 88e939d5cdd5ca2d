import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { quarterStart, quarterWords, readQuarter } from '../../src/campaign/calendar/quarter.ts'
import { holds, seatsOf } from '../../src/campaign/roster/roster.ts'
import { conversation } from '../../src/forms/conversation.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { quarterlyReport } from './form.ts'
import { quarterlyPaper } from './paper.ts'
import { quarterlyReports, quarterNow } from './reports.ts'

const summary: Command = {
  word: '季报汇总',
  by: ['organization-department', 'party-office', 'general-branch-secretary'],
  use: '一个季度的季报（季报汇总 2季度）',
  whose: '季报汇总由组织部、党委办公室和党总支书记领取',
  amid: () => true,
  digits: true,
  fits: (argument) => readQuarter(argument).number !== undefined && readQuarter(argument).rest === '',
  run: sendSummary,
}

async function sendSummary(turn: Turn, argument: string): Promise<void> {
  const { number } = readQuarter(argument)
  const all = turn.campaign.duties['quarterly-report'].milestones
  const named = all.find((end) => Math.ceil(end.month / 3) === number)
  const quarter = number === undefined ? quarterNow(await snapshotIn(turn, [quarterlyReports])) : named
  if (quarter && quarterStart(quarter).since(turn.now.toPlainDate()).days > 0)
    return turn.say(`${quarterWords(quarter)}还没到。`)
  if (!quarter) return turn.say(`本年度没有${number ?? ''}季度的季报，有${all.map(quarterWords).join('、')}。`)
  const [seat] = seatsOf(turn.who, 'general-branch-secretary')
  const sees = holds(turn.who, 'organization-department', 'party-office')
  turn.sendFile({
    document: quarterlyPaper.document,
    with: { quarter: quarter.toString(), part: sees ? 'college' : (seat?.generalBranch ?? 'college') },
  })
}

const form = conversation(quarterlyReport)

/** J8: quarterly reports, and their summary as a paper. */
export const quarterlyReporting: Handler = {
  ...form,
  commands: [...(form.commands ?? []), summary],
  papers: [quarterlyPaper],
}
