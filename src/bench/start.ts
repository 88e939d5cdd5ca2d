import { meetings } from '../../handlers/meetings/records.ts'
import { Changes } from '../bot/records/changes.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { generatedCollege } from '../crash/generated-college.ts'
import type { Store } from '../store/store.ts'
import { figure, type Line, rounded } from './line.ts'
import { openPlace, type Place, programOn } from './program.ts'

const branches = 400
const perRecord = 3

/**
 * The time from the start of the built program until it reports that it is well, with `records` records of a year in its store. The best of
 * several starts counts.
 */
export async function startFigure(
  place: Place,
  campaign: Campaign,
  { records, rounds }: { records: number; rounds: number },
): Promise<Line> {
  const { start, close } = await programOn(place, generatedCollege(branches))
  const store = await openPlace(place)
  await holdMeetings(store, campaign, records / perRecord)
  await store.close()
  const took: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now()
    const program = await start()
    const { ok } = await fetch(`http://127.0.0.1:${program.port}/healthz`)
    took.push((performance.now() - began) / 1000)
    await program.stop()
    if (!ok) throw new Error('the program started and is not well')
  }
  close()
  // The first start does not count, because it seals what is new.
  return figure('start', { engine: 'embedded', records, seconds: rounded(Math.min(...took.slice(1))) })
}

/** Makes meetings of the branches. Each has a record, an entry in its history, and the values of that. */
async function holdMeetings(store: Store, campaign: Campaign, count: number): Promise<void> {
  const change = { at: '2022-04-18T09:00:00+08:00', who: 'p1', channel: 'wecom', what: '提交' }
  const content = { topic: '学习文件', expected: 8, present: 8 }
  const atOnce = 100
  for (let from = 0; from < count; from += atOnce) {
    const changes = new Changes(store)
    for (let n = from; n < Math.min(count, from + atOnce); n++) {
      const ids = [campaign.id, `b${(n % branches) + 1}`, '支委会', dayOf(n)]
      await changes.change(meetings, ids, { value: { content, version: 1, by: 'p1', at: change.at }, change })
    }
    await store.commit(changes.writes)
  }
}

const dayOf = (n: number): string => {
  const nth = Math.floor(n / branches)
  return `2022-${String(4 + Math.floor(nth / 28)).padStart(2, '0')}-${String((nth % 28) + 1).padStart(2, '0')}`
}
