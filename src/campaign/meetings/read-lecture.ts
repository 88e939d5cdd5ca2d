/** Reads a lecture (党课) in people's own words: day, occasion, title, number of listeners. */
import { z } from 'zod'
import { wholeNumeral } from '../numerals.ts'
import { type DayRules, dayProblem, readDay } from '../reading/said-day.ts'

/** `words`: the whole text. `doubt`: why the day cannot be taken. `more`: words that belong to no part. */
export const LectureSaid = z.strictObject({
  words: z.string(),
  day: z.string().exactOptional(),
  doubt: z.string().exactOptional(),
  occasion: z.string().exactOptional(),
  title: z.string().exactOptional(),
  listeners: z.number().exactOptional(),
  more: z.string().exactOptional(),
})
export type LectureSaid = z.infer<typeof LectureSaid>

const occasions = ['支部党员大会', '理论中心组学习会', '党校', '党员培训班', '其他'] as const
/** The longest first, because 党员培训班 of the Party school has its own name. */
const occasionWords: readonly [string, (typeof occasions)[number]][] = [
  ['理论学习中心组学习会', '理论中心组学习会'],
  ['理论中心组学习会', '理论中心组学习会'],
  ['理论学习中心组', '理论中心组学习会'],
  ['理论中心组', '理论中心组学习会'],
  ['中心组学习会', '理论中心组学习会'],
  ['中心组', '理论中心组学习会'],
  ['支部党员大会', '支部党员大会'],
  ['党员大会', '支部党员大会'],
  ['支部大会', '支部党员大会'],
  ['党员培训班', '党员培训班'],
  ['培训班', '党员培训班'],
  ['党校', '党校'],
  ['其他', '其他'],
]

const quotes = ['“”', '""', '「」', '《》'] as const
/** The text in the first quotation marks, which is a title. */
function quotedIn(text: string): { index: number; 0: string; title: string } | undefined {
  const found = quotes.flatMap((marks) => {
    const from = text.indexOf(marks.charAt(0))
    const to = from < 0 ? -1 : text.indexOf(marks.charAt(1), from + 1)
    return to > from + 1 ? [{ index: from, 0: text.slice(from, to + 1), title: text.slice(from + 1, to) }] : []
  })
  return found.toSorted((a, b) => a.index - b.index)[0]
}
const titles = [
  /(?:题目|题为|主题|课题|标题|讲的)[为是:：]{0,2}\s?([^，,。；;\n]{2,200})/u,
  /讲授?了?(?![一两]?[堂次节]|党?课|的)[为是:：]?\s?([^，,。；;\n]{2,})/u,
]
/** A title that is named as such, else what is said behind 讲. */
const labelledTitle = (text: string): RegExpExecArray | undefined =>
  titles.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? undefined
const heads = '[\\d０-９]{1,5}|[零一二两三四五六七八九十]{1,3}'
const listenersNamed = new RegExp(
  `(?:听课|听讲|听众|参加|到课|受众)(?:人数|党员|学员|师生)?(?:为|有|共|约)?[:：]? ?(${heads})(?![\\d０-９.．]) ?(?:余|多)?[人名位个]{0,2}`,
  'u',
)
const listenersCounted = new RegExp(
  `(${heads}) ?(?:余|多)?[人名位个]{1,2}(?:党员|学员|师生|同志)?(?:听课|听讲|参加)?`,
  'u',
)

/** Reads what a text says of one lecture. */
export function readLecture(text: string, days: DayRules): LectureSaid {
  const quoted = quotedIn(text)
  const outside = quoted ? blanked(text, quoted) : text
  const day = readDay(outside, days)
  const rest = day ? blanked(outside, { index: day.start, 0: text.slice(day.start, day.end) }) : outside
  const count = listenersNamed.exec(rest) ?? listenersCounted.exec(rest)
  const uncounted = count ? blanked(rest, count) : rest
  const occasion = occasionWords.find(([word]) => uncounted.includes(word))
  const at = occasion ? uncounted.indexOf(occasion[0]) : -1
  const bare = occasion ? blanked(uncounted, { index: at, 0: occasion[0] }) : uncounted
  const labelled = quoted ? undefined : labelledTitle(bare)
  const said = quoted?.title ?? labelled?.[1]?.split(/听课|听讲/u)[0]?.trim()
  const left = moreOf(labelled ? blanked(bare, labelled) : bare)
  const value = numberOf(count?.[1])
  return {
    words: text,
    ...(day === undefined ? {} : 'problem' in day ? { doubt: dayProblem(day) } : { day: day.day.toString() }),
    ...(occasion ? { occasion: occasion[1] } : {}),
    ...(said ? { title: said } : {}),
    ...(value === undefined ? {} : { listeners: value }),
    ...(left === '' ? {} : { more: left }),
  }
}

/** The text with blanks in place of a piece, so that places stay. */
const blanked = (text: string, { index, 0: piece }: { index: number; 0: string }): string =>
  text.slice(0, index) + ' '.repeat(piece.length) + text.slice(index + piece.length)

const numberOf = (said: string | undefined): number | undefined => {
  if (said === undefined) return undefined
  return /[\d０-９]/u.test(said) ? Number(said.normalize('NFKC')) : wholeNumeral(said)
}

/** The text that is left without the parts and without the words that joined them. */
const moreOf = (text: string): string =>
  text
    .split(/[\s，,。；;]+/u)
    .map((piece) =>
      piece.replace(
        /^(?:我|本人)?(?:于|在|给|为)?|(?:上|讲授?了?|[一两]?[堂次节]|讲党课|讲课|党课|为|的|题为|题目是?)*$/gu,
        '',
      ),
    )
    .filter((piece) => piece !== '' && !/^(?:的|讲授?了?|上|党课|在|题目|场合|日期|听课|主题)[:：]?$/u.test(piece))
    .join('，')

/** Adds new parts. A piece that names no part answers the question for the title or the occasion. */
export function mergedLecture(before: LectureSaid, more: LectureSaid): LectureSaid {
  const { doubt: _, ...known } = before
  const { words, ...given } = more
  const doubt = given.doubt ?? (given.day === undefined ? before.doubt : undefined)
  const both = { ...known, ...given, words: before.words === '' ? words : `${before.words}\n${words}` }
  const added = [before.more, given.more].filter((one) => one !== undefined).join('，')
  const asked = before.words !== '' && before.title === undefined && given.title === undefined ? given.more : undefined
  const rest = asked === undefined ? added : (before.more ?? '')
  const { more: __, doubt: ___, ...parts } = both
  return {
    ...parts,
    ...(asked === undefined ? {} : { title: asked }),
    ...(rest === '' ? {} : { more: rest }),
    ...(doubt === undefined ? {} : { doubt }),
  }
}

/** The one question for the missing parts. */
export function lectureAsks({
  words,
  day,
  doubt,
  occasion,
  title: said,
  listeners: count,
}: LectureSaid): string | undefined {
  if (doubt !== undefined) return `党课：${doubt}`
  const missing = [
    day === undefined ? '日期' : '',
    occasion === undefined ? `场合（${occasions.join('、')}）` : '',
    said === undefined ? '题目' : '',
    count === undefined ? '听课人数' : '',
  ].filter(Boolean)
  if (missing.length === 0) return undefined
  return `党课：${words === '' ? '请告诉我' : '已记下，还差'}${missing.join('、')}。一条消息即可，如“6月1日 在党校讲“…”，听课40人”。`
}
