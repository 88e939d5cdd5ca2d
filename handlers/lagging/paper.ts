import type { Command, Paper } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import { branchName } from '../../src/campaign/roster/roster.ts'
import { newestFiled } from '../../src/campaign/scores/rounds.ts'
import { conversionOf, gradeWords, laggingIn, laggingReads, measureWords, numbered, regradeWords } from './records.ts'

/** 整改台账: the lagging branches with sponsor, helper, measures, states and the totals of both rounds. */
export const ledgerPaper: Paper = {
  document: 'lagging-ledger',
  reads: laggingReads,
  archived: () => [{}],
  async render(snapshot) {
    const { campaign, roster, now } = snapshot.world
    const { laggingLedger } = await import('../../src/documents/lagging-ledger.ts')
    const all = laggingIn(snapshot)
    return laggingLedger({
      college: campaign.college,
      lowest: campaign.bands.lowest.name,
      date: `${now.year}年${now.month}月${now.day}日`,
      rate: conversionOf(snapshot, all).words,
      branches: all.map((one) => {
        const [first] = one.rounds
        const newest = newestFiled(one.rounds)
        return {
          name: one.name,
          sponsor: one.sponsor?.name ?? '',
          helper: one.helper ? branchName(roster, one.helper) : '',
          first: first ? gradeWords(first, campaign.bands) : '',
          regraded:
            newest && newest.round > 1
              ? `${gradeWords(newest, campaign.bands)}（第${newest.round}轮）`
              : regradeWords(snapshot, one),
          measures: numbered(one.measures).map(({ measure }) => measureWords(measure)),
        }
      }),
    })
  },
}

export const ledger: Command = {
  word: '整改台账',
  by: department,
  use: ({ bands }) => `${bands.lowest.name}党支部整改台账`,
  whose: '整改台账由组织部领取',
  run: async (turn) => turn.sendFile({ document: ledgerPaper.document, with: {} }),
}
