import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dashboardCollege } from '../../support/dashboard-college.ts'
import type { Visitor } from '../../support/visitor.ts'

const Cell = z.union([
  z.string(),
  z.number(),
  z.strictObject({
    text: z.union([z.string(), z.number()]),
    mark: z.enum(['done', 'open', 'late', 'note']).exactOptional(),
    link: z.strictObject({ list: z.string(), where: z.record(z.string(), z.string()).exactOptional() }).exactOptional(),
  }),
])
const List = z.looseObject({
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(Cell)),
  total: z.number(),
  pages: z.number(),
})
const Progress = z.looseObject({
  asOf: z.iso.datetime({ offset: true }),
  duties: z.array(
    z.strictObject({ name: z.string(), done: z.number(), all: z.number(), list: z.string().exactOptional() }),
  ),
  open: z.array(z.strictObject({ name: z.string(), count: z.number(), names: z.array(z.string()) })),
  lists: z.array(z.strictObject({ name: z.string(), title: z.string() })),
})
const textOf = (cell: z.infer<typeof Cell> | undefined): string | number =>
  cell === undefined ? '' : typeof cell === 'object' ? cell.text : cell

const department = 'zhouzuan'
const office = 'dengshuwen'
const secretary = 'xuyiming'
const deputy = 'gaowenjing'
const general = 'yangxiaodong'
const own = '信息工程学院党总支'

