import type { Duty } from '../src/bot/records/duties.ts'
import type { Handler } from '../src/bot/turn/handler.ts'
import { type CommandWord, commandRights, maySay } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'

/** What each word is for, in the order in which it is useful. Words whose part comes later are not offered. */
const uses: { [word in CommandWord]?: string } = {
  评分: '给支部评分（评分 支部名）',
  待审: '审核已提交的评分',
  月报: '联系支部工作报告',
  进度: '完成情况',
  谁没交: '还没完成的名单',
  看板: '全年情况一张图（网页）',
  汇总表: '分类定级汇总表',
  评分表: '一个支部的评分表',
  历史: '一个支部的评分版本',
  月报汇总: '当月报告汇总',
  任务进度: '任务清单进展表',
  重开: '重开已备案的评分',
  意见: '给组织部提意见（也可“匿名意见”）',
  文字: '用文字代替卡片',
}

/** What this person can do now, today's duties first. */
export function help(duties: readonly Duty[]): Handler {
  return { name: 'help', commands: [{ word: '帮助', run: (turn) => explain(turn, duties) }] }
}

async function explain(turn: Turn, duties: readonly Duty[]): Promise<void> {
  const today: string[] = []
  for (const duty of duties) today.push(...(await duty.today(turn)))
  const words = wordsOf(uses).filter((word) => maySay(turn.who, word, turn.campaign))
  const head =
    today.length > 0 ? ['今天要办的：', ...today.map((line, i) => `${i + 1}. ${line}`)] : ['今天没有要办的事。']
  const cannot = turn.canRemind ? [] : ['这里不能主动提醒您，也发不了文件，请隔几天来看一眼。']
  turn.say([...head, '您可以回复：', ...words.map((word) => `“${word}” ${uses[word]}`), ...cannot].join('\n'))
}

const wordsOf = (table: typeof uses): CommandWord[] =>
  Object.keys(table).filter((word): word is CommandWord => word in commandRights)
