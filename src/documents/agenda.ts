import { type Block, body, chapters, document, title } from './paper.ts'

/** `branches` holds full names. `decision` holds the decision's words, once there is a decision. */
export type AgendaEntry = {
  number: number
  month: string
  raiser: string
  branches: readonly string[]
  words: string
  decision?: string
}
export type AgendaPaper = {
  college: string
  date: string
  waiting: readonly AgendaEntry[]
  decided: readonly AgendaEntry[]
}

/** The agenda of the committee meeting (J13): first the issues that wait, then the decided ones that nobody has answered yet. */
export function agendaDocument({
  college,
  date,
  waiting,
  decided,
}: AgendaPaper): Promise<{ name: string; data: Uint8Array }> {
  const parts = [
    { heading: '待上会研究的问题', blocks: blocksOf(waiting) },
    { heading: '已决定、尚未答复的问题', blocks: blocksOf(decided) },
  ]
  return document(
    '党委会议题单',
    [
      [
        ...title(college, '难点堵点热点问题议题单'),
        ...body(`截至${date}，待上会${waiting.length}项，已决定尚未答复${decided.length}项。`),
        ...chapters(parts),
      ],
    ],
    { grid: true },
  )
}

const blocksOf = (entries: readonly AgendaEntry[]): Block[] =>
  entries.length === 0
    ? body('无。')
    : entries.flatMap(({ number, month, raiser, branches, words, decision }) =>
        body(
          [
            `${number}. ${words}（${[`${month}联系支部报告`, raiser, ...branches].join('，')}）`,
            ...(decision === undefined ? [] : [`决定：${decision}`]),
          ].join('\n'),
        ),
      )
