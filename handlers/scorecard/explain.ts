import { changeCard } from '../../src/bot/records/rounds.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { splitBranch } from '../../src/campaign/roster/names.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import { name } from './cards.ts'
import { known, recordOf, type Sheet, sheetNamed, sheetsOf } from './sheet.ts'
import { focusOf, openSheet, setFocus } from './show.ts'

const kinds = '(?:依据|说明|理由|原因|佐证|解释|材料)'
/** Says of itself that it explains: an item, or nothing, and then what it is; no score stands before it. */
const explains = new RegExp(
  `^(?:第?\\s*[\\d一二三四五六七八九十]{1,3}\\s*项)?的?[^\\d，,。；;:：\\n扣得给打减加满]{0,8}${kinds}\\s*(?:[:：]|是|为|如下|见|在)|^(?:因为|由于|补充说明|情况说明|说明|解释)`,
)
/** May be about a card: taken only where nobody else understood it. */
const concerns = new RegExp(`${kinds}|第\\s*[\\d一二三四五六七八九十]{1,3}\\s*项|测评|核实|补充|退回|意见`)
const shortest = 4

/** What a grader says of a card of theirs that was submitted or returned, until it is filed, goes to the reviewer with the card. */
export const takeExplanation = (turn: Turn, text: string): Promise<boolean> => take(turn, text, explains)

/** The same, of a text that would else be answered with 帮助. */
export const takeWhatConcerns = (turn: Turn, text: string): Promise<boolean> => take(turn, text, concerns)

async function take(turn: Turn, text: string, fits: RegExp): Promise<boolean> {
  const deciding = sheetsOf(turn).filter(({ kind }) => kind === 'deciding')
  const begun = splitBranch(text, known(turn, deciding))
  const said = begun?.match.kind === 'one' ? begun.rest : text
  if (Array.from(said.trim()).length < shortest || !fits.test(said.normalize('NFKC').trim())) return false
  const open: { sheet: Sheet; returned: boolean }[] = []
  for (const sheet of deciding) {
    const state = (await recordOf(turn, sheet))?.state
    if (state === 'submitted' || state === 'returned') open.push({ sheet, returned: state === 'returned' })
  }
  const named = begun?.match.kind === 'one' ? begun.match.id : undefined
  const spoken = focusOf(turn).subjects
  const [only, ...more] =
    named === undefined
      ? firstSome(
          open.filter(({ sheet }) => spoken.length === 1 && spoken.includes(sheet.subject)),
          open.filter(({ returned }) => returned),
          open,
        )
      : open.filter(({ sheet }) => sheet.subject === named)
  if (!only) return false
  if (more.length === 0) await keepRemark(turn, only.sheet, said)
  else
    ask(
      turn,
      text,
      [only, ...more].map(({ sheet }) => sheet),
    )
  return true
}
const firstSome = <T>(...lists: T[][]): T[] => lists.find((list) => list.length > 0) ?? []

function ask(turn: Turn, text: string, sheets: readonly Sheet[]): void {
  setFocus(turn, { ...focusOf(turn), explanation: text })
  turn.offer(
    '这句说明是对哪个支部的评分说的？',
    sheets.map((sheet) => ({ text: shortName(sheet.name), key: buttonKey(name, 'explain', sheet.subject) })),
  )
}

/** The branch for which an explanation waits, tapped or by its number. */
export async function explainTapped(turn: Turn, subject: string): Promise<boolean> {
  const { explanation, ...focus } = focusOf(turn)
  const sheet = sheetNamed(turn, subject)
  if (explanation === undefined || !sheet) return false
  setFocus(turn, focus)
  await keepRemark(turn, sheet, explanation)
  return true
}

/** Beside what was said before. A returned card is shown again: it is submitted anew with it. */
async function keepRemark(turn: Turn, sheet: Sheet, text: string): Promise<void> {
  const record = await recordOf(turn, sheet)
  if (record?.state === 'filed' || !record) return turn.say(`${sheet.name}的评分已备案，说明没有记下。`)
  const remark = [record.remark, text.trim()].filter((one) => one !== undefined).join('\n')
  await changeCard(turn, sheet, { ...record, remark }, '说明')
  if (record.state === 'returned') {
    turn.say(`已记下对${sheet.name}的说明，会随评分一起给组织部。请核对后重新提交：`)
    return openSheet(turn, sheet)
  }
  turn.say(`已记下对${sheet.name}的说明，已转组织部。`)
  for (const reviewer of holdersOf(turn.roster, 'organization-department'))
    if (reviewer.id !== turn.who.id)
      await turn.tell(reviewer, `${sheet.name}的评分，${turn.who.name}说明：“${text.trim()}”。`, 'review')
}
