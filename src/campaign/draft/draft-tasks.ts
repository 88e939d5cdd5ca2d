import { plain } from './found.ts'

export type DraftTask = {
  number: number
  name: string
  requirements: string[]
  deadline: string
  owners: string
  note: string
}

/** Reads the task list of a plan, with its words unchanged. Undefined if the table is something else. */
export function draftTasks(rows: readonly (readonly string[])[]): DraftTask[] | undefined {
  const [head = [], ...body] = rows
  const find = (pattern: RegExp): number => head.findIndex((cell) => pattern.test(plain(cell)))
  const at = {
    name: find(/^任务|工作任务|重点任务|工作事项/),
    requirements: find(/要求|措施|内容/),
    deadline: find(/期限|时限|时间/),
    owners: find(/责任|负责/),
    note: find(/备注/),
  }
  if (at.name < 0 || at.deadline < 0 || at.owners < 0) return undefined
  const cell = (row: readonly string[], column: number): string => plain(row[column] ?? '')
  const tasks = body
    .filter((row) => cell(row, at.name))
    .map((row, i) => ({
      number: i + 1,
      name: cell(row, at.name),
      requirements: requirementsIn(row[at.requirements] ?? row[at.name] ?? ''),
      deadline: cell(row, at.deadline),
      owners: cell(row, at.owners),
      note: cell(row, at.note),
    }))
  return tasks.length > 0 ? tasks : undefined
}

/** The requirements in a cell: `1. …； 2. …`, or a single one. */
function requirementsIn(text: string): string[] {
  const parts = text
    .split(/(?:^|\n|(?<=[；;。])) ?\d{1,2} ?[.．、]/)
    .map(plain)
    .filter(Boolean)
  return parts.length > 0 ? parts : ['见原文']
}
