import type { Turn } from '../../bot/turn/turn.ts'
import { periodName, wordIn } from '../../campaign/plan/periods.ts'
import { shortName } from '../../campaign/roster/branch-names.ts'
import { branchName } from '../../campaign/roster/roster.ts'
import type { OfBranch, SeveralForm } from './form.ts'
import { sorted } from './proceed.ts'

/** The most names in a line of 帮助. */
const mostNames = 4

/**
 * What a person still has to do of this form, for 帮助: what is filled in but not submitted, and what is missing. `isMissing`: whether one is
 * asked for now. `called`: the word for those.
 */
export async function todayOf<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { isMissing, called }: { isMissing: (subject: S) => Promise<boolean>; called: (missing: readonly S[]) => string },
): Promise<string[]> {
  const period = periodName(turn.campaign)
  const word = wordIn(turn.campaign, turn.now.toPlainDate(), form.word)
  const all = form.subjects(turn)
  const { filled } = await sorted(form, turn, all)
  const missing: S[] = []
  for (const subject of all) if (!filled.includes(subject) && (await isMissing(subject))) missing.push(subject)
  const names = missing.slice(0, mostNames).map(({ branch }) => shortName(branchName(turn.roster, branch)))
  const more = missing.length > mostNames ? '等' : ''
  return [
    ...(filled.length > 0
      ? [`${period}支部${form.word}${filled.length}张已填未提交，请回复“${word}”核对后提交。`]
      : []),
    ...(missing.length > 0
      ? [`${period}${called(missing)}还有${missing.length}个（${names.join('、')}${more}），请回复“${word}”。`]
      : []),
  ]
}
