import type { Task } from '../campaign/plan/campaign.ts'
import { document, attachment as heading, table, title } from './paper.ts'

export type TaskListPaper = { title: string; attachment: string; tasks: readonly { task: Task; state: string }[] }

/** Attachment 3, with the progress of each task. */
export const taskListDocument = ({
  title: words,
  attachment,
  tasks,
}: TaskListPaper): Promise<{ name: string; data: Uint8Array }> =>
  document(`${words.replace(/\s/g, '')}进度`, [
    [
      ...heading(attachment),
      ...title(words),
      table({
        widths: [8, 14, 32, 14, 13, 8, 11],
        dense: true,
        heads: 1,
        rows: [
          ['序号', '任务', '具体要求', '时间期限', '责任人', '备注', '进展'],
          ...tasks.map(({ task, state }) => [
            String(task.number),
            task.name,
            { text: numbered(task.requirements), left: true },
            task.deadline.words,
            task.owners.words,
            task.note,
            state,
          ]),
        ],
      }),
    ],
  ])

/** A task's requirements as the plan writes them, numbered if there are several. */
const numbered = (requirements: readonly string[]): string =>
  requirements.length > 1 ? requirements.map((one, i) => `${i + 1}. ${one}`).join('\n') : requirements.join()
