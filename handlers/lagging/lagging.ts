import { regradings } from '../../src/bot/records/records.ts'
import type { Handler } from '../../src/bot/turn/handler.ts'
import { branchTapped } from '../../src/forms/branch-said.ts'
import { conversation } from '../../src/forms/conversation.ts'
import { lagging } from './list.ts'
import { measuresForm } from './measures.ts'
import { ledger, ledgerPaper } from './paper.ts'
import { sponsorships } from './records.ts'
import { regrade } from './regrade.ts'
import { answerName, name } from './sponsor.ts'

/** J9: lagging branches are sponsored, helped and graded again. */
export const laggingKeeping: Handler = {
  name,
  records: [regradings, sponsorships],
  commands: [lagging, regrade, ledger],
  papers: [ledgerPaper],
  answers: answerName,
  taps: async (turn, tap) => {
    const branch = branchTapped(turn, tap)
    if (branch && tap.action === 'look') await lagging.run(turn, branch.name)
  },
}

/** A branch's measures (整改措施), or its goals. */
export const measuring: Handler = conversation(measuresForm)
