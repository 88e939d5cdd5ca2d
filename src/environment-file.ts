import { parseEnv } from 'node:util'

export type EnvironmentFile = { values: { [name: string]: string } } | { problem: string }

const assignment = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*(.?)/

/**
 * The variables of a `.env` as any editor saves it: UTF-8 or UTF-16, with or without a byte order mark, with any line ends.
 * A line is a problem if it is neither `NAME=value`, nor a comment, nor empty: if we skipped it, another program than the wanted one would
 * start. Problems do not quote values, because values may be secrets.
 */
export function readEnvironmentFile(bytes: Uint8Array): EnvironmentFile {
  const text = decoded(bytes)
  if (text === undefined) return { problem: '.env：读不懂它的编码，请用编辑器另存为 UTF-8' }
  const values: { [name: string]: string } = {}
  for (const [i, line] of text.split(/\r\n?|\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue
    const problem = problemOf(line)
    if (problem !== undefined) return { problem: `.env 第${i + 1}行：${problem}` }
    Object.assign(values, parseEnv(line))
  }
  return { values }
}

/** The byte order mark tells the encoding. Without one, a zero byte beside the first letter does. */
function decoded(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  const isBig = (first === 0xfe && second === 0xff) || first === 0
  const isLittle = (first === 0xff && second === 0xfe) || second === 0
  const encoding = isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function problemOf(line: string): string | undefined {
  const [, name, sign] = assignment.exec(line) ?? []
  if (name === undefined) return '读不懂，应为“变量名=值”，注释以 # 开头'
  if (sign === '：' || sign === '＝') return `${name} 后面是全角的“${sign}”，请改成半角的“=”`
  if (sign !== '=') return `${name} 后面应为半角的“=”`
  const [value] = Object.values(parseEnv(line))
  return value === undefined || /^["'`“”‘’]/.test(value)
    ? `${name} 的引号没有成对，或是全角引号，请改成半角引号或去掉`
    : undefined
}
