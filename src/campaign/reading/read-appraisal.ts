import type { Appraisal, Inputs } from '../scores/inputs.ts'
import { endBy } from './trim.ts'

const said =
  /^(?:第?\s{0,4}17\s{0,4}项?[\s，,:：]{0,4})?(?:群众)?(?:民主)?(?:评议|满意度|满意率|测评)(?:结果|满意度|满意率|率)?\s{0,4}(?:为|是|[:：])?\s{0,4}(\d{1,3}(?:\.\d{1,2})?)\s{0,4}%/
const leads = /^[\s，,。；;（(]{0,8}(?:数据)?(?:来源|依据|出自|据)?\s{0,4}(?:为|是|[:：])?/

/** Reads `群众评议 92%，来源：4月座谈会问卷`; undefined if it is something else. */
function readAppraisal(text: string): Appraisal | undefined {
  const plain = text.normalize('NFKC').trim()
  const found = said.exec(plain)
  if (!found) return undefined
  const percent = Number(found[1])
  const rest = plain.slice(found[0].length).replace(leads, '')
  const source = rest.slice(0, endBy(rest, /[）)。\s]/)).trimStart()
  // If a score stands beside it, the text is a score.
  if (/[给得扣打]\s*[\d一二三四五六七八九十半]|\d\s*分|其余|其他|满分/.test(source)) return undefined
  return percent <= 100 ? { percent, source: source || '填表人提供' } : undefined
}

const labels: readonly [string, 'annual' | 'survey' | 'appraisal'][] = [
  ['年度考核', 'annual'],
  ['年度考评', 'annual'],
  ['调查摸底', 'survey'],
  ['摸底调查', 'survey'],
  ['群众评议', 'appraisal'],
  ['群众满意度', 'appraisal'],
]
/** Whether a text is only the name of such a word: 群众评议. */
export const namesInput = (text: string): boolean => labels.some(([label]) => label === text.trim())
const behindLabel = /^(?:的?(?:结果|等次|情况|材料))?\s*[:：，,是为]?\s*/

/** Reads `年度考核 优秀`, `调查摸底 …`, `群众评议 92%，来源…`, or several of them on lines or between ；. Undefined if any piece is something else. */
export function readInputs(text: string): Inputs | undefined {
  const alone = readAppraisal(text)
  if (alone) return { appraisal: alone }
  const starts = labelled(text)
  if (starts[0]?.at !== 0) return undefined
  const found: Inputs = {}
  for (const [i, { at, label, kind }] of starts.entries()) {
    const piece = trimmedEnd(text.slice(at, starts[i + 1]?.at ?? text.length))
    if (kind === 'appraisal') {
      const appraisal = readAppraisal(piece)
      if (!appraisal) return undefined
      found.appraisal = appraisal
      continue
    }
    const words = piece.slice(label.length).replace(behindLabel, '').trim()
    if (words === '') return undefined
    found[kind] = words
  }
  return found
}

/** The labels that begin a text, a line, or the words after ； or 。. */
function labelled(text: string): { at: number; label: string; kind: 'annual' | 'survey' | 'appraisal' }[] {
  const starts = []
  let fresh = true
  for (let at = 0; at < text.length; at++) {
    const hit = fresh ? labels.find(([label]) => text.startsWith(label, at)) : undefined
    if (hit)
      starts.push({ at: starts.length === 0 && text.slice(0, at).trim() === '' ? 0 : at, label: hit[0], kind: hit[1] })
    const char = text[at] ?? ''
    fresh = '；;。\n'.includes(char) || (fresh && char.trim() === '')
  }
  return starts
}

function trimmedEnd(text: string): string {
  let to = text.length
  while (to > 0 && '；;。 \n\t'.includes(text[to - 1] ?? '')) to--
  return text.slice(0, to).trim()
}
