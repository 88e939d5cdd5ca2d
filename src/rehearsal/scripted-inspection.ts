import { Temporal } from 'temporal-polyfill'
import { draws, dueFrom, idsOf, inspections } from '../../handlers/inspection/records.ts'
import { draw } from '../campaign/inspection/draw.ts'
import { answer, close, type Inspection, send, sendBack } from '../campaign/inspection/inspection.ts'
import { type Branch, branchName, holdersOf } from '../campaign/roster/roster.ts'
import type { Records } from './rehearsal.ts'
import { type Answer, instant, keep, keptOf, type Script, type Told } from './script.ts'

const about = 'meetings'
const sample = 3

/** J10: 组织部 draws a sample each quarter and sends its first branch a 督查. The first answer is returned once; the last one never comes. */
export function planInspections(script: Script): void {
  const { campaign, roster } = script.world
  const led = roster.branches.filter(({ id }) => holdersOf(roster, 'branch-secretary', { branch: id }).length > 0)
  const quarters = campaign.duties['quarterly-report'].milestones
  for (const [i, quarter] of quarters.entries()) {
    const seed = `S${1000 + Math.floor(script.random() * 9000)}`
    const drawn = draw(led, sample, { seed, nameOf: ({ name }) => name })
    const [branch] = drawn
    if (branch)
      planOne(script, { branch, seed, drawn, day: quarter.subtract({ days: 45 }), number: i + 1, of: quarters.length })
  }
}

type Drawn = {
  branch: Branch
  seed: string
  drawn: readonly Branch[]
  day: Temporal.PlainDate
  number: number
  of: number
}

function planOne({ world, on }: Script, { branch, seed, drawn, day, number, of }: Drawn): void {
  const { campaign, roster } = world
  const [by] = holdersOf(roster, 'organization-department')
  const [secretary] = holdersOf(roster, 'branch-secretary', { branch: branch.id })
  if (!by || !secretary) return
  const name = branchName(roster, branch)
  const ids = [campaign.id, ...idsOf(branch.id, number)]
  const deed = (person: { id: string }, now: Temporal.ZonedDateTime) => ({ by: person.id, at: instant(now) })
  const put = (
    records: Records,
    content: Inspection,
    { person, now }: { person: { id: string }; now: Temporal.ZonedDateTime },
  ): void => keep(records, inspections, { ids, content, by: person.id, now })
  const told = (text: string, person = secretary): Told => [{ person, about, text }]
  /** The next step of a record. Does nothing if there is no record. */
  const next =
    (act: (before: Inspection, records: Records, now: Temporal.ZonedDateTime) => Told): Answer =>
    (records, now) => {
      const before = keptOf(records, inspections, ids)
      return before ? act(before, records, now) : []
    }
  on(day, (records, now) => {
    const content = { branches: drawn.map(({ id }) => id) }
    keep(records, draws, { ids: [campaign.id, 'college', seed, String(sample)], content, by: by.id, now })
    const one = send('支委会没有记录，请补开', 'organization-department', {
      due: dueFrom(world, now.toPlainDate(), 'answer'),
      sent: deed(by, now),
    })
    put(records, one, { person: by, now })
    return told(`督查${number}（组织部）：${name}“${one.words}”。`)
  })
  if (number === of) return
  const answered = (words: string): Answer =>
    next((before, records, now) => {
      put(records, answer(before, words, deed(secretary, now)), { person: secretary, now })
      return told(`整改（督查${number}）：${name}“${words}”。`, by)
    })
  on(day.add({ days: 8 }), answered('已补开'))
  if (number === 1) {
    on(
      day.add({ days: 10 }),
      next((before, records, now) => {
        put(
          records,
          sendBack(before, '请写明应到人数', { due: dueFrom(world, now.toPlainDate(), 'again'), by: deed(by, now) }),
          { person: by, now },
        )
        return told(`已退回：${name}督查${number}的整改。`)
      }),
    )
    on(day.add({ days: 12 }), answered('应到五人，实到五人'))
  }
  on(
    day.add({ days: 16 }),
    next((before, records, now) => {
      put(records, close(before, deed(by, now)), { person: by, now })
      return told(`已销号：${name}的督查${number}。`)
    }),
  )
}
