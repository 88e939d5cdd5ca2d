/** Several meetings that were told bit by bit: which pieces belong together, and what must still be asked. */
import { wholeNumeral } from '../numerals.ts'
import { type MeetingSaid, presentOf } from './read-meetings.ts'

type Said = readonly MeetingSaid[]

const shares = (one: MeetingSaid, other: MeetingSaid): boolean => one.kinds.some((kind) => other.kinds.includes(kind))
const isSame = (one: MeetingSaid, other: MeetingSaid): boolean => one.day === other.day && shares(one, other)

/** `4月12日主题党日暨党员大会`, or the words as typed if day or kind is missing. */
export function meetingName({ day, kinds, words }: MeetingSaid): string {
  if (day === undefined || kinds.length === 0) return `“${Array.from(words).slice(0, 30).join('')}”`
  return `${dayShort(day)}${kinds.join('暨')}`
}
/** An ISO day in words: `4月12日`. */
export const dayShort = (iso: string): string => {
  const [, month, day] = iso.split('-').map(Number)
  return `${month}月${day}日`
}

/** The name of the topic: 主题党日 has a theme (主题), 党课 a title (题目), every other meeting its matters. */
export const topicName = (kind: string): string => (kind === '主题党日' ? '主题' : kind === '党课' ? '题目' : '议题')

/** The one question for a meeting that cannot be recorded yet. `example` is a kind of meeting that the plan has. */
export function meetingAsks(one: MeetingSaid, example = '支委会'): string | undefined {
  const { kinds, day, doubt, expected, topic } = one
  const present = presentOf(one)
  if (doubt !== undefined) return `“${Array.from(one.words).slice(0, 30).join('')}”：${doubt}`
  const counts = [expected === undefined ? '应到' : '', present === undefined ? '实到' : ''].filter(Boolean).join('、')
  const about = topicName(kinds[0] ?? '')
  const missing = [
    day === undefined ? '日期' : '',
    kinds.length === 0 ? '是哪一种会' : '',
    counts === '' ? '' : `${counts}人数`,
    topic === undefined ? about : '',
  ].filter(Boolean)
  if (missing.length > 0)
    return `${meetingName(one)}还差${missing.join('、')}。直接补上即可，如“${exampleOf(one, about, example)}”；不记这条请回复“删除”。`
  if (expected === 0) return `${meetingName(one)}：应到0人，应到应是几人？`
  if ((present ?? 0) > (expected ?? 0))
    return `${meetingName(one)}：实到${present}人多于应到${expected}人，实到应是几人？`
  return undefined
}

const exampleOf = (one: MeetingSaid, about: string, kind: string): string =>
  [
    `${one.day === undefined ? '4月12日' : ''}${one.kinds.length === 0 ? kind : ''}`,
    `${one.expected === undefined ? '应到5' : ''}${presentOf(one) === undefined ? '实到5' : ''}`,
    one.topic === undefined ? `${about}：…` : '',
  ]
    .filter(Boolean)
    .join('，')

/** Adds the new parts of `more` to a meeting. Numbers, the day and a named topic replace the old ones; other words are added. */
export function merged(before: MeetingSaid, more: MeetingSaid): MeetingSaid {
  const { doubt: _, ...known } = before
  const { topic, labelled, words, kinds, ...given } = more
  const both = before.topic !== undefined && topic !== undefined && !before.topic.includes(topic)
  const about = both && !labelled ? `${before.topic}；${topic}` : (topic ?? before.topic)
  const doubt = given.doubt ?? (given.day === undefined ? before.doubt : undefined)
  return {
    ...known,
    ...given,
    words: before.words === '' ? words : `${before.words}\n${words}`,
    kinds: kinds.length > 0 ? [...new Set([...(shares(before, more) ? before.kinds : []), ...kinds])] : before.kinds,
    ...(about === undefined ? {} : { topic: about }),
    ...(doubt === undefined ? {} : { doubt }),
  }
}

/**
 * The meeting to which a piece belongs: the one with the same day and kind, else the one that was asked about, else the only one. -1 means
 * another meeting.
 */
function placeOf(all: Said, piece: MeetingSaid): number | undefined {
  const asked = all.findIndex((one) => meetingAsks(one) !== undefined)
  const open = all[asked]
  const only = (fits: (one: MeetingSaid) => boolean): number | undefined => {
    const places = all.flatMap((one, i) => (fits(one) ? [i] : []))
    return places.length === 1 ? places[0] : undefined
  }
  const dated = piece.day !== undefined || piece.doubt !== undefined
  if (dated && piece.kinds.length > 0) {
    const same = all.findIndex((one) => isSame(one, piece))
    const fitsOpen =
      open !== undefined &&
      (open.day === undefined || open.day === piece.day) &&
      (open.kinds.length === 0 || shares(open, piece))
    return same >= 0 ? same : fitsOpen ? asked : -1
  }
  if (dated)
    return (
      (open?.day === undefined && open ? asked : undefined) ??
      only(({ day }) => day === piece.day) ??
      (all.length === 1 ? 0 : -1)
    )
  if (piece.kinds.length > 0) return only((one) => shares(one, piece)) ?? (open?.kinds.length === 0 ? asked : -1)
  if (open) return asked
  return all.length === 1 ? 0 : all.length === 0 ? -1 : undefined
}

/** A number alone answers the question that was asked. */
function asAsked(all: Said, piece: MeetingSaid): MeetingSaid {
  const number = /^([\d０-９]{1,5}|[一二三四五六七八九十]{1,3})[人个名]?[。.]?$/u.exec(piece.words.trim())?.[1]
  const open = all.find((one) => meetingAsks(one) !== undefined)
  if (number === undefined || !open || open.doubt !== undefined) return piece
  const value = /[\d０-９]/u.test(number) ? Number(number.normalize('NFKC')) : wholeNumeral(number)
  const { expected, present } = open
  const isFor = expected !== undefined && expected > 0 ? 'present' : present !== undefined ? 'expected' : undefined
  if (
    value === undefined ||
    isFor === undefined ||
    (isFor === 'present' && present !== undefined && present <= (expected ?? 0))
  )
    return piece
  const { topic: _, ...rest } = piece
  return { ...rest, [isFor]: value }
}

/** Adds pieces of one message to the known meetings. `unplaced` is a piece that fits several meetings, so we ask back. */
export function addMeetings(before: Said, pieces: Said): { all: MeetingSaid[]; unplaced?: string } {
  const all = [...before]
  const saidNow = new Set<number>()
  let unplaced: string | undefined
  for (const one of pieces) {
    const piece = asAsked(all, one)
    const place = placeOf(all, piece)
    const known = place === undefined ? undefined : all[place]
    // One message does not name two topics of one meeting: the second meeting's day is missing.
    const isNext = known?.topic !== undefined && piece.topic !== undefined && saidNow.has(place ?? -1)
    if (place === undefined) unplaced = piece.words
    else if (known && !isNext) all[place] = merged(known, piece)
    else all.push(piece)
    saidNow.add(known && !isNext ? (place ?? -1) : all.length - 1)
  }
  return unplaced === undefined ? { all } : { all, unplaced }
}
