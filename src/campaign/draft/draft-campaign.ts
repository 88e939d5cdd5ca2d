import { type Document, isScalar, parseDocument, visit } from 'yaml'
import { unchecked } from '../plan/quotations.ts'
import type { Block } from './docx-blocks.ts'
import { type Facts, factsOf, type TitledRubric } from './draft-facts.ts'
import type { Found } from './found.ts'

/** `year` is for the file's name. `lines` list the findings for the person who checks the file. */
export type Draft = { text: string; year: string; lines: string[] }

type Path = readonly (string | number)[]
const mark = unchecked.slice(1)
/** Our own decisions, and settings of platforms and calendars. Those of another plan's file are just as good. */
const ours = ['ladder', 'push', 'calendar', 'switches']

/**
 * Makes a campaign file from a plan's Word file. Values found in the plan stand there with the plan's words beside them; other values are
 * those of `template` (another campaign file). Every value that is uncertain or from the template is marked `# 待核对`.
 */
export function draftCampaign(blocks: readonly Block[], template: string): Draft {
  const facts = factsOf(blocks)
  const writer = new Writer(template)
  const dated = facts.dated?.value
  const year = dated?.slice(0, 4) ?? 'draft'
  writer.set(['id'], year, dated !== undefined)
  if (facts.name) writer.found(['name'], facts.name)
  if (facts.nameWords !== undefined) writer.set(['words'], facts.nameWords, true)
  if (facts.college) writer.found(['college'], facts.college)
  if (facts.document) writer.found(['document'], facts.document)
  if (dated !== undefined) {
    writer.set(['source'], '成文日期', false)
    writer.set(['starts'], dated, true)
    writer.set(['ends'], `${year}-12-31`, false)
  }
  writeRubrics(writer, facts)
  writeBands(writer, facts)
  writeResult(writer, facts)
  writeTasks(writer, facts)
  if (facts.tableTitle !== undefined) writer.set(['summaryTable', 'title'], facts.tableTitle, true)
  if (facts.grading) {
    const { deadline, words } = facts.grading
    for (const [key, value] of Object.entries({ deadline, words })) writer.set(['duties', 'grading', key], value, true)
    writer.set(['duties', 'grading', 'name'], gradingName(facts), false)
  }
  return { text: writer.text(facts.text), year, lines: linesOf(facts) }
}

/** The plan's name for 分类定级, from the summary table's title or from the deadline's sentence. */
const gradingName = ({ tableTitle = '', grading }: Facts): string =>
  tableTitle.replace(/^党?支部/, '').replace(/汇总表$/, '') ||
  (/(\p{Script=Han}{0,4}(?:评定|定级|考核|评估|评价|考评|评议))/u.exec(grading?.words ?? '')?.[1] ?? '定级')

function rubricValue(rubric: TitledRubric, withKinds: boolean) {
  const [leveled] = rubric.sections.flatMap(({ items }) => items.flatMap(({ levels }) => levels ?? []).slice(0, 1))
  const levels = rubric.sections[0]?.items[0]?.levels
  const source = rubric.attachment || '见原文'
  return {
    ...(withKinds ? { kind: rubric.kind ?? rubric.title.value } : {}),
    title: rubric.title.value,
    step: { points: leveled ? 5 : 0.5, decision: '请核对打分以几分为一档' },
    total: { points: rubric.total.value, words: rubric.totalWords ?? `合计${rubric.total.value}分`, source },
    ...(levels ? { levels } : {}),
    sections: rubric.sections.map(({ name, words, share, items }) => ({
      name,
      words: words || name,
      source,
      ...(share === undefined ? {} : { share }),
      items: items.map(({ number, label, words: said, points }) => ({
        number,
        label,
        words: said,
        points: points.value,
      })),
    })),
  }
}

function writeRubrics(writer: Writer, { rubrics }: Facts): void {
  const [main, ...others] = rubrics
  if (!main) return
  writer.set(['rubric'], rubricValue(main, others.length > 0), true)
  if (others.length > 0)
    writer.set(
      ['otherRubrics'],
      others.map((one) => rubricValue(one, true)),
      true,
    )
  else writer.drop(['otherRubrics'])
  for (const [i, rubric] of rubrics.entries()) {
    const at: Path = i === 0 ? ['rubric'] : ['otherRubrics', i - 1]
    if (!rubric.title.isSure) writer.doubt([...at, 'title'])
    if (!rubric.total.isSure) writer.doubt([...at, 'total', 'points'])
    writer.doubt([...at, 'step', 'points'])
    for (const [j, section] of rubric.sections.entries())
      for (const [k, item] of section.items.entries()) {
        writer.doubt([...at, 'sections', j, 'items', k, 'label'])
        if (!item.points.isSure) writer.doubt([...at, 'sections', j, 'items', k, 'points'])
      }
  }
}

