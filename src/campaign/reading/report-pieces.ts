/** Splits a report into pieces: whole sentences, each with its label. */
import { listNumber } from './list-number.ts'

export type Label = 'branch' | 'seen' | 'solved' | 'hard' | 'problem' | 'advice' | 'other'
/**
 * `from`–`to` is the piece without its label. Pieces and labels together are the whole text. `begins`: the piece follows its label
 * directly.
 */
export type Piece = { from: number; to: number; label?: Label; begins: boolean; listed: boolean }

const words =
  '本月|本次|这个?月|这次|我|看到|看见|了解|掌握|见到|见闻|所见所闻|所见|所闻|印象|总体|基本|整体|走访|联系|到访|所到|调研|党建|支部|党支部|活动|工作|现状|情况|的|和|与|及|、|主要|突出|存在|发现|反映|遗留|尚存|一些|解决|帮助|帮扶|协助|协调|办理|落实|推动|已经?|所|未|没有|尚|待|需要?|请|提交|上报|报|党委会?|学院|上级|研究|难点|堵点|热点|痛点|难题|困难|问题|短板|不足|瓶颈|事项|实事|好事|办|意见|建议|对策|措施|做法|下一?步|打算|到|去|下|了|对象|单位|名称|时间|日期|地点|方式|人员|补充|一条|条|诉求|需求|[一二三四五六七八九十\\d]|第|有|是|为|如下|在于|两|个|：'
const ordinal = `(?:${listNumber}\\s*|[（(]?[a-hA-H][)）、.．]\\s*|[*•·—-]\\s*|[一二三四五六七八九]是)?`
const heading = new RegExp(
  `^\\s*${ordinal}[【\\[［〔](?<bracketed>(?:${words}){1,14})[】\\]］〕]\\s*[:：]?\\s*|^\\s*${ordinal}(?<plain>(?:${words}){1,14})\\s*[:：]\\s*`,
)
const headingAlone = new RegExp(`^\\s*${ordinal}(?<plain>(?:${words}){1,14})\\s*[\\n\\t]\\s*`)
const spaced =
  /^\s{0,4}(?:\d{1,2}[.、)）]\s{0,2})?(?<plain>情况|支部|走访支部|联系支部|解决|解决问题|解决的问题|帮助解决|难点|难点堵点|难点堵点热点|堵点|热点|建议|意见建议)(?:[ \t\u3000]{1,8}(?=\S)|(?=[0零无](?:$|[\s。，,;；])))/
const longestLabel = 24

const kinds: readonly [Label, RegExp][] = [
  ['other', /时间|日期|地点|方式|人员/],
  [
    'branch',
    /^(?:本月|本次|这次|我|所)*(?:走访|联系|到访|所到|到了?|去了?|下|调研)?的?(?:党?支部|对象|单位)(?:名称)?$|^(?:走访|到访|到了|去了)$/,
  ],
  ['hard', /难点|堵点|热点|痛点|难题|瓶颈|困难|(?:未|没有|待|需|请|提交|上报).{0,6}(?:解决|研究|协调|党委)|党委/],
  ['solved', /解决|帮助|帮扶|协助|协调|办理|落实|推动|实事|好事/],
  ['problem', /问题|短板|不足/],
  ['advice', /建议|意见|对策|打算|下一?步|措施|诉求|需求/],
  ['seen', /情况|看到|看见|了解|掌握|见闻|所见|所闻|见到|印象|走访|调研|联系|活动|现状|工作|做法|反映|发现|补充/],
]

