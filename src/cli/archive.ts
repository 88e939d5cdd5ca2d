import { writeFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import type { z } from 'zod'
import { auditedTables, handlers, papersOf } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { runningClock } from '../bot/clock.ts'
import type { DocumentOrder } from '../bot/messages/message.ts'
import { snapshotOf } from '../bot/pushes/snapshot.ts'
import { Changes } from '../bot/records/changes.ts'
import type { World } from '../bot/roster/world.ts'
import { currentRoster } from '../bot/roster-import/roster-import.ts'
import { roundsInSnapshot } from '../bot/scorecards/rounds.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import { monthOf } from '../campaign/calendar/month.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { campaignAt, campaignsOf } from '../campaign/plan/periods.ts'
import { type Config, loadEnvironment, readConfig } from '../config.ts'
import { stopped } from '../errors.ts'
import { markOf } from '../store/archive-mark.ts'
import { recordLines } from '../store/portable.ts'
import { type Archived, keepMark } from '../wiring/commands.ts'
import { askRunning } from '../wiring/control.ts'
import { renderer } from '../wiring/documents.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { openStore, openToRead, storeFolder } from '../wiring/open-store.ts'
import { command, usageOf } from './run-command.ts'

const declared = {
  name: 'archive',
  about: '把活动的全部文件和记录归档成一个明文的 zip，只有本人能读；程序运行时也可以。归档之后才能清除（purge）。',
  wants: ['文件.zip'],
  options: {},
}

await command(declared, async ({ given: [file = ''] }) => {
  if (!file.endsWith('.zip')) throw stopped('usage', { problem: '文件名应以 .zip 结尾。', usage: usageOf(declared) })
  const config = readConfig(loadEnvironment())
  const campaign = await loadCampaign(config.campaignFile)
  const store = await openToRead(config)
  try {
    const roster = await currentRoster(store)
    const calendar = calendarOf(campaign.calendar.overrides)
    const now = runningClock(config.clockStart).now()
    const world: World = {
      campaign: campaignAt(campaign, now.toPlainDate()),
      calendar,
      roster,
      channels: new Map(),
      now,
    }
    const papers = papersOf(handlers(schedules))
    const render = renderer(store, () => Promise.resolve(world), papers)
    const snapshot = await snapshotOf(world, new Changes(store), papers)
    const orders: DocumentOrder[] = [
      ...ordersBy(campaign, () => [
        { document: 'summary-table', with: { unit: 'college', by: '' } },
        { document: 'summary-workbook', with: { unit: 'college', by: '' } },
      ]),
      ...campaign.duties['liaison-report'].milestones.map((date) => ({
        document: 'reports',
        with: { month: monthOf(date) },
      })),
      ...ordersBy(campaign, (looked) => {
        const seen = { ...snapshot, world: { ...world, campaign: looked } }
        return roster.branches.flatMap((branch) =>
          [1, ...roundsInSnapshot(seen, branch).flatMap(({ round }) => (round > 1 ? [round] : []))].map((round) => ({
            document: 'scorecard',
            with: { branch: branch.id, self: true, deciding: true, round },
          })),
        )
      }),
      ...papers.flatMap(({ document, archived }) =>
        (archived?.(snapshot) ?? []).map((order) => ({ document, with: order })),
      ),
    ]
    const files: { [name: string]: Uint8Array } = {}
    for (const [i, order] of orders.entries()) {
      const { name, data } = await render(order)
      files[`文件/${String(i + 1).padStart(3, '0')} ${name}`] = data
    }
    const { files: records } = await recordLines(store)
    for (const [name, lines] of records) files[`记录/${name}`] = Buffer.from(lines)
    await writeFile(file, zipSync(files), { flag: 'wx', mode: 0o600 })
    const mark = { at: new Date().toISOString(), ...markOf(records, { campaign: campaign.id, tables: auditedTables }) }
    await leaveMark(config, { campaign: campaign.id, mark })
    process.stdout.write(`已归档${orders.length}份文件和全部记录到 ${file}。内容是明文，请妥善保管。\n`)
  } finally {
    await store.close()
  }
})

/** The same papers for each period of grading. */
function ordersBy(campaign: Campaign, orders: (looked: Campaign) => DocumentOrder[]): DocumentOrder[] {
  return campaignsOf(campaign).flatMap((looked) =>
    orders(looked).map((order) =>
      looked.period ? { ...order, with: { ...order.with, gradingPeriod: looked.period.number } } : order,
    ),
  )
}

/** Writes the mark. If the program runs and has the store for itself, that program writes it. */
async function leaveMark(config: Config, archived: z.infer<typeof Archived>): Promise<void> {
  if (!config.redis && (await askRunning(storeFolder(config), 'archived', JSON.stringify(archived)))) return
  const store = await openStore(config)
  try {
    await keepMark(store, archived)
  } finally {
    await store.close()
  }
}
