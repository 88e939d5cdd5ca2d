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
    /** The rows as people read them, or undefined if the person may not see the list. */
    rows: async (person: string, name: string, where: { [column: string]: string } = {}) =>
      (await page(person, name, where))?.rows.map((row) => row.map(plainOf).join(' ')),
    /** The figures that lead to another number of records than they state, and the number of figures that lead to records. */
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
    /** Each figure of 进度 and the list behind it. */
    look,
  }
}
