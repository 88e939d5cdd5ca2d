/** The words of a text about scores, as they are told apart. */
import type { Plain } from './score-lexicon.ts'

/** A number as typed. `digits`, `list`: what it may also mean, one score a character. `points`: said with 分. `level`: said as a level, 好. No `value`: something unreadable. */
export type Num = { piece: string; value?: number; digits?: string; list?: number[]; points?: boolean; level?: true }
export type Meaning =
  | { kind: Exclude<Plain, 'text'> }
  | { kind: 'number'; num: Num }
  /** `said`: by what: 第3项, ③, its label, a part of it, the plan's sentence, or a number with 项. */
  | { kind: 'item'; item: number; said: 'number' | 'label' | 'part' | 'words' | 'count' }
  /** `part`: by a part of its name, which may as well be an ordinary word. */
  | { kind: 'section'; section: number; part: boolean }
  /** 其余, 其余15项 */
  | { kind: 'rest'; count?: number }
  /** 前16项, 后2项, 前三大项, 5分的项: several at once. */
  | { kind: 'group'; items: readonly number[] }
  /** A number in the middle of text, or one that counts something: `odd` where it is not known what. */
  | { kind: 'text'; odd?: true }
export type Kind = Meaning['kind']
/** `gap`: blanks or tabs stand before it. */
export type Token = Meaning & { from: number; to: number; gap: boolean; tab: boolean }
