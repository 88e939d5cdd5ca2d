import type { Handler } from '../../src/bot/turn/handler.ts'
import { everyone } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dictated, mayConcern } from '../../src/campaign/reading/said-of-scores.ts'
import { splitBranch } from '../../src/campaign/roster/names.ts'
import { planWords } from '../../src/campaign/scores/checklist-words.ts'
import { itemsOf } from '../../src/campaign/scores/rubric.ts'
import { claims, dictates } from '../../src/forms/several/change.ts'
import { several } from '../../src/forms/several/conversation.ts'
import { takeExplanation } from '../../src/forms/several/explain.ts'
import { fillable } from '../../src/forms/several/fill-in.ts'
import { spokenOf } from '../../src/forms/several/focus.ts'
import { namesOf } from '../../src/forms/several/proceed.ts'
import { begin } from '../../src/forms/several/take.ts'
import { scorecardForm } from './form.ts'
import { name, rubricFor, subjectsOf } from './subject.ts'

/** What people say about scorecards. */
export const scoring: Handler = {
  name,
  commands: [
    {
      word: scorecardForm.word,
      graded: true,
      by: scorecardForm.by,
      use: '给支部评分（评分 支部名）',
      whose: '评分由党总支书记和党支部书记办理',
      fits: () => true,
      amid: (argument, turn) => splitBranch(argument, namesOf(turn, subjectsOf(turn))) !== undefined,
      run: (turn, argument) => begin(scorecardForm, turn, argument),
    },
    { word: '细则', by: everyone, fits: (argument) => /^第?\d+项?$/.test(argument.trim()), run: details },
  ],
  interrupts: (turn, text) => dictates(scorecardForm, turn, dictated(text)),
  claims: async (turn, text) =>
    (await takeExplanation(scorecardForm, turn, { text })) || claims(scorecardForm, turn, text),
  fillable: fillable(scorecardForm),
  ...several(scorecardForm),
}

/** The last of all handlers: a text that would otherwise get 帮助 may be about a scorecard. */
export const explaining: Handler = {
  name: 'explain',
  claims: (turn, text) => takeExplanation(scorecardForm, turn, { text, is: mayConcern }),
}

/** The plan's words for all items, or for one. */
async function details(turn: Turn, argument: string): Promise<void> {
  const [subject] = [...spokenOf(scorecardForm, turn), ...subjectsOf(turn)]
  const rubric = subject ? rubricFor(turn, subject) : turn.campaign.rubric
  const number = Number(/\d+/.exec(argument)?.[0])
  const items = itemsOf(rubric)
  const one = items.filter((item) => item.number === number)
  turn.say(argument && one.length === 0 ? `没有第${number}项，共${items.length}项。` : planWords(rubric, one))
}
