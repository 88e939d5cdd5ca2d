import { progressLine } from '../../src/forms/progress-line.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { laggingIn, laggingReads, numbered, whose } from './records.ts'

/** 措施 in 进度: done of all, of lagging branches. */
export const measuresLine = progressLine({
  name: '措施',
  isOfYear: true,
  counted: async (turn) =>
    laggingIn(await snapshotIn(turn, laggingReads)).flatMap((one) =>
      numbered(one.measures).map(({ number, measure }) => ({
        ...whose(one),
        name: `${one.name}第${number}条`,
        done: measure.state === '已完成',
      })),
    ),
})
