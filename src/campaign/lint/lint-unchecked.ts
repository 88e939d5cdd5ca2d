import type { Finding } from '../plan/campaign-file.ts'
import { quotationsOf, unchecked } from '../plan/quotations.ts'

const namesYear = /\d{4}|[〇零○一二三四五六七八九]{4}/

/** Warns of quotations that still are those of an older plan: each one that names a year, and the lines of the rest. */
export function uncheckedWarnings(text: string): Finding[] {
  const marked = quotationsOf(text).filter((one) => one.marked)
  const dated = marked.filter(({ value }) => namesYear.test(value))
  const quoted = new Set(marked.map(({ line }) => line))
  const values = text.split('\n').flatMap((line, i) => (line.includes(unchecked) && !quoted.has(i) ? [i + 1] : []))
  const others = new Set(marked.filter((one) => !dated.includes(one)).map(({ line }) => line + 1))
  return [
    ...dated.map(({ place, value }) =>
      warning(place, `待核对：“${value}”引自上一个方案，请换成新方案的原文，再删去“# 待核对”。`),
    ),
    ...(others.size > 0
      ? [warning('待核对', `第${[...others].join('、')}行引自上一个方案，请逐处对照新方案，再删去“# 待核对”。`)]
      : []),
    ...(values.length > 0
      ? [warning('待核对', `第${values.join('、')}行的值是程序读出来的，没有把握，请逐处对照方案，再删去“# 待核对”。`)]
      : []),
  ]
}

const warning = (place: string, sentence: string): Finding => ({ level: '警告', place, sentence })
