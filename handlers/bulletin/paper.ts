import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Paper } from '../../src/bot/turn/handler.ts'
import { bulletinReads, bulletins, draftOf, monthPeriod, quarterPeriod } from './draft.ts'

const Order = z.object({ period: z.string(), quarter: z.boolean() })

/** The bulletin as a paper: own words if there are any, or else the draft. */
export const bulletinPaper: Paper = {
  document: 'bulletin',
  reads: bulletinReads,
  archived: (snapshot) =>
    snapshot.kept.of(bulletins).map(({ ids: [, period = ''] }) => ({ period, quarter: period.length > 7 })),
  async render(snapshot, order) {
    const { period: id, quarter } = Order.parse(order)
    const period = quarter
      ? quarterPeriod(Temporal.PlainDate.from(id))
      : monthPeriod(Temporal.PlainDate.from(`${id}-01`))
    const words = snapshot.kept.of(bulletins).find(({ ids }) => ids[1] === id)?.value.content.words
    const { bulletinDocument } = await import('../../src/documents/bulletin.ts')
    const [, ...lines] = draftOf(snapshot, period)
    const { year, month, day } = snapshot.world.now
    return bulletinDocument({
      period: `${period.end.year}年${period.name}`,
      lines: words ? words.text.split('\n') : lines,
      unit: `${snapshot.world.campaign.college}${snapshot.world.campaign.posts['organization-department']}`,
      date: `${year}年${month}月${day}日`,
    })
  },
}
