import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Handler, Paper } from '../../src/bot/turn/handler.ts'
import { type Post, personOf } from '../../src/campaign/roster/roster.ts'
import type { ProposalEntry } from '../../src/documents/regulations.ts'
import { conversation } from '../../src/forms/conversation.ts'
import { showsFields } from '../../src/forms/fields.ts'
import { unitsLedBy } from '../../src/forms/own-units.ts'
import { standing } from '../../src/forms/record.ts'
import { regulation } from './form.ts'
import { proposalFields, proposals, regulationOf } from './records.ts'

const office: readonly Post[] = ['organization-department', 'party-office']

/** 制度汇总: all proposals, by regulation. */
const regulationsPaper: Paper = {
  document: 'regulations',
  reads: [proposals],
  archived: () => [{}],
  async render(snapshot) {
    const { regulationsDocument } = await import('../../src/documents/regulations.ts')
    const { year, month, day } = snapshot.world.now
    return regulationsDocument({
      college: snapshot.world.campaign.college,
      date: `${year}年${month}月${day}日`,
      regulations: byRegulation(snapshot),
    })
  },
}

/** Regulations in the order of their first proposal, each with its proposals in their order. */
function byRegulation(snapshot: Snapshot): { name: string; proposals: ProposalEntry[] }[] {
  const found = new Map<string, { name: string; proposals: ProposalEntry[] }>()
  const all = [...standing(snapshot.kept, proposals)].sort(([, one], [, other]) => (one.at < other.at ? -1 : 1))
  for (const [key, { content }] of all) {
    const { name = '', ...words } = content
    const entry = { by: proposerOf(snapshot, key.split('~')[0] ?? ''), lines: showsFields(proposalFields, { words }) }
    const known = found.get(regulationOf(name))
    if (known) known.proposals.push(entry)
    else found.set(regulationOf(name), { name, proposals: [entry] })
  }
  return [...found.values()]
}

/** `机电学生党支部 孙三`, `宣传部 郑宣`. */
function proposerOf({ world }: Snapshot, id: string): string {
  const person = personOf(world.roster, id)
  if (!person) return '（已离任）'
  const [unit] = unitsLedBy(world.roster, person)
  const [seat] = person.seats
  return `${unit?.name ?? (seat ? world.campaign.posts[seat.post] : '')} ${person.name}`
}

const form = conversation(regulation)

/** J12: proposals to revise regulations, and all of them as a paper. */
export const regulationKeeping: Handler = {
  ...form,
  commands: [
    ...(form.commands ?? []),
    {
      word: '制度汇总',
      by: office,
      use: '制度修改建议汇总',
      whose: '制度汇总由组织部和党委办公室领取',
      run: (turn) => Promise.resolve(turn.sendFile({ document: regulationsPaper.document, with: {} })),
    },
  ],
  papers: [regulationsPaper],
}
