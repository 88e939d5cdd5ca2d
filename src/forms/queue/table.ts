import type { Button } from '../../bot/messages/message.ts'
import { buttonKey } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import type { Branch } from '../../campaign/roster/roster.ts'
import { fitted } from '../fitted.ts'
import { stampOfAll } from '../stamp.ts'

/** Something of a branch that waits for a decision. `version` is that of the record to decide on. */
export type Waits = { branch: Branch; version: number }
/** What waits in one place: of one general branch, or for one level. `id` stands in the keys of buttons. */
export type Place<T> = { id: string; name: string; waiting: readonly T[] }

/** How what waits in a place is shown together, with one button that decides on all of it. */
export type Tabled<T> = {
  handler: string
  all: { action: string; text: string }
  /** Changes with everything that a decision is based on. The default is branch and version. */
  stamp?: (one: T) => string
  line: (turn: Turn, one: T) => string
}

/** How many characters of a card the lines of a table may take. */
export const most = 160

/** One stamp for a table. A change of anything in it makes the table outdated. */
export const stampOf = <T extends Waits>(
  { stamp = ({ branch, version }) => `${branch.id} ${version}` }: Pick<Tabled<T>, 'stamp'>,
  { waiting }: Place<T>,
): string => stampOfAll(waiting.map(stamp))

type Around = {
  title: string
  /** Stands above the lines if they are too many for the card. */
  head: string
  desc?: string
  before?: string
  after?: string
  more?: readonly Button[]
}

/** Shows one line for each that waits, and the button for all of them. */
export function showTable<T extends Waits>(
  turn: Turn,
  tabled: Tabled<T>,
  { place, ...around }: Around & { place: Place<T> },
) {
  const { handler, all, line } = tabled
  const { title, head, desc, before = '', after = '', more = [] } = around
  const lines = place.waiting.map((one) => line(turn, one)).join('\n')
  const instead = `共${place.waiting.length}个支部，各行见上一条。`
  const text = `${before}${fitted(turn, lines, { most, head: [head], instead })}${after}`
  const key = buttonKey(handler, all.action, place.id, stampOf(tabled, place))
  turn.show({
    title,
    ...(desc === undefined ? {} : { desc }),
    text,
    ask: { kind: 'buttons', buttons: [{ text: all.text, key, style: 'primary' }, ...more] },
  })
}
