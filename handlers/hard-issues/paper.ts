import type { Paper } from '../../src/bot/turn/handler.ts'
import { isOpen, stateOf } from '../../src/campaign/reports/hard-issue.ts'
import { fullNames } from '../../src/campaign/roster/branch-names.ts'
import { personOf } from '../../src/campaign/roster/roster.ts'
import { hardIssues, issuesIn } from './issues.ts'

/** 议题单: the issues for the next committee meeting, and the open ones from before. */
export const agendaPaper: Paper = {
  document: 'agenda',
  reads: [hardIssues],
  archived: () => [{}],
  async render(snapshot) {
    const { world } = snapshot
    const { agendaDocument } = await import('../../src/documents/agenda.ts')
    const open = issuesIn(snapshot).filter(({ issue }) => isOpen(issue))
    const entries = open.map(({ number, issue }) => ({
      number,
      state: stateOf(issue),
      month: `${Number(issue.month.slice(5))}月`,
      raiser: personOf(world.roster, issue.raiser)?.name ?? '',
      branches: fullNames(world.roster, issue.branches),
      words: issue.words,
      ...(issue.decision ? { decision: issue.decision.words } : {}),
    }))
    const { year, month, day } = world.now
    return agendaDocument({
      college: world.campaign.college,
      date: `${year}年${month}月${day}日`,
      waiting: entries.filter(({ state }) => state === '待上会'),
      decided: entries.filter(({ state }) => state === '已决定'),
    })
  },
}
