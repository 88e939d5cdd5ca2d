/** Reads liaison reports as people write them. The text stays whole, and marks lie on whole sentences. Contract: Reading reports. */

import { matchOwn } from '../roster/names.ts'
import type { Known, Mention } from './branch-mentions.ts'
import { listNumber } from './list-number.ts'
import { readVisits } from './read-visits.ts'
import { type Piece, piecesOf } from './report-pieces.ts'
import {
  givesReason,
  isClosing,
  type Saying,
  sayingOf,
  saysEnough,
  saysNone,
  saysNothingSolved,
  soundsSeen,
} from './report-words.ts'
import { onOneLine, trimmedBy } from './trim.ts'

export { saysEnough, saysNone, saysYes } from './report-words.ts'

/**
 * What is known of a report. `text`: everything that the person wrote. `branches`: ids of the visited branches. `hard`: one issue on each
 * line, or 无. `doubt`: sentences that may be hard issues. `seen`, `solved`: whether the text says something of it.
 */
export type Report = {
  text: string
  branches: string[]
  unclearBranches?: { words: string; ids: string[] }
  noVisit?: string
  seen?: true
  solved?: true
  hard?: string
  doubt?: string
}
export type Missing = 'branch' | 'reason' | 'seen' | 'solved' | 'hard'
/**
 * One message. `others`: ids of visited branches that belong to somebody else. `missed`: ids of branches that were not visited. `none`: the
 * words which say that there is no hard issue.
 */
export type Reading = Report & { others: string[]; missed: string[]; mentions: Mention[]; none?: string }

export const noIssue = '无'
export const emptyReport: Report = { text: '', branches: [] }

/** Reads one message of a report. `open` holds the parts that were asked for, so that an answer without labels finds its place. */
export function readLiaisonReport(text: string, known: Known, open: readonly Missing[] = []): Reading {
  const visits = readVisits(text, known)
  const answer = answered(text, known, open)
  if (answer) return { others: [], missed: [], mentions: visits.mentions, ...answer }
  const pieces = scoped(text, visits.mentions)
  const isReason =
    visits.branches.length === 0 &&
    !visits.unclear &&
    (visits.none || (open.includes('reason') && !open.includes('branch')))
  const [only] = known.own
  const branches =
    visits.branches.length === 0 &&
    !visits.unclear &&
    visits.others.length === 0 &&
    !isReason &&
    known.own.length === 1 &&
    only
      ? [only.id]
      : visits.branches
  return {
    text,
    branches,
    others: visits.others,
    missed: visits.missed,
    mentions: visits.mentions,
    ...(visits.unclear ? { unclearBranches: visits.unclear } : {}),
    ...(isReason ? { noVisit: text.trim() } : {}),
    ...(saysMore(text, pieces, visits.mentions) ? { seen: true as const } : {}),
    ...(pieces.some(isSolved) ? { solved: true as const } : {}),
    ...hardOf(pieces, open),
  }
}

/** Names alone, or words that only answer a question, are not part of the report's text. */
function answered(text: string, known: Known, open: readonly Missing[]): Report | undefined {
  const asksHard = open.includes('hard')
  if (open.includes('branch')) {
    const named = namesAlone(text, known)
    if (named) return { text: '', ...named }
  }
  if (open.length > 0 && (saysNone(text) || saysEnough(text))) {
    const all = !/难点|堵点|热点|困难|问题|解决/.test(text)
    return {
      text: '',
      branches: [],
      ...(asksHard ? { hard: noIssue } : {}),
      ...(all || /解决/.test(text) ? { solved: true } : {}),
      ...(all && !asksHard ? { seen: true } : {}),
    }
  }
  return undefined
}

/** An answer of names only: `软件、网络`. */
export function namesAlone(text: string, known: Known): Pick<Report, 'branches' | 'unclearBranches'> | undefined {
  if (text.length > 120) return undefined
  const ids: string[] = []
  let unclear: Report['unclearBranches']
  const names = text
    .replace(/^[\s，,：:]*(?:我|这个?月|本月)*(?:去|到|走访)?(?:了|的是|的)?/, '')
    .split(/[\s,，、；;。和与及]+/)
    .filter(Boolean)
  for (const name of names) {
    const match = matchOwn(name, known)
    if (match.kind === 'several') unclear ??= { words: name, ids: match.ids }
    else if (match.kind === 'one') ids.push(match.id)
    else return undefined
  }
  if (unclear) return { branches: ids, unclearBranches: unclear }
  return ids.length > 0 ? { branches: [...new Set(ids)] } : undefined
}

type Said = Piece & { words: string; saying: Saying }

/** A title holds until the next title, or until a sentence about something else: a visit, the present state, the end of the letter. */
function scoped(text: string, mentions: readonly Mention[]): Said[] {
  let isOver = false
  let [at, next] = [0, mentions[0]]
  return piecesOf(text).map(({ label, ...piece }) => {
    const words = text.slice(piece.from, piece.to)
    const saying = sayingOf(words)
    while (next && next.from < piece.from) next = mentions[++at]
    const isVisit = next !== undefined && next.from < piece.to
    const isOther =
      isClosing(words) || isVisit || (saying.open === undefined && (soundsSeen(words) || saying.done === true))
    if (piece.begins) isOver = saysNone(words)
    else if (label === 'hard' && !piece.listed && isOther) isOver = true
    return { ...piece, words, saying, ...(label === undefined || (isOver && !piece.begins) ? {} : { label }) }
  })
}

const isSolved = ({ words, saying, label }: Said): boolean =>
  label === 'solved' || saying.done === true || saysNothingSolved(words)

