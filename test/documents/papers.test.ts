import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { totalOf } from '../../src/campaign/scores/rubric.ts'
import { liaisonReportsDocument } from '../../src/documents/liaison-reports.ts'
import { scorecardDocument } from '../../src/documents/scorecard.ts'
import { summaryTableDocument } from '../../src/documents/summary-table.ts'
import { summaryWorkbook } from '../../src/documents/summary-workbook.ts'
import { taskListDocument } from '../../src/documents/task-list.ts'
import { describeWith } from '../support/tools.ts'
import { campaign2022, rowsOf, scoresOf } from './samples.ts'

const run = promisify(execFile)
/** With UPDATE_PICTURES=1 the test makes the pages shown in docs/papers.md again. */
const pictures = Boolean(process.env['UPDATE_PICTURES'])

const campaign = campaign2022()
const unit = (name: string, count: number) => ({
  unit: name,
  filler: '杨信息　党总支书记',
  phone: '029-85550202',
  rows: rowsOf(campaign, count),
})
const members = [
  { name: '许一鸣', post: '党委书记', branches: [] },
  {
    name: '马建国',
    post: '党委委员',
    branches: ['机电学生党支部'],
    report: {
      branches: ['b3'],
      seen: '党员大会按期召开。'.repeat(440),
      solved: '解决了活动室钥匙问题。',
      hard: '流动党员参加组织生活困难，请党委研究。',
      version: 1,
      by: 'p1',
      at: '2022-05-24T10:00:00+08:00',
    },
  },
  {
    name: '林晓燕',
    post: '党委委员',
    branches: ['软件教研室党支部'],
    report: {
      branches: ['b5'],
      seen: '支部班子健全，\u000b活动\u0001正常\ud800。',
      solved: '无',
      hard: '没有难点',
      version: 1,
      by: 'p2',
      at: '2022-06-01T10:00:00+08:00',
      late: 1,
    },
  },
]