type Title = { label: Label; length: number }
/** `难点：`, `【意见建议】`, `二、解决的问题：`, or a title alone on its line. */
function titled(text: string, startsLine: boolean): Title | undefined {
  const found =
    (/[:：【[［〔]/.test(text) ? heading.exec(text) : null) ??
    spaced.exec(text) ??
    (startsLine ? headingAlone.exec(text) : null)
  const said = (found?.groups?.['bracketed'] ?? found?.groups?.['plain'])?.trim()
  // 党委： alone begins a letter.
  if (!found || said === undefined || /^(?:学院)?党委会?$|^(?:没有|未|本月未|本月没有)(?:走访|到|去)?$/.test(said))
    return undefined
  const label = kinds.find(([, pattern]) => pattern.test(said))?.[0]
  return label && { label, length: found[0].length }
}

/** The places at which a piece may begin: after a match, or at the place of an empty match. */
const breaks: readonly RegExp[] = [
  // The end of a sentence or of a cell. Also a half-width full stop that ends neither a number nor the mark of a list.
  /[。！？!?；;\n\t]\s{0,8}/g,
  /(?<![a-zA-Z\d])(?<=[\p{L}\p{P}])(?<!(?:^|[\s(（。；;，,])[一二三四五六七八九十]{1,2})\.\s?/gu,
  // Before a possible label, a heading in brackets, or the mark of a list.
  /[,，、\s)）](?=\s{0,4}(?:[（(]?(?:[a-hA-H]|[\d一二三四五六七八九十]{1,2})[)）、.．]\s{0,2})?[\p{Script=Han}、]{1,14}\d?\s{0,4}[:：])/gu,
  /\s(?=\s{0,8}[【[])|\s(?=(?:情况|解决|难点|堵点|热点|建议)(?:[^\S\n]{1,8}\S|[0零无](?:$|[\s。，,;；])))|\s(?=\s{0,8}\d{1,2}[)）.．、]\D)/g,
  /(?=[【①-⒛㈠-㈩])/g,
]

function startsOf(text: string): number[] {
  const starts = breaks.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: mark, index }) => index + mark.length),
  )
  const sorted = [...new Set([0, ...starts])].sort((a, b) => a - b)
  // A part without a word belongs to the piece before it.
  return sorted.filter((at, i) => i === 0 || /[\p{L}\d]/u.test(text.slice(at, sorted[i + 1] ?? text.length)))
}

const listed = new RegExp(`^\\s*(?:${listNumber}|[*•·—-]|第[一二三四五六七八九十\\d]+[、，,：:]|其[一二三])`, 'u')
const isListed = (words: string): boolean => listed.test(words)

/** The pieces in the order of the text. A label holds until the next one; the cells of a table have the label of their header. */
export function piecesOf(text: string): Piece[] {
  const starts = startsOf(text)
  const pieces: Piece[] = []
  const cells = tableLabels(text)
  let label: Label | undefined
  let fresh = false
  starts.forEach((start, i) => {
    const to = starts[i + 1] ?? text.length
    const cell = cells.get(start)
    if (cell) {
      label = cell === 'head' || cell === 'end' ? undefined : cell
      if (cell !== 'end') {
        if (cell !== 'head') pieces.push({ from: start, to, label: cell, begins: true, listed: false })
        return
      }
    }
    const startsLine = start === 0 || /\n\s{0,3}$/.test(text.slice(Math.max(0, start - 4), start))
    // A title alone on its line ends with the line break, which also ends the piece.
    const title = titled(text.slice(start, Math.min(to, start + longestLabel)), startsLine)
    if (title) label = title.label
    const from = start + Math.min(title?.length ?? 0, to - start)
    const listed = isListed(text.slice(from, from + 6)) || isListed(text.slice(start, start + 6))
    fresh ||= title !== undefined
    if (from === to) return
    pieces.push({ from, to, ...(label ? { label } : {}), begins: fresh, listed })
    fresh = false
  })
  return pieces
}

/** The label of a cell that holds only a title. */
function titleOf(cell: string): Label | undefined {
  const title = titled(`${cell}：`, false)
  return title?.length === cell.length + 1 ? title.label : undefined
}

/**
 * The label of each cell of a pasted table, by the place where the cell begins. `head` marks the titles themselves, `end` a line after the
 * table.
 */
function tableLabels(text: string): Map<number, Label | 'head' | 'end'> {
  const found = new Map<number, Label | 'head' | 'end'>()
  let head: (Label | undefined)[] | undefined
  let at = 0
  for (const line of text.split('\n')) {
    const cells = line.includes('\t') ? line.split('\t') : []
    const labels = cells.map(
      (cell) => titleOf(cell.trim()) ?? (/^(?:序号|姓名|备注|编号)$/.test(cell.trim()) ? 'other' : undefined),
    )
    // Words of greeting may stand before the first title.
    const isHead = cells.length > 1 && labels.slice(1).every(Boolean) && (labels[0] !== undefined || cells.length > 2)
    let cellAt = at
    for (const [i, cell] of cells.entries()) {
      const label = isHead ? 'head' : cells.length === head?.length ? head[i] : undefined
      if (label) found.set(cellAt + cell.length - cell.trimStart().length, label)
      cellAt += cell.length + 1
    }
    if (isHead) head = labels
    else if (cells.length < 2 && head) {
      found.set(at, 'end')
      head = undefined
    }
    at += line.length + 1
  }
  return found
}
