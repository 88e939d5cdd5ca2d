import type { Campaign } from '../campaign/plan/campaign.ts'
import { figure, type Line, rounded } from './line.ts'
import { nineMonths } from './rehearsals.ts'

/** An answer is a message of a person and the tap or word that submits it. */
const turnsOfAnswer = 2

type Day = { messages: number; answers: number }

/**
 * Plays nine months of a province: so many colleges, each with its own people and answers, all on the same plan and so on the same days.
 * Says the busiest day, and for how many minutes one core would be busy with that day's turns if it takes `perSecond` of them.
 */
export function provinceFigure(
  campaign: Campaign,
  { colleges, branches, perSecond }: { colleges: number; branches: number; perSecond: number },
): Line {
  const began = performance.now()
  const days = new Map<string, Day>()
  for (let seed = 1; seed <= colleges; seed++) play(campaign, { seed, branches, days })
  const all = [...days.values()]
  const busiest = (of: (day: Day) => number): number => Math.max(0, ...all.map(of))
  const turns = busiest(({ answers }) => answers * turnsOfAnswer)
  return figure('province', {
    colleges,
    branches: colleges * branches,
    messages: all.reduce((sum, one) => sum + one.messages, 0),
    messagesOnBusiestDay: busiest(({ messages }) => messages),
    turnsOnBusiestDay: turns,
    coreMinutesOnBusiestDay: rounded(turns / perSecond / 60),
    simulatedInSeconds: rounded((performance.now() - began) / 1000),
  })
}

function play(
  campaign: Campaign,
  { seed, branches, days }: { seed: number; branches: number; days: Map<string, Day> },
): void {
  const { college, messages } = nineMonths(campaign, { branches, seed })
  let answered = 0
  for (const { at } of messages) {
    const date = at.toPlainDate().toString()
    const day = days.get(date) ?? { messages: 0, answers: 0 }
    day.messages++
    day.answers += college.given - answered
    answered = college.given
    days.set(date, day)
  }
}
