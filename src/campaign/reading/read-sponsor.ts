/** Reads who sponsors and who helps: `包扶 宋志明 帮扶 机电教工第一`, `由宋志明包扶，机电教工第一帮扶`. */
import { trimMarks } from './trim-marks.ts'

export type SaidSponsor = { sponsor?: string; helper?: string }

const labels = { sponsor: ['包扶委员', '包扶人', '包扶'], helper: ['帮扶支部', '帮扶'] } as const
type Role = keyof typeof labels

const before = ['由', '请', '让', '为', '是', '改为', '换成', '改成', '委员', '书记', '副书记']
const after = ['同志', '委员', '副书记', '书记', '来', '负责']
const marks = ' \t\n　，,、；;。：:'

const trimmed = (text: string): string => trimMarks(text, marks)

/** The name without titles and small words around it. */
export function bareName(text: string): string {
  let name = trimmed(text)
  for (const word of before)
    if (name.startsWith(word) && name.length > word.length + 1) name = trimmed(name.slice(word.length))
  for (const word of after)
    if (name.endsWith(word) && name.length > word.length + 1) name = trimmed(name.slice(0, -word.length))
  return name
}

function labelAt(text: string, role: Role): { at: number; end: number } | undefined {
  const found = labels[role].map((word) => ({ at: text.indexOf(word), word })).filter(({ at }) => at >= 0)
  const [first] = found.sort((one, other) => one.at - other.at || other.word.length - one.word.length)
  return first && { at: first.at, end: first.at + first.word.length }
}

/** Either all names follow their labels, or all stand before them. Undefined if there is no label, or if neither holds. */
export function readSponsor(text: string): SaidSponsor | undefined {
  const found = (Object.keys(labels) as Role[])
    .flatMap((role) => {
      const place = labelAt(text, role)
      return place ? [{ role, ...place }] : []
    })
    .sort((one, other) => one.at - other.at)
  const [first] = found
  if (!first) return undefined
  const pieces = [
    text.slice(0, first.at),
    ...found.map(({ end }, i) => text.slice(end, found[i + 1]?.at ?? text.length)),
  ].map(trimmed)
  const behind = pieces[0] === ''
  if (!behind && pieces.at(-1) !== '') return undefined
  const names = behind ? pieces.slice(1) : pieces.slice(0, -1)
  const said: SaidSponsor = {}
  for (const [i, { role }] of found.entries())
    if (names[i]) said[role] = role === 'sponsor' ? bareName(names[i]) : trimmed(names[i])
  return Object.keys(said).length === found.length ? said : undefined
}
