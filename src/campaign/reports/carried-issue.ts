import { noIssue, type Report } from '../reading/read-liaison-report.ts'
import { settled } from './draft.ts'

const stillOpen =
  /^(上月(的)?(问题|难点)?)?(还是|仍然?|依然|依旧|还)?(没|未|没有)(得到)?解决$|^(上月)?(问题|难点)?(同上月|和上月一样|还是上月的)$/
const done = /^上月(的)?(问题|难点)?(已经?|都)?(得到)?解决(了)?$/

/** Answers last month's hard issue in a word, so that nobody types it again (J5). Undefined if the text says something else. */
export function carriedOver(report: Report, text: string, left: string): Report | undefined {
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
