import { numeral, numeralChars } from '../numerals.ts'
import type { CampaignFile, Finding } from '../plan/campaign-file.ts'
import { readOwners } from '../plan/owners.ts'
import type { Terms } from '../plan/terms.ts'

/** A piece of the plan. With `ofBranch` it speaks of a branch if it names nobody. */
type Phrase = { place: string; words: string; ofBranch: boolean }

const warning = (place: string, sentence: string): Finding => ({ level: '警告', place, sentence })

/** Warns where the plan's words differ from general Party practice or leave something open. */
export function wordWarnings(file: CampaignFile, terms: Terms): Finding[] {
  const phrases = phrasesOf(file)
  return [
    ...phrases.flatMap((phrase) => terms.meetings.flatMap((meeting) => meetingWarnings(phrase, meeting))),
    ...phrases.flatMap((phrase) => leavingWarnings(phrase, terms.leaving)),
    ...selfScoreWarnings(file, terms.selfScores),
  ]
}

function phrasesOf(file: CampaignFile): Phrase[] {
  const { rubric, taskList, duties, conversion, mobileMembers } = file
  const plain = (place: string, words: string): Phrase => ({ place, words, ofBranch: false })
  const isOfBranch = (owners: string): boolean => {
    const read = readOwners(owners, file)
    return 'posts' in read && read.posts.every((post) => post === 'branch-secretary')
  }
  return [
    ...rubric.sections.flatMap(({ items }, i) =>
      items.map(({ words }, j) => ({ place: `rubric.sections[${i}].items[${j}].words`, words, ofBranch: true })),
    ),
    ...taskList.tasks.flatMap(({ name, requirements, owners }, i) =>
      [name, ...requirements].map((words) => ({ place: `taskList.tasks[${i}]`, words, ofBranch: isOfBranch(owners) })),
    ),
    ...duties.meetings.kinds.map(({ name }, i) => ({
      place: `duties.meetings.kinds[${i}].name`,
      words: name,
      ofBranch: true,
    })),
    ...Object.entries(duties).map(([name, { words }]) => plain(`duties.${name}.words`, words)),
    plain('duties.grading.inputs.words', duties.grading.inputs.words),
    plain('conversion.words', conversion.words),
    plain('mobileMembers.words', mobileMembers.words),
  ]
}

const sentencesOf = (words: string): string[] =>
  words.split(/[。；;！？\n]/).filter((sentence) => sentence.trim() !== '')
const quoted = (words: string): string => `“${words.trim()}”`

/**
 * Warns of a meeting held by the wrong body. The body is the last one named before the meeting; in a branch's phrase that names none, it is
 * the branch.
 */
function meetingWarnings(phrase: Phrase, { name, heldBy, notHeldBy, instead }: Terms['meetings'][number]): Finding[] {
  const wrong = sentencesOf(phrase.words).find((sentence) => {
    const at = sentence.indexOf(name)
    if (at < 0) return false
    const named = (holders: readonly string[]): number =>
      Math.max(...holders.map((one) => sentence.lastIndexOf(one, at)))
    const [right, other] = [named(heldBy), named(notHeldBy)]
    return right < 0 && other < 0 ? phrase.ofBranch : other > right
  })
  return wrong === undefined
    ? []
    : [
        warning(
          phrase.place,
          `${quoted(wrong)}：${name}由${heldBy.join('、')}召开，支部开的是${instead}；请核实，记录按${instead}。`,
        ),
      ]
}

const months = new RegExp(`(半年)|(\\d+|[${numeralChars}]+)\\s*(个?月|年)`, 'g')
function monthsIn(sentence: string): number[] {
  return [...sentence.matchAll(months)].flatMap(([, half, count = '', unit]) => {
    const value = half ? 6 : /^\d/.test(count) ? Number(count) : numeral(count)
    return value === undefined ? [] : [unit === '年' ? value * 12 : value]
  })
}

function leavingWarnings({ place, words }: Phrase, leaving: Terms['leaving']): Finding[] {
  return sentencesOf(words).flatMap((sentence) => {
    const term = leaving.words.find((one) => sentence.includes(one))
    const short = monthsIn(sentence).find((count) => count < leaving.months)
    return term === undefined || short === undefined
      ? []
      : [
          warning(
            place,
            `原文满${short}个月就按“${term}”，一般要连续${leaving.months}个月，并由${leaving.requires}；程序只提醒联系关心，请核实。`,
          ),
        ]
  })
}

/** The general branch's own score decides (decision 3). Weights in the plan's words are not reckoned, so they give a warning. */
function selfScoreWarnings({ duties, result }: CampaignFile, terms: Terms['selfScores']): Finding[] {
  if (result?.shares) return []
  const { words } = duties.grading.inputs
  const named = terms.words.find((one) => words.includes(one))
  if (named === undefined) return []
  const said = terms.weights.some((one) => words.includes(one))
    ? `原文写了“${named}”占多少，程序不折算`
    : `原文把“${named}”列为定级依据，没有写各占多少`
  return [warning('duties.grading.inputs.words', `${said}；以总支评分定级，自评放在旁边供参考，请核实。`)]
}
