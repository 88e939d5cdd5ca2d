import { body, document, points, sections, title } from './paper.ts'

/**
 * `first` is the total and band of the first round. `regraded` is those of the newest round, or the progress of 复评. `sponsor` and `helper`
 * are empty until somebody is named.
 */
export type LaggingEntry = {
  name: string
  sponsor: string
  helper: string
  first: string
  regraded: string
  measures: readonly string[]
}
/** `lowest` is the plan's name of the lowest band. */
export type LaggingLedger = {
  college: string
  lowest: string
  date: string
  rate: string
  branches: readonly LaggingEntry[]
}

/** The ledger of lagging branches (J9), as a Word file. */
export function laggingLedger({
  college,
  lowest,
  date,
  rate,
  branches,
}: LaggingLedger): Promise<{ name: string; data: Uint8Array }> {
  const parts = branches.map(({ name, sponsor, helper, first, regraded, measures }) => ({
    heading: name,
    blocks: [
      ...body(
        [
          `包扶委员：${sponsor || '未确定'}。帮扶支部：${helper || '未确定'}。`,
          `第1轮：${first}。复评：${regraded}。`,
          measures.length === 0 ? '整改措施：未提出。' : '整改措施：',
        ].join('\n'),
      ),
      ...points(measures),
    ],
  }))
  const head = branches.length === 0 ? `无${lowest}党支部。` : `${lowest}党支部${branches.length}个，${rate}。`
  const name = `${lowest}党支部整改台账`
  return document(name, [[...title(college, name), ...body(`截至${date}，${head}`), ...sections(parts)]], {
    grid: true,
  })
}
