import { regradings } from '../../src/bot/records/records.ts'
import type { Handler } from '../../src/bot/turn/handler.ts'
import { regrade } from './regrade.ts'

/** J9: lagging branches are sponsored and helped, and graded again. */
export const laggingKeeping: Handler = {
  name: 'lagging',
  records: [regradings],
  commands: [regrade],
}
