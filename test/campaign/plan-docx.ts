import { readFileSync } from 'node:fs'
import {
  Document,
  LevelFormat,
  Packer,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  VerticalMergeType,
} from 'docx'
import type { CampaignFile } from '../../src/campaign/plan/campaign-file.ts'

type Part = string | (readonly string[])[]

/** A Word file of paragraphs and tables. An empty cell in the first column continues the one above. */
export async function wordFile(parts: readonly Part[]): Promise<Uint8Array> {
  const children = parts.map((part) => (typeof part === 'string' ? new Paragraph(part) : tableOf(part)))
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}

const tableOf = (rows: readonly (readonly string[])[]): Table =>
  new Table({ rows: rows.map((row) => new TableRow({ children: row.map(cellOf) })) })

const cellOf = (text: string, column: number): TableCell =>
  new TableCell({
    children: text.split('\n').map((line) => new Paragraph(line)),
    ...(column === 0 ? { verticalMerge: text ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE } : {}),
  })

/** The plan of 2022 as a Word file, from its text. Lines with tabs are rows; their first cell is missing if it continues the one above. */
export function plan2022AsWord(): Promise<Uint8Array> {
  const parts: Part[] = []
  for (const line of readFileSync('test/campaign/plan-2022.txt', 'utf8')
    .split('\n')
    .filter((one) => one.trim())) {
    const last = parts.at(-1)
    if (!line.includes('\t')) {
      parts.push(line)
      continue
    }
    const cells = line.split('\t')
    const width = Array.isArray(last) ? (last[0]?.length ?? cells.length) : cells.length
    const isShort = cells.length < width && /^\d{1,2}\. /.test(cells[0] ?? '')
    const row = [...(isShort ? [''] : []), ...cells]
    const whole = [...row, ...Array.from({ length: Math.max(0, width - row.length) }, () => '')]
    if (Array.isArray(last)) last.push(whole)
    else parts.push([whole])
  }
  return wordFile(parts)
}

/** A plan of another shape in Word, as colleges write it: headers, columns and sentences differ from ours. */
export function planAsWord(file: CampaignFile, head: readonly [string, string, string]): Promise<Uint8Array> {
  const { duties, taskList, bands, result } = file
  const date = file.starts.split('-').map(Number)
  const rubrics = [file.rubric, ...(file.otherRubrics ?? [])]
  const pointsOf = (points: number, levels: readonly { name: string; points: number }[] | undefined): string =>
    levels ? levels.map((level) => `${level.name}${level.points}分`).join('\n') : `${points}`
  return wordFile([
    `${file.college}文件`,
    file.document,
    `关于开展${file.name}工作的通知`,
    `${file.words}。`,
    `一、工作要求。${duties.grading.words}`,
    `二、评分办法。${result?.words ?? duties.grading.inputs.words}。${result?.rounding ? '结果保留' + ({ 0: '零', 1: '一', 2: '两' }[result.rounding.decimals] ?? '') + '位小数。' : ''}`,
    file.college,
    `${date[0]}年${date[1]}月${date[2]}日`,
    ...rubrics.flatMap((rubric): Part[] => [
      '附件1',
      rubric.title,
      [
        [...head, '得分'],
        ...rubric.sections.flatMap(({ words, items }) =>
          items.map((item, i) => [
            i === 0 ? words : '',
            `${item.number}．${item.words}`,
            pointsOf(item.points, rubric.levels),
            '',
          ]),
        ),
        ['总分', '', `${rubric.total.points}分`, ''],
      ],
    ]),
    `备注：${bands.map(({ words }) => words).join('；')}。`,
    '附件2',
    file.summaryTable.title,
    '附件3',
    taskList.title,
    [
      ['序号', '任务', '具体要求', '完成时限', '责任人', '备注'],
      ...taskList.tasks.map((task) => [
        String(task.number),
        task.name,
        task.requirements.join('；'),
        task.deadline,
        task.owners,
        task.note,
      ]),
    ],
  ])
}

