import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyReport, missingParts, type Report } from '../../src/campaign/reading/read-liaison-report.ts'
import { takenUp } from '../../src/campaign/reports/draft.ts'
import type { Named } from '../../src/campaign/roster/names.ts'

const named = (generalName: string, ...names: string[]): Named[] =>
  names.map((name) => ({ id: name, name, generalName }))
const own = named('机电工程学院党总支', '机电教工第一党支部', '机电教工第二党支部', '机电学生党支部')
const others = named('信息工程学院党总支', '软件教研室党支部', '信息教工第一党支部', '信息学生党支部')
const known = { own, all: [...others, ...own] }
const ways: { readonly [id: string]: readonly string[] } = {
  机电教工第一党支部: [
    '机电教工第一党支部',
    '机电教工一支部',
    '教工一支部',
    '教工第一支部',
    '机电教工1支部',
    '教工一党支部',
  ],
  机电教工第二党支部: ['机电教工第二党支部', '机电教工二支部', '教工二支部', '教工第二党支部', '机电教工2支部'],
  机电学生党支部: ['机电学生党支部', '机电学生支部', '学生支部', '学生党支部'],
}
const state = [
  '班子健全',
  '学习正常',
  '台账规范',
  '党员到会率高',
  '三会一课按期开展',
  '党课讲得好',
  '记录完整',
  '气氛很好',
]
const solved = [
  '帮助解决了门锁问题',
  '协调了一间教室',
  '已联系后勤修好空调',
  '添置了20册图书',
  '补齐了党费台账',
  '解决桌椅不足的问题',
]
const issues = [
  '实习党员分散',
  '活动经费不足',
  '场地紧张',
  '青年教师时间难统一',
  '组织关系转接慢',
  '外聘教师难管理',
  '设备老化',
]
const open = [
  '投影坏了没人管，请党委研究',
  '活动室漏雨，支部自己解决不了',
  '经费渠道不明，希望学院协调',
  '停车难的问题还没解决',
]
const none = ['没有难点', '无难点', '难点：无', '没有需要党委研究的问题', '暂无难点堵点', '难点无']

const places = fc.shuffledSubarray(
  own.map(({ id }) => id),
  { minLength: 1, maxLength: 2 },
)
const go = fc.constantFrom('到', '去了', '走访', '走访了', '5月12日到', '本月到', '我去了', '这个月去的是')
const nameOf = (id: string): fc.Arbitrary<string> => fc.constantFrom(...(ways[id] ?? [id]))

/** A sentence that tells which branches were visited, and which it leaves out. */
const visit = places.chain((visited) =>
  fc
    .record({
      go,
      names: fc.tuple(...visited.map(nameOf)),
      by: fc.constantFrom('、', '和', '与'),
      turn: fc.constantFrom('', 'planned', 'denied', 'later', 'last', 'other'),
    })
    .chain(({ go: verb, names, by, turn }) => {
      const rest = own.map(({ id }) => id).filter((id) => !visited.includes(id))
      const there = `${verb}${names.join(by)}`
      return fc.constantFrom(...rest).chain((left) =>
        nameOf(left).map((name) => {
          const said = {
            '': there,
            planned: `原计划去${name}，结果${there}`,
            denied: `没去${name}，${there}`,
            later: `${there}，${name}下月再去`,
            last: `上个月去的${name}，这个月${there}`,
            other: `${there}，与软件教研室党支部联合开展活动`,
          }[turn]
          return { visited, words: said ?? there }
        }),
      )
    }),
)
const meant = fc.record({
  visit,
  state: fc.shuffledSubarray(state, { minLength: 1, maxLength: 3 }),
  solved: fc.option(fc.constantFrom(...solved)),
  issues: fc.shuffledSubarray(issues, { maxLength: 3 }),
  open: fc.option(fc.constantFrom(...open), { freq: 3 }),
  none: fc.constantFrom(...none),
  label: fc.constantFrom('难点', '堵点', '难点堵点', '难点、堵点、热点', '存在的难点', '需要提交党委会的难点'),
  shape: fc.constantFrom('sentences', 'labels', 'lines', 'numbered', 'table', 'issue first'),
})

type Written = { text: string; visited: string[]; hard: string[]; notHard: string[] }
function written({
  visit: { visited, words },
  state: seen,
  solved: done,
  issues: hard,
  open: waits,
  none: nothing,
  label,
  shape,
}: typeof meant extends fc.Arbitrary<infer T> ? T : never): Written {
  const isNamed = hard.length > 0
  const list = hard.length > 1 ? hard.map((one, i) => `${i + 1}.${one}`).join('；') : (hard[0] ?? '无')
  const solvedPart = done ?? '无'
  const say = seen.join('，')
  const meaning = { visited, hard, notHard: [...seen, ...(done ? [done] : [])] }
  if (shape === 'labels')
    return { ...meaning, text: `走访支部：${words}。情况：${say}。解决：${solvedPart}。${label}：${list}。` }
  if (shape === 'lines')
    return { ...meaning, text: `【走访】${words}\n【情况】${say}\n【解决的问题】${solvedPart}\n【${label}】${list}` }
  if (shape === 'numbered')
    return { ...meaning, text: `一、走访情况：${words}，${say}。二、解决问题：${solvedPart}。三、${label}：${list}。` }
  if (shape === 'table')
    return {
      ...meaning,
      text: `联系支部\t情况\t解决问题\t难点\n${visited.join('、')}\t${say}\t${solvedPart}\t${hard[0] ?? '无'}`,
      hard: hard.slice(0, 1),
    }
  if (shape === 'issue first') return { ...meaning, text: `${label}：${list}。${words}，${say}。解决：${solvedPart}。` }
  const tail = isNamed ? `${label}：${list}` : (waits ?? nothing)
  return {
    ...meaning,
    hard: isNamed ? hard : waits ? [waits] : [],
    text: `${words}，${say}。${done ? `${done}。` : ''}${tail}。`,
  }
}

const mutate = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.replaceAll('：', ':').replaceAll('；', ';'),
  (text) => text.replace(/。$/, ''),
  (text) => text.replaceAll('。', '。\n'),
  (text) =>
    text
      .replaceAll('，', ',')
      .replaceAll('。', '. ')
      .replace(/\. (?=[\d])/g, '.'),
  (text) => `各位领导好，${text}`,
  (text) => `${text}\n以上请审阅。`,
  (text) => text.replaceAll('。', '！'),
  (text) => text.replaceAll('\n', '\u000B'),
  (text) => text.replaceAll('：', '： '),
  (text) => `\u200B${text}  `,
)

const isAsked = (report: Report): boolean => report.unclearBranches !== undefined || missingParts(report).length > 0

it('a report made from what is meant is read as it, or asked about', () => {
  let asked = 0
  const runs = 8_000
  fc.assert(
    fc.property(meant, mutate, (what, change) => {
      const { text, visited, hard, notHard } = written(what)
      const { report } = takenUp(emptyReport, change(text), known)
      for (const id of report.branches) expect(visited).toContain(id)
      for (const words of notHard) expect(report.hard ?? '').not.toContain(words)
      if (isAsked(report)) {
        asked++
        return
      }
      expect([...report.branches].sort()).toEqual([...visited].sort())
      const lines = report.hard === '无' ? [] : (report.hard ?? '').split('\n')
      expect(lines).toHaveLength(hard.length)
      for (const issue of hard) expect(report.hard?.replaceAll(',', '，')).toContain(issue)
    }),
    { numRuns: runs },
  )
  expect(asked / runs).toBeLessThan(0.2)
})
