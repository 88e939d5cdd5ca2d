import type { Seen } from './driver.ts'

/** What one person or the group saw on one channel. `own`: the person who acted sees the answer first. */
export type Screen = { name: string; own: boolean; where: string; seen: readonly Seen[] }

/** The minute of the day is the only part of the texts that differs from run to run. */
const withoutMinute = (line: string): string => line.replace(/(^|截至|由.{2,4}在)(\d+月\d+日)\d+:\d\d/, '$1$2某时')

/** An item of a checklist or form that nobody has touched: full marks. */
const untouched = /^(☑ \d+ .*[^分]|\d+ .*（0–(\d+)） ＝ \2)$/

/** Keeps only the first and the last of a long row of untouched items. */
function withoutRuns(lines: readonly string[]): string[] {
  const middle = (i: number): boolean => [i - 1, i, i + 1].every((at) => untouched.test(lines[at] ?? ''))
  return lines.flatMap((line, i) =>
    middle(i) ? (middle(i - 1) ? [] : [`${line.startsWith('☑') ? '☑' : '＝'} …`]) : [line],
  )
}

const messageLines = ({ lines, changed }: Seen): string[] => [
  ...(changed ? ['（原卡片更新为）'] : []),
  ...withoutRuns(lines).map((line, i) => `${i === 0 ? '▸ ' : '  '}${withoutMinute(line)}`),
]

/** Screens as lines of a transcript. People with the same screen stand together. `watched` are the people whose screens are written out. */
export function screenLines(screens: readonly Screen[], watched?: ReadonlySet<string>): string[] {
  const own = screens.filter((one) => one.own)
  const others = screens.filter((one) => !one.own)
  const isWatched = ({ name }: Screen): boolean => !watched || watched.has(name)
  const told = others.filter(isWatched)
  const rest = others.filter((one) => !isWatched(one)).map(({ name, where }) => `${name}${where}`)
  const same = new Map<string, string[]>()
  for (const { name, where, seen } of told) {
    const text = seen.flatMap(messageLines).join('\n')
    same.set(text, [...(same.get(text) ?? []), `${name}${where}`])
  }
  return [
    ...own.flatMap(({ where, seen }) => [...(where ? [where] : []), ...seen.flatMap(messageLines)]),
    ...[...same].flatMap(([text, names]) => [`→ ${names.join('、')}`, ...text.split('\n')]),
    ...(rest.length > 0 ? [`→ 另有${rest.length}人收到消息：${rest.join('、')}`] : []),
  ]
}
