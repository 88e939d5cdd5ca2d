import type { Turn } from '../../src/bot/turn/turn.ts'
import type { MeasureDeed } from '../../src/campaign/reading/read-measures.ts'
import { type Branch, branchName } from '../../src/campaign/roster/roster.ts'
import type { Measure } from '../../src/campaign/scores/measures.ts'
import { record } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { laggingReads, measures, measuresOf, measureWords, numbered } from './records.ts'

/** Changes one measure's state, person or date, or takes it back. The answer is its new line. */
export async function changeMeasure(turn: Turn, branch: Branch, deed: MeasureDeed): Promise<void> {
  const all = measuresOf(await snapshotIn(turn, laggingReads), branch)
  const there = numbered(all)
  const [only, ...more] = there
  const full = branchName(turn.roster, branch)
  if (!only) return turn.say(`${full}还没有措施。请先回复“措施 1.做什么，负责人…，…月…日前；2.…”。`)
  const number = deed.number ?? (more.length === 0 ? only.number : undefined)
  const found = there.find((one) => one.number === number)
  if (!found || number === undefined) {
    const list = there.map((one) => `${one.number} ${one.measure.what}`).join('；')
    return turn.say(
      `${number === undefined ? '请说明是第几条' : `没有第${number}条措施`}，现有：${list}。请回复“措施 编号 …”。`,
    )
  }
  if ('problem' in deed && deed.problem !== undefined) return turn.say(`第${number}条：${deed.problem}`)
  if ('withdraw' in deed && !deed.withdraw) return turn.say(`撤销要写明原因，请回复“措施 撤销 ${number} 原因”。`)
  const next = { ...found.measure, ...changeOf(deed, found.measure) }
  const content = all.map((one, i) => (i === number - 1 ? next : one))
  const what = 'withdraw' in deed ? '撤销' : '进展'
  const { changed } = await record(turn, measures, {
    ids: [branch.id],
    content,
    what,
    ...('withdraw' in deed ? { reason: deed.withdraw } : {}),
  })
  const head = 'withdraw' in deed ? '已撤销' : changed ? '已记下' : '已记下，没有变化'
  turn.say(`${head}：${full}\n${number} ${measureWords(next)}`)
}

function changeOf(deed: MeasureDeed, { note }: Measure): Partial<Measure> {
  if ('withdraw' in deed) return { withdrawn: deed.withdraw }
  if ('state' in deed)
    return { state: deed.state, ...(deed.note ? { note: deed.note } : note === undefined ? {} : { note }) }
  return { ...(deed.who === undefined ? {} : { who: deed.who }), ...(deed.by === undefined ? {} : { by: deed.by }) }
}
