import { lists } from '../../handlers/all.ts'
import { type List, plainOf } from '../../src/bot/dashboard/list.ts'
import { lookOf } from '../../src/bot/dashboard/look.ts'
import { inWords } from '../../src/campaign/plan/worded.ts'
import { pageOf } from '../../src/web/dashboard/data.ts'
import type { sampleCollege } from './sample-college.ts'

type College = Awaited<ReturnType<typeof sampleCollege>>

/** What people of a college see of the dashboard's lists, as the page asks for it. */
export function looksAt({ store, college }: Pick<College, 'store' | 'college'>) {
  const look = async (name: string) => {
    const world = await college.bot.world()
    const who = world.roster.people.find((one) => one.name === name)
    if (!who) throw new Error(`nobody is ${name}`)
    return lookOf(store, world, who)
  }
  const listOf = (name: string): List => {
    const list = lists.find((one) => one.name === name)
    if (!list) throw new Error(`no list is ${name}`)
    return list
  }
  const page = async (person: string, name: string, where: { [column: string]: string } = {}) => {
    const turn = await look(person)
    const list = listOf(name)
    if (!list.seen(turn)) return undefined
    const seen = lists.filter((one) => one.seen(turn))
    return pageOf({ name, title: inWords(list.title, turn.campaign) }, await list.read(turn), { query: where, seen })
      .page
  }
  return {
    page,
    /** Rows as people read them; undefined where the list is not theirs. */
    rows: async (person: string, name: string, where: { [column: string]: string } = {}) =>
      (await page(person, name, where))?.rows.map((row) => row.map(plainOf).join(' ')),
    /** Figures that lead to another number of records than they say; and how many lead anywhere. */
    follow: async (person: string, name: string) => {
      const wrong: string[] = []
      let followed = 0
      for (const row of (await page(person, name))?.rows ?? [])
        for (const cell of row) {
          if (typeof cell !== 'object' || !cell.link) continue
          followed++
          if (!/^\d+$/.test(String(cell.text))) continue
          const behind = await page(person, cell.link.list, cell.link.where)
          if (behind?.total !== Number(cell.text))
            wrong.push(`${row.map(plainOf).join(' ')}: ${JSON.stringify(cell.link)} has ${behind?.total}`)
        }
      return { wrong, followed }
    },
    /** What 进度 leads to: each duty's figure and the list behind it. */
    look,
  }
}
