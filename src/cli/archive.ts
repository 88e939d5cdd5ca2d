import { writeFile } from 'node:fs/promises'
import { zipSync } from 'fflate'
import { handlers, papersOf } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { runningClock } from '../bot/clock.ts'
import type { DocumentOrder } from '../bot/messages/message.ts'
import { snapshotOf } from '../bot/pushes/snapshot.ts'
import { Changes } from '../bot/records/changes.ts'
import { currentRoster } from '../bot/roster/roster-import.ts'
import type { World } from '../bot/roster/world.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import { monthOf } from '../campaign/reports/report.ts'
import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { recordLines } from '../store/portable.ts'
import { renderer } from '../wiring/documents.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { openToRead } from './open-store.ts'
import { runCommand } from './run-command.ts'

/** `npm run archive -- FILE.zip`: all documents and records of the campaign in one file; beside a running program too. */
await runCommand(async () => {
  const [file] = process.argv.slice(2)
  if (!file?.endsWith('.zip')) throw new ConfigurationError('用法：npm run archive -- 文件.zip')
  const config = readConfig(loadEnvironment())
  const campaign = await loadCampaign(config.campaignFile)
  const store = await openToRead(config)
  try {
    const roster = await currentRoster(store)
    const calendar = calendarOf(campaign.calendar.overrides)
    const world: World = { campaign, calendar, roster, channels: new Map(), now: runningClock(config.clockStart).now() }
    const papers = papersOf(handlers(schedules))
    const render = renderer(store, () => Promise.resolve(world), papers)
    const snapshot = await snapshotOf(world, new Changes(store), papers)
    const orders: DocumentOrder[] = [
      { document: 'summary-table', with: { unit: 'college', by: '' } },
      { document: 'summary-workbook', with: { unit: 'college', by: '' } },
      { document: 'task-list', with: {} },
      ...campaign.duties['liaison-report'].milestones.map((date) => ({
        document: 'reports',
        with: { month: monthOf(date) },
      })),
      ...roster.branches.map((branch) => ({
        document: 'scorecard',
        with: { branch: branch.id, self: true, deciding: true },
      })),
      ...papers.flatMap(({ document, archived }) =>
        (archived?.(snapshot) ?? []).map((order) => ({ document, with: order })),
      ),
    ]
    const files: { [name: string]: Uint8Array } = {}
    for (const [i, order] of orders.entries()) {
      const { name, data } = await render(order)
      files[`文件/${String(i + 1).padStart(3, '0')} ${name}`] = data
    }
    for (const [name, lines] of (await recordLines(store)).files) files[`记录/${name}`] = Buffer.from(lines)
    await writeFile(file, zipSync(files), { flag: 'wx', mode: 0o600 })
    process.stdout.write(`已归档${orders.length}份文件和全部记录到 ${file}。内容是明文，请妥善保管。\n`)
  } finally {
    await store.close()
  }
})
