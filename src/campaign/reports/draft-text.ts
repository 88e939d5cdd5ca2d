import type { Known } from '../reading/branch-mentions.ts'
import { noIssue, type Report } from '../reading/read-liaison-report.ts'
import { cleaned, rewritten, settled, takenUp } from './draft.ts'

const stillOpen =
  /^(上月(的)?(问题|难点)?)?(还是|仍然?|依然|依旧|还)?(没|未|没有)(得到)?解决$|^(上月)?(问题|难点)?(同上月|和上月一样|还是上月的)$/
const done = /^上月(的)?(问题|难点)?(已经?|都)?(得到)?解决(了)?$/

/** Answers last month's hard issue in a word, so that nobody types it again (J5). Undefined if the text says something else. */
function carriedOver(report: Report, text: string, left: string): Report | undefined {
  const said = text.normalize('NFKC').replace(/[\s。，,.“”"]/g, '')
  const one = left.replaceAll('\n', '；')
  if (stillOpen.test(said)) return settled(report, `${one}（上月提出，仍未解决）`)
  if (!done.test(said)) return undefined
  const words = `上月问题已解决：${one}`
  return {
    ...settled(report, report.hard ?? noIssue),
    text: report.text ? `${report.text}\n${words}` : words,
    solved: true,
  }
}

/**
 * The report with one more text: `part` rewritten, last month's issue `left` answered in a word, or what the text says added. `others` are
 * the ids of branches that the text names and that are none of the person's own.
 */
export function withText(
  before: Report,
  text: string,
  { part, left, known }: { part: string | undefined; left: string | undefined; known: Known },
): { report: Report; others: string[] } {
  if (part !== undefined) return { report: rewritten(before, part, { text: cleaned(text).trim(), known }), others: [] }
  const carried = left === undefined ? undefined : carriedOver(before, text, left)
  return carried ? { report: carried, others: [] } : takenUp(before, text, known)
}
