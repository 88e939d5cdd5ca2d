/** Splits a message about several branches. */
import { type Named, splitBranch } from '../roster/names.ts'

/** The text about one branch: the branch's id, and the words behind its name. */
export type Piece = { id: string; text: string }
/**
 * `stop` means that the next text is about somebody else's branch or an uncertain one. It holds the branches that come `near` and the
 * waiting text.
 */
export type Pieces = { pieces: Piece[]; stop?: 'not-own' | Uncertain }
export type Uncertain = { near: string[]; pending: string }

export const linesOf = (text: string): string[] => text.split('\n').filter((one) => one.trim())

/**
 * A line that begins with one of the `own` branches begins a piece; other lines continue the piece before, at first `begun`. `all` are all
 * branches of the college.
 */
export function piecesOf(
  said: readonly string[],
  { own, all, begun }: { own: readonly Named[]; all: readonly Named[]; begun?: Piece },
): Pieces {
  const pieces = begun ? [begun] : []
  const lines = said.flatMap((line) => parts(line, own))
  for (const [i, line] of lines.entries()) {
    const named = splitBranch(line, own)
    const last = pieces.at(-1)
    if (named?.match.kind === 'one') pieces.push({ id: named.match.id, text: named.rest })
    else if (!named && splitBranch(line, all)?.match.kind === 'one') return { pieces, stop: 'not-own' }
    else if (!named && !last && isTableHead(line)) continue
    else if (named || !last) return { pieces, stop: uncertain(lines.slice(i), own) }
    else pieces[pieces.length - 1] = { ...last, text: `${last.text}\n${line}` }
  }
  return { pieces }
}

/** A text whose first words name a branch that is uncertain. */
export function uncertain([line = '', ...more]: readonly string[], own: readonly Named[]): Uncertain {
  const begun = splitBranch(line, own)
  return {
    near: begun?.match.kind === 'several' ? begun.match.ids : [],
    pending: [begun?.rest ?? line.trim().replace(/^\S+[\s:：]*/, ''), ...more].join('\n'),
  }
}

/** A longer line is one piece, because nobody writes so many branches without a line break. */
export const longestLine = 2_000
/** `教工一除7扣1其余满分，学生除16扣1其余满分`: after a comma another of one's own branches may begin. */
function parts(line: string, own: readonly Named[]): string[] {
  const found = ['']
  for (const clause of line.length > longestLine ? [line] : line.split(/(?<=[，,；;。])/)) {
    const begins = splitBranch(clause, own)
    if (begins?.match.kind === 'one' && begins.rest.trim()) found.push(clause)
    else found[found.length - 1] += clause
  }
  return found.filter(Boolean)
}

/** Whether a line is the header of a pasted table. */
const isTableHead = (line: string): boolean =>
  /^\s*(?:序号[\s,，]*)?(?:党?支部名?称?|单位)(?:[\d\s,，]|第|项|总分|合计|定级|得分)*$/.test(line)
