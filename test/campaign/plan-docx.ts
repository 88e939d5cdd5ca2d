import { readFileSync } from 'node:fs'
import { Document, Packer, Paragraph, Table, TableCell, TableRow, VerticalMergeType } from 'docx'
import type { CampaignFile } from '../../src/campaign/plan/campaign-file.ts'

type Part = string | (readonly string[])[]

/** A Word file of paragraphs and tables. An empty cell in the first column continues the one above. */
async function wordFile(parts: readonly Part[]): Promise<Uint8Array> {
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