describe('what the dashboard shows', () => {
  let college: Awaited<ReturnType<typeof dashboardCollege>>
  const visitors = new Map<string, Visitor>()
  const as = async (account: string): Promise<Visitor> => {
    const visitor = visitors.get(account) ?? (await college.loggedIn(account))
    visitors.set(account, visitor)
    return visitor
  }
  const progressOf = async (account: string) =>
    Progress.parse(JSON.parse((await (await as(account)).asks('/app/progress')).text))
  const listOf = async (account: string, name: string, where: Record<string, string> = {}) =>
    List.parse(
      JSON.parse((await (await as(account)).asks(`/app/${name}?${new URLSearchParams(where).toString()}`)).text),
    )
  const statusOf = async (account: string, path: string): Promise<number> =>
    (await (await as(account)).asks(path)).status

  beforeAll(async () => {
    college = await dashboardCollege()
    const grader = college.phone(general)
    const cards = [
      ['软件教研室', '除3扣1，其余满分'],
      ['网络教研室', '除1扣3、2扣3、3扣3、4扣3、5扣3，其余满分'],
    ]
    for (const [branch, scores] of cards) {
      await grader.asks(`评分 ${branch} ${scores}`, /总分/)
      await grader.taps('提交')
      await grader.reads(/已提交/)
    }
    const member = college.phone('majianguo')
    await member.says('月报 4月到机电学生党支部走访，看到党员学习认真。解决的问题：活动室桌椅。难点：投影设备老旧。')
    await member.asks('提交', /已提交/)
  })
  afterAll(async () => {
    await college.close()
    expect(college.wecom.violations).toEqual([])
    expect(college.running.errors).toEqual([])
  })

  it('has the figures of 进度 and the names of 谁没交, for each person as in the chat', async () => {
    for (const account of [department, office, secretary, deputy, general]) {
      const phone = college.phone(account)
      const said = (await phone.asks('进度', /进度/)).map(({ text }) => text).join('\n')
      const { duties, open } = await progressOf(account)
      const figures = [...said.matchAll(/^(\S+) (\d+)\/(\d+)$/gm)].map(
        ([, name, done, all]) => `${name} ${done}/${all}`,
      )
      expect(figures.length).toBeGreaterThan(0)
      expect(duties.map(({ name, done, all }) => `${name} ${done}/${all}`)).toEqual(figures)
      await phone.says('谁没交')
      await college.running.quiet()
      const named = phone.news.map(({ text }) => text).join('\n')
      const counts = [...named.matchAll(/^(\S+)（(\d+)）：/gm)].map(([, name, count]) => `${name} ${count}`)
      expect(open.map(({ name, count }) => `${name} ${count}`)).toEqual(/无权/.test(named) ? [] : counts)
    }
  })

  it('each figure leads to as many records', async () => {
    for (const account of [department, office, general])
      for (const { name, done, all, list } of (await progressOf(account)).duties) {
        const { columns, rows, total } = await listOf(account, list ?? '', name === '月报' ? { 月份: '4月' } : {})
        const at = columns.indexOf(columns.includes('完成') ? '完成' : '状态')
        const finished = rows.filter((row) => String(textOf(row[at])).startsWith('已')).length
        expect(`${name} ${list ?? 'leads nowhere'}`).not.toContain('nowhere')
        expect(`${account} ${name} ${finished}/${total}`).toBe(`${account} ${name} ${done}/${all}`)
      }
    const bands = await listOf(department, 'bands')
    let followed = 0
    for (const row of bands.rows)
      for (const cell of row) {
        if (typeof cell !== 'object' || !cell.link) continue
        const { total } = await listOf(department, cell.link.list, cell.link.where)
        const figure = String(cell.text).split('/').at(-1)
        expect(`${textOf(row[0])} ${JSON.stringify(cell.link.where)} ${total}`).toBe(
          `${textOf(row[0])} ${JSON.stringify(cell.link.where)} ${figure}`,
        )
        followed++
      }
    expect(followed).toBeGreaterThan(20)
  })

  it('shows bands and boundary marks: 99 points are 先进, exactly 85 too, with its mark', async () => {
    const { rows, columns } = await listOf(department, 'grading', { 党总支: own })
    const shown = rows.map((row) =>
      ['党支部', '总分', '定级', '临界', '状态'].map((column) => textOf(row[columns.indexOf(column)])),
    )
    expect(shown.slice(0, 2)).toEqual([
      ['软件教研室党支部', 99, '先进', '', '待审核'],
      ['网络教研室党支部', 85, '先进', '临界', '待审核'],
    ])
  })

  it('a general branch sees its own part, no liaison reports; secretaries see counts; the party office no scores', async () => {
    const ownLists = (await progressOf(general)).lists.map(({ name }) => name)
    expect(ownLists).toEqual([
      'dates',
      'bands',
      'rounds',
      'quarterly-counts',
      'meetings-counts',
      'meetings-months',
      'inspections',
      'tasks',
      'conversion',
    ])
    const meetings = await listOf(general, 'meetings-months')
    expect(meetings.columns).toEqual(['会议', '4月', '已记录', '未记录'])
    expect(meetings.rows.map((row) => row.map(textOf))).toEqual([
      ['支委会', 0, 0, 4],
      ['党小组会', 0, 0, 4],
      ['主题党日', 0, 0, 4],
    ])
    for (const name of ['coverage', 'visits', 'reports', 'reports.xlsx']) {
      const answer = await (await as(general)).asks(`/app/${name}`)
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('组织部')
    }
    const seen = JSON.stringify([
      await listOf(general, 'grading'),
      await listOf(general, 'bands'),
      await listOf(general, 'dates'),
    ])
    expect(seen).toContain('软件教研室')
    expect(seen).not.toMatch(/机电|经济管理|马建国|联系支部报告/)
    for (const account of [secretary, deputy]) {
      for (const name of ['grading', 'reports']) expect(await statusOf(account, `/app/${name}`)).toBe(403)
      const { lists, open } = await progressOf(account)
      expect(open).toEqual([])
      const all = JSON.stringify(await Promise.all(lists.map(({ name }) => listOf(account, name))))
      expect(all).toContain('"先进"')
      expect(all).not.toMatch(/教研室|马建国|林晓燕|"link"/)
      expect((await listOf(account, 'bands')).rows[1]?.map(textOf)).toEqual([own, '2/4', 0, 2, 0, 0, 1])
    }
    const cards = await listOf(office, 'grading')
    expect(cards.columns).toEqual(['党总支', '党支部', '完成'])
    expect((await listOf(office, 'bands')).rows[1]?.map(textOf)).toEqual([own, '2/4', 0, 0, 0, 0, 0])
  })

  it('shows who visited where, by member and month', async () => {
    const { rows, columns } = await listOf(department, 'coverage')
    expect(columns).toEqual(['委员', '联系支部', '4月'])
    const byName = new Map(rows.map((row) => [textOf(row[0]), textOf(row[2])]))
    expect([byName.get('马建国'), byName.get('林晓燕')]).toEqual(['走访1个', '未到期'])
    const [report] = (await listOf(department, 'reports', { 委员: '马建国' })).rows
    expect(report?.map(textOf)).toEqual([
      '4月',
      '马建国',
      '党委委员',
      '已交',
      '机电学生党支部',
      '投影设备老旧。',
      '4月18日',
    ])
    const visited = (await listOf(department, 'visits', { 次数: '1' })).rows
    expect(visited.map((row) => textOf(row[1]))).toEqual(['机电学生党支部'])
  })

  it('gives each list as a workbook, narrowed as it is shown', async () => {
    const answer = await (await as(department)).asks(
      `/app/grading.xlsx?${new URLSearchParams({ 党总支: own }).toString()}`,
    )
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('各支部评分.xlsx'))
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const [head, first] = await readSheet(answer.data)
    expect(head).toEqual((await listOf(department, 'grading')).columns)
    expect(first?.slice(0, 7)).toEqual([own, '软件教研室党支部', '已完成', '待审核', null, 99, '先进'])
  })

  it('can only be looked at: other methods are 405, unknown lists 404', async () => {
    const visitor = await as(department)
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect(`${method} ${(await visitor.asks('/app/progress', { method })).status}`).toBe(`${method} 405`)
    for (const path of [
      '/app/nothing',
      '/app/grading.csv',
      '/app/page/none.js',
      '/app/page/..%2Fguard.ts',
      '/app/__proto__',
    ])
      expect(`${path} ${(await visitor.asks(path)).status}`).toBe(`${path} 404`)
    for (const page of ['0', '-1', '99', 'x', '1e9'])
      expect((await listOf(department, 'grading', { page })).rows.length).toBeGreaterThan(0)
  })

  it('看板 gives a card that opens it, in words the address, and who may not say it hears who can', async () => {
    const [message] = await college.phone(department).asks('看板', /看板/)
    expect(message?.card).toMatchObject({
      card_type: 'text_notice',
      card_action: { type: 1, url: 'http://dangjian.example.edu.cn' },
    })
    const phone = college.phone(office)
    await phone.asks('文字', /卡片/)
    await phone.asks('看板', /http:\/\/dangjian\.example\.edu\.cn/)
    await college.phone('majianguo').asks('看板', /无权.*党总支书记/)
  })
})

it('without PUBLIC_URL the word says what to set', async () => {
  const college = await dashboardCollege({ env: {} })
  await college.phone(department).asks('看板', /PUBLIC_URL/)
  await college.close()
})
