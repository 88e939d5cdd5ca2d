import { type Command, type Handler, maySay, wordOf } from '../src/bot/turn/handler.ts'
import type { ProgressLine } from '../src/bot/turn/progress-line.ts'
import { everyone } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { inWords } from '../src/campaign/plan/worded.ts'
import { isQuestion } from '../src/campaign/reading/read-question.ts'
import { askable } from './questions/questions.ts'

/** What this person can do now, today's duties first. */
export function help(lines: readonly ProgressLine[], handlers: readonly Handler[]): Handler {
  const commands = handlers.flatMap((handler) => handler.commands ?? []).filter(({ use }) => use !== undefined)
  return {
    name: 'help',
    commands: [{ word: '帮助', by: everyone, run: (turn, text) => explain(turn, { lines, commands, text }) }],
  }
}

/** `text` is what was said and not understood. A question gets the list of possible questions. */
async function explain(
  turn: Turn,
  { lines, commands, text }: { lines: readonly ProgressLine[]; commands: readonly Command[]; text: string },
): Promise<void> {
  const today: string[] = []
  for (const line of lines) today.push(...(await line.today(turn)))
  const mine = commands.filter(
    (command) => (command.when?.(turn.campaign) ?? true) && maySay(turn.who, command, turn.world),
  )
  const head =
    today.length > 0 ? ['今天要办的：', ...today.map((line, i) => `${i + 1}. ${line}`)] : ['今天没有要办的事。']
  const cannot = turn.canRemind ? [] : ['这里不能主动提醒您，也发不了文件，请隔几天来看一眼。']
  const asked = isQuestion(text) ? [`可以问：${askable(turn).join('、')}。`] : []
  turn.say(
    [
      ...head,
      '您可以回复：',
      ...mine.map((command) => `“${wordOf(command, turn.campaign)}” ${inWords(command.use ?? '', turn.campaign)}`),
      ...asked,
      ...cannot,
    ].join('\n'),
  )
}
