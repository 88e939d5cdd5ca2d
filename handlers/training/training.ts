import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import { branchName, branchOf, generalBranchOf } from '../../src/campaign/roster/roster.ts'
import { readTraining, type Trainee } from '../../src/campaign/training/read-training.ts'
import { daysOf } from '../../src/forms/fields.ts'
import { focusIn } from '../../src/forms/focus.ts'
import { record, standing, stands, withdraw } from '../../src/forms/record.ts'
import { snapshotAfter, snapshotIn } from '../../src/forms/snapshot.ts'
import { coverageOf, coverageWords, secretariesOf, trainings, ways } from './records.ts'

const name = 'training'
const back = /^撤销[\s:：]*/u

const training: Command = {
  word: '培训',
  by: ['organization-department'],
  use: '书记培训：谁参加了，还差谁',
  whose: '培训由组织部记录',
  asks: true,
  fits: () => true,
  amid: (argument, turn) => back.test(argument) || !('say' in read(turn, argument)),
  run: async (turn, argument) => {
    if (argument.trim() === '') return overview(turn)
    if (back.test(argument)) return takeBack(turn, argument.replace(back, ''))
    const said = read(turn, argument)
    if ('say' in said) {
      turn.focus(name, argument)
      return turn.say(said.say)
    }
    turn.rest()
    const ids = [said.day.toString(), said.way]
    await record(turn, trainings, { ids, content: { people: said.people } })
    const coverage = coverageOf(await snapshotAfter(turn, [trainings], { table: trainings, ids }))
    turn.say(
      [
        `已记下：${dayWords(said.day)} ${said.way}，参加${said.people.length}人。`,
        ...coverageLines(coverage),
        `记错了请再说一次，或回复“培训 撤销 ${said.day.month}月${said.day.day}日 ${said.way} 原因”。`,
      ].join('\n'),
    )
  },
}

/** J12: all secretaries are trained, online and on site. */
export const trainingKeeping: Handler = {
  name,
  records: [trainings],
  commands: [training],
  /** What was missing, said alone. A text that does not complete it is no answer. */
  async answers(turn, text) {
    const held = focusIn(turn, name, z.string())
    const whole = `${held} ${text}`
    if (held === undefined || 'say' in read(turn, whole)) return false
    await training.run(turn, whole)
    return true
  },
}

const read = (turn: Turn, text: string) => readTraining(text, { rules: daysOf(turn), people: traineesOf(turn) })

const traineesOf = ({ roster }: Turn): Trainee[] =>
  secretariesOf(roster).map(({ id, name, seats }) => ({
    id,
    name,
    units: seats.flatMap(({ branch: branchId, generalBranch }) => {
      const branch = branchOf(roster, branchId ?? '')
      return branch ? [branchName(roster, branch)] : (generalBranchOf(roster, generalBranch ?? '')?.name ?? [])
    }),
  }))

/** `覆盖 30/34（线上28，线下20）`, and who is missing. */
function coverageLines(coverage: ReturnType<typeof coverageOf>): string[] {
  const missing = coverage.missing.map(({ name }) => name)
  return [coverageWords(coverage), ...(missing.length > 0 ? [`还没参加：${missing.join('、')}`] : [])]
}

async function overview(turn: Turn): Promise<void> {
  const snapshot = await snapshotIn(turn, [trainings])
  const held = snapshot.kept
    .of(trainings)
    .filter(({ value }) => stands(value))
    .map(
      ({ ids: [, day = '', way = ''], value }) =>
        `${dayWords(Temporal.PlainDate.from(day))} ${way} ${value.content.people.length}人`,
    )
  turn.say(
    [
      ...coverageLines(coverageOf(snapshot)),
      ...held,
      '办过培训请说，如“培训 6月10日 线下 全体”或“培训 6月10日 线上 除张三、李四”。',
    ].join('\n'),
  )
}

async function takeBack(turn: Turn, text: string): Promise<void> {
  const day = readDay(text, daysOf(turn))
  if (day && 'problem' in day) return turn.say(dayProblem(day))
  const known = standing((await snapshotIn(turn, [trainings])).kept, trainings)
  const [only, other] = ways.filter((one) => known.has(`${day?.day.toString()}~${one}`))
  const way = ways.find((one) => text.includes(one)) ?? (other ? undefined : only)
  const reason =
    day && way
      ? `${text.slice(0, day.start)}${text.slice(day.end)}`
          .replace(way, '')
          .replace(/^[\s，,：:]+/u, '')
          .trim()
      : ''
  if (!day || !way || reason === '') return turn.say('撤销请说明是哪一次和原因，如“培训 撤销 6月10日 线下 记重了”。')
  const ids = [day.day.toString(), way]
  if (!(await withdraw(turn, trainings, { ids, reason })))
    return turn.say(`没有${dayWords(day.day)} ${way}的培训记录。都记了哪些请回复“培训”。`)
  const coverage = coverageOf(await snapshotAfter(turn, [trainings], { table: trainings, ids }))
  turn.say(['已撤销。', ...coverageLines(coverage)].join('\n'))
}
