import { strFromU8, unzipSync } from 'fflate'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditedTables, handlers, lists, papersOf, progressLines } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { lookOf } from '../../src/bot/dashboard/look.ts'
import { calendarOf, isWorkingDay } from '../../src/campaign/calendar/calendar.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import { JobTraces } from '../../src/rehearsal/jobs.ts'
import { ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import type { Store } from '../../src/store/store.ts'
import { progressOf } from '../../src/web/dashboard/data.ts'
import { renderer } from '../../src/wiring/documents.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { onBothEngines } from '../support/engines.ts'
import { channels, VirtualCollege } from '../support/virtual-college.ts'
import { recounted } from './recount.ts'

const campaign = campaignOf(plan2022)
const calendar = calendarOf(campaign.calendar.overrides)
const roster = generatedCollege(40)
const evening = '2022-12-30 19:00'

/** The scripted college plays all working days of the campaign on the running parts. */
async function aYear(store: Store): Promise<VirtualCollege> {
  const college = await VirtualCollege.open({ store, campaign, roster })
  const script = new ScriptedCollege({ campaign, calendar, roster, channels }, 7)
  for (let date = campaign.starts; date.until(campaign.ends).days >= 0; date = date.add({ days: 1 })) {
    if (!isWorkingDay(calendar, date)) continue
    const push = date.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: campaign.push.at })
    college.now = push.subtract({ minutes: 5 })
    await college.answer((records) => void script.answer(records, college.now, 'before'))
    await college.at(push)
    college.now = push.add({ minutes: 30 })
    await college.answer((records) => void script.answer(records, college.now, 'after'))
  }
  await college.at(evening)
  return college
}

/** Figures as people read them: `评分 34/40`. */
const figuresIn = (text: string): string[] => [...text.matchAll(/^(\S+) (\d+\/\d+)$/gm)].map(([line]) => line)

onBothEngines((open) => {
  describe('a year of 40 branches', () => {
    let store: Store
    let college: VirtualCollege
    let recount: Awaited<ReturnType<typeof recounted>>
    const accountOf = (post: string): string =>
      roster.people.find(({ seats }) => seats.some((seat) => seat.post === post))?.accounts.wecom ?? ''

    beforeAll(async () => {
      store = await open()
      college = await aYear(store)
      recount = await recounted(store, { campaign, roster, today: Temporal.PlainDate.from('2022-12-30') })
    }, 300_000)

    it('says in 进度 what a recount of the audit log gives', async () => {
      const text = await college.says(accountOf('organization-department'), '进度')
      expect(figuresIn(text)).toEqual(recount.figures.map(({ name, done, all }) => `${name} ${done}/${all}`))
    })

    it('names in 谁没交 whom the recount finds missing', async () => {
      const text = await college.says(accountOf('organization-department'), '谁没交')
      for (const [name, missing] of Object.entries(recount.missing)) {
        const line = text.split('\n').find((one) => one.startsWith(name)) ?? ''
        expect(
          line
            .slice(line.indexOf('：') + 1)
            .split('、')
            .filter((one) => one !== '都已完成')
            .sort(),
          name,
        ).toEqual(missing.sort())
      }
    })

    it('shows on the dashboard the same figures, each with as many records behind it', async () => {
      const world = await college.bot.world()
      const [who] = roster.people.filter(({ seats }) => seats.some(({ post }) => post === 'organization-department'))
      if (!who) throw new Error('nobody is there')
      const look = lookOf(store, world, who)
      const page = await progressOf(look, progressLines, lists)
      expect(page.duties.map(({ name, done, all }) => ({ name, done, all }))).toEqual(recount.figures)
      for (const { name, list, all } of page.duties.filter((one) =>
        ['季报', '总支季报', '任务', '措施'].includes(one.name),
      )) {
        const behind = lists.find((one) => one.name === list)
        expect((await behind?.read(look))?.rows.length, name).toBe(all)
      }
    })

    it('prints in attachment 3 the states that the recount gives', async () => {
      const render = renderer(store, () => college.bot.world(), papersOf(handlers(schedules)))
      const { data } = await render({ document: 'task-list', with: {} })
      const xml = strFromU8(unzipSync(data)['word/document.xml'] ?? new Uint8Array())
      const printed = [...xml.replace(/<[^>]+>/g, ' ').matchAll(/已完成\s*(\d+\/\d+)/g)].map(([, figure]) => figure)
      expect(printed).toEqual(recount.states)
    })

    it('leaves a trace of each of the thirteen jobs', () => {
      const traces = new JobTraces().of({ records: college.records, world: { campaign, calendar, roster, channels } })
      expect(traces.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
      for (const { name, left } of traces)
        expect(
          left.reduce((sum, [, count]) => sum + count, 0),
          name,
        ).toBeGreaterThan(0)
      // Only another plan has a panel's marks.
      expect(recount.kinds).toEqual(auditedTables.filter((name) => name !== 'panel').sort())
    })
  })
})
