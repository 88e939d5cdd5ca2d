/** An index of the parts of names, made once for a list of branches, so that a name is found as fast among thousands as among a few. */

import { numeralChars, numeralsAsDigits } from '../numerals.ts'
import { once } from '../once.ts'

export type Named = { id: string; name: string /** the name of its general branch */; generalName?: string }

/**
 * Turns full-width letters, digits and punctuation into half-width ones, and all white space except line breaks into blanks. Keeps the
 * length.
 */
export const normalize = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[^\S\n]/g, ' ')

/** A name without blanks and marks, in small letters, without 中共 before it. */
export const squeeze = (text: string): string =>
  normalize(text)
    .toLowerCase()
    .replace(/[\s"'“”‘’「」『』《》<>[\]【】()（）·—_.,、。:;!?-]/g, '')
    .replace(/^中共/, '')
export const suffix = /(?:党支部|支部|党支)$/
/** The part of a name that tells branches apart: it is the same for 机电教工第一党支部, 机电教工一支部 and 机电教工1. */
export const core = (text: string): string => numeralsAsDigits(squeeze(text).replace(suffix, ''))
export const generalCore = (text: string): string => squeeze(text).replace(/(?:党总支部?|总支部?)$/, '')

const numbered = new RegExp(`[第\\d${numeralChars}]`)

/** The forms in which a branch's names are compared. */
export type Forms = { id: string; full: string; withGeneral: string; core: string; general: string }

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'
/** A number in a part of a name must be a whole number: `教工1` is no part of `教工12`. */
const isWholeNumberAt = (text: string, at: number, length: number): boolean =>
  !(isDigit(text[at]) && isDigit(text[at - 1])) && !(isDigit(text[at + length - 1]) && isDigit(text[at + length]))

/** Whether `whole` contains `part`, with a number in it as a whole number. */
function contains(whole: string, part: string): boolean {
  for (let at = whole.indexOf(part); at >= 0 && part; at = whole.indexOf(part, at + 1))
    if (isWholeNumberAt(whole, at, part.length)) return true
  return false
}

/** All endings of some texts, sorted, so that the texts that contain a part are one range. */
class Parts {
  readonly #texts: readonly string[]
  readonly #endings: { text: number; at: number; words: string }[]

  constructor(texts: readonly string[]) {
    this.#texts = texts
    this.#endings = texts
      .flatMap((words, text) => Array.from({ length: words.length }, (_, at) => ({ text, at, words: words.slice(at) })))
      .sort((a, b) => (a.words < b.words ? -1 : a.words > b.words ? 1 : 0))
  }

  /** The first ending that is not before `part`. With `after`, the first ending behind all those that begin with `part`. */
  #bound(part: string, after: boolean): number {
    let [low, high] = [0, this.#endings.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const words = this.#endings[middle]?.words ?? ''
      if (words < part || (after && words.startsWith(part))) low = middle + 1
      else high = middle
    }
    return low
  }

  /** How often the part occurs in all texts. Places inside a number count too. */
  count(part: string): number {
    return this.#bound(part, true) - this.#bound(part, false)
  }

  /** The places of a part: which text, and from which character. */
  places(part: string): { text: number; at: number }[] {
    if (!part) return []
    return this.#endings
      .slice(this.#bound(part, false), this.#bound(part, true))
      .filter(({ text, at }) => isWholeNumberAt(this.#texts[text] ?? '', at, part.length))
  }
}

const partsOf = (forms: readonly Forms[], generals: readonly string[]) => {
  const both = forms.map((form) => form.general + form.core)
  const pairs = both.flatMap((words) =>
    Array.from({ length: Math.max(0, words.length - 1) }, (_, at) => words.slice(at, at + 2)),
  )
  return {
    cores: new Parts(forms.map((form) => form.core)),
    generals: new Parts(generals),
    both: new Parts(both),
    pairs: new Set(pairs),
  }
}

/** A list this short is searched one by one. Most people's own list is that short, and thousands of indexes would fill the memory. */
const shortList = 16

/** An index of the names of a list of branches. */
export class NameIndex {
  readonly forms: readonly Forms[]
  readonly #places: ReadonlyMap<string, number>
  readonly #full = new Map<string, number[]>()
  readonly #cores = new Map<string, number[]>()
  readonly #byGeneral = new Map<string, number[]>()
  readonly #generals: readonly string[]
  #made: ReturnType<typeof partsOf> | undefined
  #characters: string | undefined

  constructor(branches: readonly Named[]) {
    this.forms = branches.map(({ id, name, generalName = '' }) => ({
      id,
      full: squeeze(name),
      withGeneral: squeeze(`${generalName}/${name}`),
      core: core(name),
      general: generalCore(generalName),
    }))
    this.forms.forEach((form, place) => {
      for (const [map, words] of [
        [this.#full, form.full],
        [this.#full, form.withGeneral],
        [this.#cores, form.core],
        [this.#byGeneral, form.general],
      ] as const)
        map.set(words, [...new Set([...(map.get(words) ?? []), place])])
    })
    this.#places = new Map(this.forms.map(({ id }, place) => [id, place]))
    this.#generals = [...this.#byGeneral.keys()].filter(Boolean)
  }

  /** The index is made with the first question that needs it. */
  get #parts(): ReturnType<typeof partsOf> {
    this.#made ??= partsOf(this.forms, this.#generals)
    return this.#made
  }

  get #isShort(): boolean {
    return this.forms.length <= shortList
  }

  coreOf = (id: string): string => this.forms[this.#places.get(id) ?? -1]?.core ?? ''
  named = (full: string): readonly number[] => this.#full.get(full) ?? []
  withCore = (words: string): readonly number[] => this.#cores.get(words) ?? []
  withPart = (part: string): number[] =>
    this.#isShort
      ? this.#fitting(({ core }) => contains(core, part))
      : inOrder(this.#parts.cores.places(part).map(({ text }) => text))

  /** The branches with a part of the general branch's name and a part of their own. The rarer part is looked up first. */
  withPath(general: string, part: string): number[] {
    if (!general || !part) return []
    const fits = (form: Forms): boolean => contains(form.general, general) && contains(form.core, part)
    if (this.#isShort) return this.#fitting(fits)
    const { cores, generals } = this.#parts
    const ofGenerals = generals.count(general)
    if (ofGenerals === 0) return []
    const branches =
      cores.count(part) < ofGenerals
        ? this.withPart(part)
        : generals.places(general).flatMap(({ text }) => this.#byGeneral.get(this.#generals[text] ?? '') ?? [])
    return inOrder(
      branches.filter((place) => {
        const form = this.forms[place]
        return form !== undefined && fits(form)
      }),
    )
  }

  #fitting(fits: (form: Forms) => boolean): number[] {
    return this.forms.flatMap((form, place) => (fits(form) ? [place] : []))
  }

  /** Whether a name may begin a text: its first character occurs in some name, or may be written as a number there. */
  mayBegin(text: string): boolean {
    const first = squeeze(text)[0]
    return first !== undefined && (numbered.test(first) || this.#inNames.includes(first))
  }
  /** Every character of the names, once. A text, since thousands of sets would fill the memory. */
  get #inNames(): string {
    this.#characters ??= [
      ...new Set(this.forms.map((form) => form.withGeneral + form.core + form.general).join('')),
    ].join('')
    return this.#characters
  }

  /** Whether any name contains these two characters. This excludes most places of a text quickly. */
  begins = (pair: string): boolean => this.#parts.pairs.has(pair)
  /** Whether any name contains this text, or any name after its general branch's. */
  goesOn = (part: string): boolean => this.#parts.both.count(part) > 0

  /** The branches with a name that ends with `part`. `whole`: the part is the whole name, or begins within the general branch's name. */
  ending(part: string): { id: string; whole: boolean }[] {
    return this.#parts.both.places(part).flatMap(({ text, at }) => {
      const form = this.forms[text]
      const end = at + part.length
      if (!form || end <= form.general.length) return []
      const whole = at <= form.general.length && end === form.general.length + form.core.length
      return [{ id: form.id, whole }]
    })
  }
}
const inOrder = (places: readonly number[]): number[] => [...new Set(places)].sort((a, b) => a - b)

/** The index of a list that never changes. */
export const indexOf = once((branches: readonly Named[]) => new NameIndex(branches))