describeWith('soffice', 'papers opened by LibreOffice', () => {
  let dir: string
  const pdf = (name: string): string => join(dir, name.replace(/\.docx$/, '.pdf'))
  const text = async (name: string, ...options: string[]): Promise<string> =>
    (await run('pdftotext', [...options, pdf(name), '-'])).stdout
  const names: { [paper: string]: string } = {}

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'papers-'))
    const { titles, bands, rubric, tasks } = campaign
    const made = {
      scorecard: await scorecardDocument({
        titles: titles.scorecard,
        attachment: '附件1',
        branch: '软件教研室党支部',
        generalBranch: '信息工程学院党总支',
        signers: ['党支部书记', '党总支书记'],
        rubric,
        bands,
        self: scoresOf(campaign, { 2: 4 }),
        deciding: scoresOf(campaign, { 3: 4.5, 17: 8 }),
        inputs: { appraisal: { percent: 92, source: '4月座谈会问卷' }, annual: '优秀', survey: '台账齐全' },
        reasons: { 3: '学习记录不全' },
      }),
      summary: await summaryTableDocument({
        title: titles.summaryTable,
        names: campaign.names,
        bands,
        units: [unit('信息工程学院党总支', 5)],
        date: '2022年4月29日',
      }),
      college: await summaryTableDocument({
        title: titles.summaryTable,
        names: campaign.names,
        bands,
        units: [
          unit('机电工程学院党总支', 1),
          unit('信息工程学院党总支', 60),
          { ...unit('人文学院党总支', 3), rows: [{ name: '文学党支部', state: '未评分' }] },
        ],
        college: campaign.college,
        date: '2022年4月29日',
      }),
      reports: await liaisonReportsDocument({
        college: campaign.college,
        whose: '党委委员',
        month: '2022年5月',
        members,
      }),
      tasks: await taskListDocument({
        title: titles.taskList,
        attachment: '附件3',
        tasks: tasks.map((task) => ({ task, state: '进行中' })),
      }),
    }
    for (const [paper, { name, data }] of Object.entries(made)) {
      names[paper] = name
      await writeFile(join(dir, name), data)
    }
    const files = Object.values(names).map((name) => join(dir, name))
    await run(
      'soffice',
      [`-env:UserInstallation=file://${dir}/office`, '--headless', '--convert-to', 'pdf', '--outdir', dir, ...files],
      { timeout: 170_000 },
    )
    if (pictures)
      for (const [paper, name] of Object.entries(names))
        await run('pdftoppm', [
          '-png',
          '-r',
          '60',
          '-f',
          '1',
          '-l',
          '1',
          '-singlefile',
          pdf(name),
          join('docs/papers', paper),
        ])
  }, 180_000)
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it('are A4 and keep the margins of GB/T 9704 within a millimetre', async () => {
    const info = (await run('pdfinfo', [pdf(names['reports'] ?? '')])).stdout
    expect(info).toMatch(/Page size:\s+595(\.\d+)? x 84[12](\.\d+)? pts \(A4\)/)
    const boxes = await text(names['reports'] ?? '', '-bbox', '-f', '2', '-l', '2')
    const left = Math.min(...[...boxes.matchAll(/xMin="([\d.]+)"/g)].map((found) => Number(found[1])))
    expect(Math.abs(left / 72 - 28 / 25.4) * 25.4).toBeLessThan(1)
  })

  it('hold 22 lines of 28 characters on a full page', async () => {
    const lines = (await text(names['reports'] ?? '', '-layout', '-f', '2', '-l', '2'))
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== '' && !one.startsWith('—'))
    expect(lines).toHaveLength(22)
    // A full stop may hang over the end of a line.
    expect(Math.max(...lines.map((one) => Array.from(one.replace(/。$/, '')).length))).toBe(28)
  })

  it('number their pages with a dash on each side', async () => {
    expect(await text(names['reports'] ?? '', '-layout', '-f', '2', '-l', '2')).toMatch(/—\s*2\s*—/)
  })

  it('the scorecard has every item in the words of the plan, both scores, and the appraisal beside item 17', async () => {
    const shown = (await text(names['scorecard'] ?? '')).replace(/\s/g, '')
    for (const { items } of campaign.rubric.sections)
      for (const item of items) expect(shown).toContain(item.words.replace(/\s/g, '').slice(0, 10))
    expect(shown).toContain('定级：先进')
    expect(shown).toContain('97.5')
    expect(shown).toContain('92%')
    expect(shown).toContain('（说明：学习记录不全）')
    expect(shown).toContain('年度考核：优秀调查摸底：台账齐全')
    expect(shown).toMatch(/^附件1/)
    const lines = (await text(names['scorecard'] ?? '', '-layout')).split('\n').map((line) => line.replace(/\s/g, ''))
    expect(lines).toContain('党支部书记（签名）：＿＿＿＿党总支书记（签名）：＿＿＿＿（盖章）')
    expect(lines).toContain('总分（100分）100分9997.5')
  })

  it('the college’s tables begin a page each, and repeat their header on every page', async () => {
    const pages = (await text(names['college'] ?? '', '-layout')).split('\f').filter((page) => page.trim() !== '')
    expect(pages[0]).toContain('党支部分类定级汇总')
    const long = pages.filter((page) => /第\s*\d+\s*教研室党支部/.test(page) && page.includes('序号'))
    expect(long.length).toBeGreaterThan(3)
    for (const page of long) expect(page.replace(/\s/g, '')).toContain('序号党支部名称评分分数分类定级结果')
    expect(pages.filter((page) => /附件\s*2/.test(page))).toHaveLength(3)
    expect(pages.at(-1)).toContain('截至目前还没有支部提交评分')
  })

  it('the month’s reports name who has not reported, mark what came late, and collect the hard issues at the end', async () => {
    const shown = (await text(names['reports'] ?? '')).replace(/\s/g, '')
    expect(shown).toContain('一、党委书记许一鸣未提交。')
    expect(shown).toContain('（逾期1个工作日提交）')
    expect(shown).toMatch(/^2022年5月党委委员联系支部工作报告汇总/)
    // A report that was kept in parts is printed with all of them. A person who said 没有难点 has no issue.
    expect(shown).toContain(
      '（一）报告全文支部班子健全，活动正常。解决的问题：无难点：没有难点（二）难点、堵点、热点无四、提交党委会研究',
    )
    expect(shown).toMatch(
      /四、提交党委会研究的难点、堵点、热点问题1\.流动党员参加组织生活困难，请党委研究。（马建国，机电学生党支部）/,
    )
  })

  it('the task list has all eleven tasks', async () => {
    const shown = (await text(names['tasks'] ?? '')).replace(/\s/g, '')
    for (const task of campaign.tasks) expect(shown).toContain(task.name.replace(/\s/g, '').slice(0, 5))
  })

  it('the workbook’s formulas give the sums of its numbers', async () => {
    const rows = rowsOf(campaign, 7)
    const sums = (scores: readonly number[]): number[] => {
      let at = 0
      return campaign.rubric.sections.map(({ items }) => totalOf(scores.slice(at, (at += items.length))))
    }
    const sections = campaign.rubric.sections.map((section) => section.name)
    const units = ['信息工程学院党总支', '机电工程学院党总支'].map((name) => ({ ...unit(name, 7), rows, sections }))
    const { name, data } = await summaryWorkbook({
      title: campaign.titles.summaryTable,
      names: campaign.names,
      bands: campaign.bands,
      units,
      sectionSums: sums,
      date: '2022年4月29日',
    })
    await writeFile(join(dir, name), data)
    await run(
      'soffice',
      [
        `-env:UserInstallation=file://${dir}/office`,
        '--headless',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1',
        '--outdir',
        dir,
        join(dir, name),
      ],
      { timeout: 120_000 },
    )
    const sheets = (await readdir(dir)).filter((one) => one.endsWith('.csv'))
    const csv = async (part: string): Promise<string> =>
      readFile(join(dir, sheets.find((one) => one.includes(part)) ?? ''), 'utf8')
    const page = await csv('信息工程')
    for (const row of rows)
      if ('scores' in row)
        expect(page).toContain(`${row.name},${[...sums(row.scores), totalOf(row.scores)].join(',')},`)
    const overview = await csv('概览')
    expect(overview).toMatch(/信息工程学院党总支,7,5,/)
    expect(overview).toMatch(/合计,14,10,/)
  }, 130_000)
})