const fullWidth = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const numbering = { reference: 'list', level: 0 }

type MessyCell = { text: string | readonly string[]; across?: number; down?: boolean; numbered?: true }
/** `down`: true begins a cell over several rows, false continues it. */
const messyCell = ({ text, across, down, numbered }: MessyCell): TableCell =>
  new TableCell({
    children: [text].flat().map((line) => new Paragraph({ text: fullWidth(line), ...(numbered ? { numbering } : {}) })),
    ...(across === undefined ? {} : { columnSpan: across }),
    ...(down === undefined ? {} : { verticalMerge: down ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE }),
  })

/** A table broken after `at` rows: a table of its own on the next page, with the head again. */
function brokenTable(head: readonly string[], rows: readonly MessyCell[][], at: number): Table[] {
  const cells = (row: readonly MessyCell[]): TableRow => new TableRow({ children: row.map(messyCell) })
  const titles = (): TableRow => cells(head.map((text) => ({ text })))
  return [rows.slice(0, at), rows.slice(at)].map((part) => new Table({ rows: [titles(), ...part.map(cells)] }))
}

/**
 * A plan as it comes from many hands: a title page and contents, full-width digits, blanks inside dates, merged cells, tables broken over
 * two pages with the head again, and numbers that Word makes (`w:numPr`).
 */
export async function messyPlanAsWord(file: CampaignFile): Promise<Uint8Array> {
  const { rubric, taskList, duties, result } = file
  const [year, month, day] = file.starts.split('-').map(Number)
  const line = (text: string): Paragraph => new Paragraph(fullWidth(text))
  const items = rubric.sections.flatMap(({ words, items: own }) =>
    own.map((item, i): MessyCell[] => [
      { text: i === 0 ? words : '', down: i === 0 },
      { text: item.words, numbered: true },
      { text: `${item.points} 分` },
      { text: '' },
    ]),
  )
  const total: MessyCell[] = [{ text: '合　计', across: 2 }, { text: `${rubric.total.points} 分` }, { text: '' }]
  const tasks = taskList.tasks.map((task): MessyCell[] => [
    { text: '', numbered: true },
    { text: task.name },
    { text: task.requirements, ...(task.requirements.length > 1 ? { numbered: true as const } : {}) },
    { text: task.deadline.replace(/(\d+)月(底|\d+日)$/, '$1 月 $2') },
    { text: task.owners },
    { text: task.note },
  ])
  const children = [
    line(file.college),
    line(`${file.name}实施方案`),
    line(`${year} 年 ${month} 月`),
    new Paragraph({ children: [new PageBreak()] }),
    line('目　　录'),
    line('一、工作要求 …………… 2'),
    line(`附件1　${rubric.title} …………… 3`),
    line(`${file.college}文件`),
    line(file.document),
    line(`关于开展${file.name}工作的通知`),
    new Paragraph({ text: `${fullWidth(file.words)}。`, numbering }),
    new Paragraph({ text: fullWidth(`工作要求。${duties.grading.words.replace(/(\d+)月/, '$1 月 ')}`), numbering }),
    line(`二、评分办法。${result?.words ?? duties.grading.inputs.words}。`),
    line(file.college),
    line(`${year} 年 ${month} 月 ${day} 日`),
    line('附件1'),
    line(rubric.title),
    ...brokenTable(['考核项目', '考核内容', '标准分', '得分'], [...items, total], Math.ceil(items.length / 2) + 1),
    line(`备注：${file.bands.map(({ words }) => words).join('；')}。`),
    line('附件2'),
    line(file.summaryTable.title),
    line('附件3'),
    line(taskList.title),
    ...brokenTable(['序号', '任务', '具体要求', '完成时限', '责任人', '备注'], tasks, 2),
  ]
  const levels = [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.' }]
  const document = new Document({ numbering: { config: [{ reference: 'list', levels }] }, sections: [{ children }] })
  return new Uint8Array(await Packer.toBuffer(document))
}
