import { describe, expect, it } from 'vitest'
import type { Person, Roster, Seat } from '../../src/campaign/roster/roster.ts'
import { sampleCollege } from '../support/sample-college.ts'

const person = (id: string, name: string, ...seats: Seat[]): Person => ({ id, name, accounts: { wecom: id }, seats })

/** A college of `count` general branches with one branch each, all led by one secretary. */
const collegeOf = (count: number): Roster => {
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1).padStart(2, '0'))
  return {
    generalBranches: numbers.map((n) => ({ id: `g${n}`, name: `甲${n}系党总支` })),
    branches: numbers.map((n) => ({ id: `b${n}`, name: `乙${n}组党支部`, generalBranch: `g${n}` })),
    people: [
      person('zhou', '周审', { post: 'organization-department' }),
      person(
        'liu',
        '刘评',
        ...numbers.map((n): Seat => ({ post: 'general-branch-secretary', generalBranch: `g${n}` })),
      ),
    ],
    groups: [],
  }
}

describe('a choice among any number', () => {
  it.each([2, 6, 7, 10, 11, 20, 21, 60])('shows all of %d branches, the last can be meant', async (count) => {
    const { says } = await sampleCollege('2022-04-25 10:00', collegeOf(count))
    const asked = await says('周审', '督查 没有这个 请补开')
    for (let n = 1; n <= count; n++) expect(asked).toContain(`乙${String(n).padStart(2, '0')}组党支部`)
    const last = `乙${String(count).padStart(2, '0')}组党支部`
    expect(await says('周审', last)).toContain(`已记下：督查1 ${last}：“请补开”`)
  })

  it.each<[places: number, shown: RegExp]>([
    [6, /"kind":"buttons","buttons":\[\{"text":"甲01系"/],
    [7, /"kind":"buttons","buttons":\[\{"text":"查看"[^\]]*\],"selection":\{[^[]*"title":"党总支"/],
    [10, /"kind":"buttons","buttons":\[\{"text":"查看"[^\]]*\],"selection":\{[^[]*"title":"党总支"/],
    [11, /"kind":"list"[^\]]*\],"submit":\{"text":"查看"/],
  ])('%d stand on a card as its kinds allow', async (count, shown) => {
    const { says, college } = await sampleCollege('2022-04-25 10:00', collegeOf(count))
    const lines = Array.from({ length: count }, (_, i) => `乙${String(i + 1).padStart(2, '0')}组 全部满分`)
    await says('刘评', `评分 ${lines.join('\n')}`)
    await says('刘评', '提交')
    await says('周审', '待审')
    const card = college.door.to('zhou').at(-1)?.body ?? ''
    expect(card).toMatch(shown)
    expect(card.match(/"text":"甲\d\d系"/g)).toHaveLength(count)
  })

  it.each([7, 20])('%d are confirmed with a word where nothing else is said', async (count) => {
    const { says, college } = await sampleCollege('2022-04-25 10:00', collegeOf(count))
    await says('周审', '督查 没有这个 请补开')
    expect(college.door.to('zhou').at(-1)?.body).toMatch(/"kind":"list"[^]*"submit":\{"text":"确定"/)
  })

  it('the full marks of an item have a button of their own beside many others', async () => {
    const { says, college } = await sampleCollege('2022-04-25 10:00', collegeOf(1))
    const shown = (): string => college.door.to('liu').at(-1)?.body ?? ''
    await says('刘评', '评分 乙01组')
    const button = /"key":"([^"]*ticked[^"]*)"/.exec(shown())?.[1] ?? ''
    const items = Array.from({ length: 18 }, (_, i) => `i${i + 1}`).filter((id) => id !== 'i17')
    await college.says('liu', { kind: 'tap', button, picked: { items } })
    expect(shown()).toMatch(/"buttons":\[\{"text":"确定",[^}]*\},\{"text":"10分",/)
    expect([...shown().matchAll(/"id":"s(\d+)"/g)].map(([, points]) => Number(points))).toEqual([
      9, 8, 7, 6, 5, 4, 3, 2, 1, 0,
    ])
  })

  it('of what waits in more than twenty general branches none is left out', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00', collegeOf(23))
    for (let n = 1; n <= 23; n++) {
      await says('刘评', `评分 乙${String(n).padStart(2, '0')}组 全部满分`)
      await says('刘评', '提交')
    }
    const shown = await says('周审', '待审')
    expect(shown).toContain('待审 23个支部评分')
    for (let n = 1; n <= 23; n++) expect(shown).toContain(`${n}. 甲${String(n).padStart(2, '0')}系`)
    expect(await says('周审', '23')).toMatch(/甲23系待审1个[^]*乙23组/)
  })

  it('the next place is shown while any has something that waits', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00', collegeOf(3))
    await says('刘评', '评分 乙01组 全部满分\n乙02组 全部满分\n乙03组 全部满分')
    await says('刘评', '提交')
    const second = await says('周审', '备案 乙02组')
    expect(second).toMatch(/^甲01系待审1个\n[^]*乙02组已备案[^]*其他总支/)
    const first = await says('周审', '备案 乙01组')
    expect(first).toMatch(/^甲03系待审1个\n[^]*乙01组已备案/)
    expect(first).not.toContain('其他总支')
    expect(await says('周审', '备案 乙03组')).toMatch(/乙03组.*已备案/)
    expect(await says('周审', '待审')).toMatch(/没有/)
  })
})
