/** The tokens of a text about scores. */
import type { Plain } from './score-lexicon.ts'

/**
 * A number as typed. `digits`, `list`: the scores it may also mean, one for each character. `points`: with 分. `level`: given as a level,
 * such as 好. Without `value` it is unreadable.
 */
export type Num = { piece: string; value?: number; digits?: string; list?: number[]; points?: boolean; level?: true }
export type Meaning =
  | { kind: Exclude<Plain, 'text'> }
  | { kind: 'number'; num: Num }
  /** `said` is the way it was named: 第3项 or ③, its label, a part of the label, the plan's sentence, or a number with 项. */
  | { kind: 'item'; item: number; said: 'number' | 'label' | 'part' | 'words' | 'count' }
  /** `part`: named by a part of its name, which may also be an ordinary word. */
  | { kind: 'section'; section: number; part: boolean }
  /** 其余, 其余15项 */
  | { kind: 'rest'; count?: number }
  /** 前16项, 后2项, 前三大项, 5分的项: several items at once. */
  | { kind: 'group'; items: readonly number[] }
  /** A number inside text, or one that counts something. `odd`: it is unknown what it counts. */
  | { kind: 'text'; odd?: true }
export type Kind = Meaning['kind']
/** `gap`: blanks or tabs stand before it. */
export type Token = Meaning & { from: number; to: number; gap: boolean; tab: boolean }