function writeBands(writer: Writer, { bands, bandsFrom }: Facts): void {
  if (bands.length === 0) return
  writer.set(
    ['bands'],
    bands.map(({ words, name, from, inclusive, to, toInclusive = false }) => ({
      name,
      words,
      source: '见原文',
      from,
      inclusive,
      ...(to === undefined ? {} : { to, toInclusive }),
    })),
    true,
  )
  for (const [i, { isSure, words }] of bands.entries()) {
    writer.doubt(['bands', i, 'source'])
    if (!isSure || !bandsFrom.includes(words)) for (const key of ['from', 'to']) writer.doubt(['bands', i, key])
  }
}

function writeResult(writer: Writer, { shares, decimals, rubrics }: Facts): void {
  const isShared = rubrics.some(({ sections }) => sections.some(({ share }) => share !== undefined))
  if (!shares && !isShared) return writer.drop(['result'])
  writer.set(
    ['result'],
    {
      words: shares?.words ?? '各类按比例合成',
      source: '见原文',
      ...(shares ? { shares: shares.shares } : {}),
      rounding: { decimals: decimals?.decimals ?? 2, decision: decimals?.words ?? '请核对保留几位小数' },
    },
    true,
  )
  writer.doubt(['result', 'source'])
  if (!decimals) writer.doubt(['result', 'rounding', 'decimals'])
}

function writeTasks(writer: Writer, { tasks, taskTitle }: Facts): void {
  if (taskTitle !== undefined) writer.set(['taskList', 'title'], taskTitle, true)
  if (!tasks) return
  writer.set(
    ['taskList', 'tasks'],
    tasks.map((task) => ({ ...task, source: `任务清单第${task.number}项` })),
    true,
  )
  writer.drop(['forms', 'tasks'])
  for (const i of tasks.keys()) writer.doubt(['taskList', 'tasks', i, 'owners'])
  const find = (pattern: RegExp): number =>
    tasks.find(({ name, requirements }) => pattern.test([name, ...requirements].join()))?.number ?? 1
  const duties = {
    grading: /评定|定级|考核|评估|评价|考评|评分/,
    'liaison-report': /联系/,
    meetings: /三会一课|组织生活/,
  }
  for (const [name, pattern] of Object.entries(duties)) writer.set(['duties', name, 'task'], find(pattern), false)
}

const linesOf = ({ rubrics, bands, tasks = [], dated, document }: Facts): string[] => [
  ...rubrics.map(
    ({ title, sections }) =>
      `评分表“${title.value}”：${sections.length}类${sections.flatMap(({ items }) => items).length}项`,
  ),
  `等级：${bands.map(({ name }) => name).join('、') || '没有找到，仍是原文件的'}`,
  `任务：${tasks.length > 0 ? `${tasks.length}项` : '没有找到，仍是原文件的'}`,
  `文号：${document?.value ?? '没有找到'}；成文日期：${dated?.value ?? '没有找到'}`,
]

const withoutMark = (line: string): string =>
  line.includes(unchecked) ? line.slice(0, line.indexOf(unchecked)).trimEnd() : line

/** Writes into a template, and knows which values are from the new plan. */
class Writer {
  readonly #document: Document
  readonly #written: string[] = []
  readonly #doubted: Path[] = []

  constructor(template: string) {
    this.#document = parseDocument(template.split('\n').map(withoutMark).join('\n'))
  }

  set(path: Path, value: unknown, isSure: boolean): void {
    const before = this.#document.getIn(path, true)
    const node: unknown = this.#document.createNode(value)
    if (isScalar(node) && isScalar(before) && before.type === 'QUOTE_SINGLE') node.type = 'QUOTE_SINGLE'
    this.#document.setIn(path, node)
    this.#written.push(path.join('/'))
    if (!isSure) this.doubt(path)
  }
  found(path: Path, { value, isSure }: Found<unknown>): void {
    this.set(path, value, isSure)
  }
  doubt(path: Path): void {
    this.#doubted.push(path)
  }
  drop(path: Path): void {
    if (this.#document.hasIn(path)) this.#document.deleteIn(path)
  }

  /** Marks every value from the template, except our own decisions and names of posts that the plan uses. */
  text(plan: string): string {
    visit(this.#document, {
      Scalar: (key, node, parents) => {
        if (key === 'key') return
        const path = pathOf(parents, node)
        const top = path.split('/')[0] ?? ''
        const isWritten = this.#written.some((one) => path === one || path.startsWith(`${one}/`))
        const isUsed = top === 'posts' && plan.includes(String(node.value))
        if (!isWritten && !isUsed && !ours.includes(top)) node.comment = mark
      },
    })
    for (const path of this.#doubted) {
      const node: unknown = this.#document.getIn(path, true)
      if (isScalar(node)) node.comment = mark
    }
    return this.#document.toString({ lineWidth: 0 })
  }
}

function pathOf(parents: readonly unknown[], last: unknown): string {
  const steps: (string | number)[] = []
  for (const [i, parent] of parents.entries()) {
    const next = parents[i + 1] ?? last
    if (typeof parent !== 'object' || parent === null) continue
    if ('key' in parent && isScalar(parent.key)) steps.push(String(parent.key.value))
    else if (
      'items' in parent &&
      Array.isArray(parent.items) &&
      !(typeof next === 'object' && next !== null && 'key' in next)
    )
      steps.push(parent.items.indexOf(next))
  }
  return steps.join('/')
}