const visitWords =
  /走访|调研|联系|看望|走进|来到|前往|深入|[下去到赴]|了|过|我|本人|先后|分别|和|与|及|等|[两三四二]个|党?支部|的|座谈|开展|\d+月份?(?:\d+[日号]?)?|\d+[日号.]|本月|这个?月|今天|昨天|上周|本周|[上下]午|周[一二三四五六日]|星期.|第|[一二]|[\d.]+/g
/** Whether the text says more than that the member went and that there is nothing. */
function saysMore(text: string, pieces: readonly Said[], mentions: readonly Mention[]): boolean {
  return pieces.some(({ from, to, label }) => {
    if (label === 'hard' || label === 'other') return false
    const inside = mentions.filter((one) => one.from >= from && one.to <= to)
    let [rest, at] = ['', from]
    for (const one of inside) {
      rest += text.slice(at, one.from)
      at = one.to
    }
    const left = (rest + text.slice(at, to))
      .slice(0, 400)
      .split(/[，,]/)
      .filter((clause) => !saysNone(clause))
      .join('')
    return (left.replace(visitWords, '').match(/[\p{L}\d]/gu) ?? []).length >= 2
  })
}

/** A phrase this long without a comma was dictated, and nobody can tell where its sentences end. */
const longestPhrase = 42
const isDictated = ({ words, label, saying }: Said): boolean =>
  label !== 'hard' &&
  words.length > longestPhrase &&
  (!/[，,、：:]/.test(words) || (longestClause(words) > longestPhrase / 2 && saying.done === true))
const longestClause = (words: string): number => Math.max(...words.split(/[，,、：:]/).map((one) => one.length))

/** The hard issues as they will stand on the agenda, or that there is none, or sentences that may be one. */
function hardOf(pieces: readonly Said[], open: readonly Missing[]): Pick<Reading, 'hard' | 'doubt' | 'none'> {
  const isLabelled = pieces.some(({ label }) => label === 'hard')
  const labelled = issuesUnder(pieces.filter(({ label }) => label === 'hard'))
  const problems = isLabelled
    ? []
    : issuesUnder(pieces.filter(({ label, saying }) => label === 'problem' && !saying.done))
  const free = pieces.filter(
    ({ label, words, saying }) =>
      label !== 'hard' &&
      label !== 'solved' &&
      label !== 'advice' &&
      label !== 'other' &&
      (label !== 'problem' || (saying.done === true && saying.open !== undefined)) &&
      !isClosing(words),
  )
  const waiting = free.filter((one) => one.saying.open === 'open' && !isDictated(one))
  const doubtful = free.filter((one) => one.saying.open === 'doubt' || (one.saying.open === 'open' && isDictated(one)))
  const faint = free.filter(({ saying }) => saying.open === 'weak')
  const none = pieces.filter(
    ({ label, words, saying }) =>
      (label !== 'solved' && saying.none && saying.open !== 'open') ||
      ((label === 'hard' || label === 'problem') && saysNone(words)),
  )
  const saysSo = none.length > 0
  const firm = none.some(({ saying, label }) => label === 'hard' || !saying.rest)
  const issues = [
    ...labelled,
    ...problems,
    ...(saysSo && firm && labelled.length === 0
      ? []
      : isLabelled && labelled.length > 0
        ? waiting.filter(({ saying }) => saying.committee).map(trimmed)
        : waiting.map(trimmed)),
  ]
  const noneWords = none.at(-1)?.words
  if (issues.length > 0) return { hard: issues.join('\n'), ...(noneWords ? { none: noneWords } : {}) }
  const unsure = saysSo && firm ? waiting : [...waiting, ...doubtful]
  if (unsure.length > 0) return { doubt: unsure.map(trimmed).join('\n') }
  if (saysSo) return { hard: noIssue, ...(noneWords ? { none: noneWords } : {}) }
  if (faint.length > 0 && !(open.length === 1 && open[0] === 'hard')) return { doubt: faint.map(trimmed).join('\n') }
  if (open.length === 1 && open[0] === 'hard') return { hard: pieces.map(trimmed).join('\n') }
  return {}
}

/** The agenda numbers the issues itself. */
const listMark = new RegExp(`^${listNumber}\\s*`, 'u')
const trimmed = ({ words }: { words: string }): string =>
  trimmedBy(trimmedBy(words, /[\s，,、；;]/).replace(listMark, ''), /[\s，,、；;]/)

/** Sentences under one title are one issue, unless they are numbered. */
function issuesUnder(pieces: readonly Said[]): string[] {
  const issues: string[] = []
  let end = -1
  for (const one of pieces) {
    const { from, to, words, begins, listed } = one
    if (saysNone(words) || !/[\p{L}\d]/u.test(words)) continue
    const last = issues.length - 1
    if (!begins && !listed && from === end && last >= 0) issues[last] = `${issues[last]}${words}`
    else issues.push(words)
    end = to
  }
  return issues
    .map((words) => onOneLine(trimmed({ words })))
    .filter((words) => words !== '' && !/^(?:难点|堵点|热点|问题|[、和])+$/.test(words))
}

/**
 * The parts still to be asked, in this order. Without a visit, a reason is enough. What was solved is asked only together with another
 * part.
 */
export function missingParts(report: Report): Missing[] {
  if (report.noVisit !== undefined) return givesReason(report.noVisit) ? [] : ['reason']
  const missing: Missing[] = report.branches.length > 0 ? [] : ['branch']
  if (!report.seen && !report.solved) missing.push('seen')
  if (report.hard === undefined) missing.push(...(report.solved ? [] : (['solved'] as const)), 'hard')
  return missing
}
