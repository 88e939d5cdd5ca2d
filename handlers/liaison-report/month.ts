import { nameOfLiaisonReport } from '../../src/bot/pushes/schedule.ts'
import { liaisonReports } from '../../src/bot/records/records.ts'
import { monthWords } from '../../src/campaign/calendar/month.ts'
import type { LiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import { committeePosts } from '../../src/campaign/roster/roster.ts'
import type { ByMonth } from '../../src/forms/month.ts'

/** J5: each committee member reports on a visited branch by the end of every month. */
export const byMonth: ByMonth<LiaisonReport> = {
  about: 'liaison-report',
  word: '月报',
  by: committeePosts,
  superior: 'party-office',
  title: (month) => `${monthWords(month)}联系支部报告`,
  records: liaisonReports,
  recordOf: (snapshot, month, person) => snapshot.liaisonReports.get(nameOfLiaisonReport(month, person)),
  replies: {
    own: '请直接回复一段话，或回复“月报”。',
    superior: (month) => `汇总请回复“月报汇总 ${monthWords(month)}”。`,
    group: '请各位委员在与我的对话里直接回复报告。',
  },
}
