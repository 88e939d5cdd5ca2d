import { roundsOf } from '../src/bot/scorecards/rounds.ts'
import type { By, Handler } from '../src/bot/turn/handler.ts'
import type { Open, ProgressLine } from '../src/bot/turn/progress-line.ts'
import { everyone, secretaries } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { groupOf, holds, type Post } from '../src/campaign/roster/roster.ts'
import { figuresOf } from '../src/campaign/scores/figures.ts'
import { newestFiled } from '../src/campaign/scores/rounds.ts'
import { bandNames } from '../src/campaign/scores/rubric.ts'
import type { Scorecard } from '../src/campaign/scores/scorecard.ts'

/** Shows each line as done/all, and the names of what is open, as far as this person may see them. */
const namesReaders: By = ['organization-department', 'party-office', 'general-branch-secretary']

const countsReaders: readonly Post[] = [
  'organization-department',
  'party-office',
  'committee-secretary',
  'deputy-secretary',
  ...secretaries,
]

/** 进度 and 谁没交, made from the lines of all duties. */
export function progress(all: readonly ProgressLine[]): Handler {
  return {
    name: 'progress',
    inGroup: (turn, text) => groupCounts(turn, all, text),
    commands: [
      {
        word: '进度',
        graded: true,
        by: everyone,
        use: '完成情况',
        run: (turn) => {
          if (holds(turn.who, ...countsReaders)) return counts(turn, all)
          return holds(turn.who, 'publicity-department') ? filedBands(turn) : openToday(turn, all)
        },
      },
      {
        word: '谁没交',
        graded: true,
        by: namesReaders,
        use: '还没完成的名单',
        whose: '名单由组织部、党委办公室和党总支书记查看',
        fits: (argument) => /^\d{1,2}\s*月份?$/.test(argument.normalize('NFKC').trim()),
        run: (turn, argument) => open(turn, all, argument),
      },
      ...all.map((line) => ({
        word: `谁没交${line.name}`,
        graded: true as const,
        ...(line.when ? { when: line.when } : {}),
        by: namesReaders,
        run: (turn: Turn) => open(turn, [line], ''),
      })),
    ],
  }
}

/** `@机器人 进度`: the counts of the group's range, or of the college if the group is unknown. */
async function groupCounts(turn: Turn, all: readonly ProgressLine[], text: string): Promise<boolean> {
  if (text !== '进度') return false
  const group = groupOf(turn.roster, turn.inbound.group)
  if (!group) turn.say(turn.worded`还不知道这是哪个群。请组织部在本群里@我说“绑定本群”。`)
  else {
    const lines: string[] = []
    for (const line of all) {
      const count = await line.inGroup(turn, group.scope)
      if (count) lines.push(`${count.name} ${count.done}/${count.all}`)
    }
    turn.say([`截至${asOf(turn)}的进度`, ...lines].join('\n'))
  }
  return true
}

const asOf = (turn: Turn): string =>
  `${turn.now.month}月${turn.now.day}日${turn.now.hour}:${String(turn.now.minute).padStart(2, '0')}`

async function counts(turn: Turn, all: readonly ProgressLine[]): Promise<void> {
  const lines: string[] = []
  for (const line of all) {
    const count = await line.counts(turn, turn.who)
    if (count) lines.push(`${count.name} ${count.done}/${count.all}`)
  }
  turn.say([`截至${asOf(turn)}的进度`, ...(lines.length > 0 ? lines : ['目前没有可看的进度。'])].join('\n'))
}

/** People who may see no counts get their own open things. */
async function openToday(turn: Turn, all: readonly ProgressLine[]): Promise<void> {
  const today: string[] = []
  for (const line of all) today.push(...(await line.today(turn)))
  const hasTasks = turn.campaign.tasks.some(({ owners }) => holds(turn.who, ...owners.posts))
  turn.say(
    [
      today.length > 0 ? `截至${asOf(turn)}您要办的` : `截至${asOf(turn)}您没有到期要办的事。`,
      ...today.map((line, i) => `${i + 1}. ${line}`),
      ...(hasTasks ? ['您在任务清单里的任务请回复“任务”。'] : []),
    ].join('\n'),
  )
}

/** What 宣传部 sees: bands once they are filed, and counts without names. */
async function filedBands(turn: Turn): Promise<void> {
  const { bands } = turn.campaign
  const cards: Scorecard[] = []
  for (const branch of turn.roster.branches) {
    const filed = newestFiled(await roundsOf(turn, branch))
    if (filed) cards.push(filed.card)
  }
  const { filed, inBand } = figuresOf(cards, bands, { all: false })
  turn.say(
    [
      `截至${asOf(turn)}的${turn.campaign.names.grading}：已备案 ${filed}/${turn.roster.branches.length}`,
      bandNames(bands)
        .map((name, i) => `${name} ${inBand[i] ?? 0}`)
        .join('、'),
    ].join('\n'),
  )
}

async function open(turn: Turn, all: readonly ProgressLine[], argument: string): Promise<void> {
  const lines: string[] = []
  for (const line of all) {
    const found = await line.open(turn, turn.who, argument)
    if (found) lines.push(openLine(found))
  }
  turn.say([`截至${asOf(turn)}还没完成的`, ...(lines.length > 0 ? lines : ['目前没有可看的名单。'])].join('\n'))
}

function openLine({ name, missing, instead }: Open): string {
  if (instead !== undefined) return `${instead}。`
  return missing.length > 0 ? `${name}（${missing.length}）：${missing.join('、')}` : `${name}：都已完成`
}
