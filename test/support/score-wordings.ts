/** Plays wordings of scores against the bot, each by a secretary of its own. test/cases/README.md explains a line. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Message } from '../../src/bot/messages/message.ts'
import { fullMarks, type Scores, totalOf } from '../../src/campaign/scores/rubric.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import type { Wording } from './score-cases.ts'
import { talkingCollege } from './talking-college.ts'

export type Outcome = { outcome: 'understood' | 'asked' | 'wrong'; got: string; shown: string }

const { rubric } = campaignOf(plan2022)
const full = fullMarks(rubric)
const kinds = ['教工第一党支部', '教工第二党支部', '学生党支部', '教研室党支部']
const written = ['机电教工第一党支部', '机电教工第二党支部', '机电学生党支部', '软件教研室党支部']
const others = ['会计教研室党支部', '艺术设计党支部', '网络教研室党支部', '经管学生党支部', '经管教工第一党支部']
const firsts =
  '航空 汽车 旅游 护理 物流 园林 测绘 轨道 酒店 数控 电气 纺织 陶瓷 药学 口腔 影像 康复 动漫 服装 珠宝'.split(' ')
const seconds = '工程 技术 应用 运维 装备'.split(' ')
/** As many wordings as one college has departments. */
export const atOnce = firsts.length * seconds.length
const department = (i: number): string => `${firsts[i % firsts.length]}${seconds[Math.floor(i / firsts.length)]}`
const renamed = (i: number, text: string): string =>
  text.replaceAll('机电', department(i)).replaceAll('软件', department(i))

type Row = { [column: string]: string }
const person = (...[姓名 = '', 职务 = '', 党总支 = '', 党支部 = '', 企业微信账号 = '']: string[]): Row => ({
  姓名,
  职务,
  党总支,
  党支部,
  企业微信账号,
  钉钉账号: '',
  联系支部: '',
})
const people = [
  person('周组部', '组织部', '', '', 'zhouzubu'),
  ...others.map((branch, i) => person(`旁支书${i}`, '党支部书记', '人文学院党总支', branch, `other${i}`)),
  ...Array.from({ length: atOnce }, (_, i) => [
    person(`总支书记${i}号`, '党总支书记', `${department(i)}学院党总支`, '', `g${i}`),
    ...kinds.map((kind, j) =>
      person(`支书${i}之${j}`, '党支部书记', `${department(i)}学院党总支`, department(i) + kind, `z${i}x${j}`),
    ),
  ]).flat(),
]

const wordsOf = (message: Message): string => {
  if (message.kind === 'text') return message.text
  if (message.kind === 'file') return '(file)'
  const { title, desc, rows = [], text, words } = message.card
  return [title, desc, ...rows.map(({ name, value }) => `${name} ${value}`), text, words].filter(Boolean).join('\n')
}
const isConfirmation = (message: Message): boolean =>
  message.kind === 'card' &&
  message.card.ask?.kind === 'buttons' &&
  message.card.ask.buttons.some(({ text }) => text === '提交')

/** The scores that 预览 shows, by item, without the open ones. */
function previewed(text: string): Map<number, number> {
  const found = new Map<number, number>()
  for (const line of text.split('\n')) {
    const [, item, score] = /^\s*(\d{1,2})\s\D.*?(\d+(?:\.\d+)?)分(?:（.*)?$/.exec(line) ?? []
    if (item !== undefined) found.set(Number(item), Number(score))
  }
  return found
}
/** The rows of a confirmation, as 18 scores. */
const confirmed = (text: string): number[] =>
  text
    .split('\n')
    .flatMap((line) => /((?:\d+(?:\.\d+)?\s+)+\d+(?:\.\d+)?)\s*＝/.exec(line)?.[1]?.split(/\s+/).map(Number) ?? [])
const scoresOf = (want: { [item: string]: number }): Scores => full.map((score, i) => want[i + 1] ?? score)
const belowFull = (shown: ReadonlyMap<number, number>): string =>
  [...shown].flatMap(([item, score]) => (score === full[item - 1] ? [] : `${item}:${score}`)).join(' ')

/** Opens a college. `play` takes the i-th wording of up to `atOnce`. */
export async function wordingCollege() {
  const folder = await mkdtemp(join(tmpdir(), 'wordings-'))
  const store = await openEmbedded(folder, { kind: 'platform' })
  const { says } = await talkingCollege(store, { at: '2022-04-22 10:00', people })
  const play = async (wording: Wording, i: number): Promise<Outcome> => {
    const account = wording.as ? `z${i}x${written.indexOf(wording.as)}` : `g${i}`
    const say = (text: string) => says(account, renamed(i, text))
    const preview = async () => previewed((await say('预览')).map(wordsOf).join('\n'))
    for (const text of wording.before ?? []) await say(text)
    const begun = (wording.before ?? []).some((text) => !/^评分( \S+)?$/.test(text))
    const before = begun ? await preview() : new Map<number, number>()
    const answers = await say(wording.text)
    const shown = answers.map(wordsOf).join('\n')
    const card = answers.findLast(isConfirmation)
    if (isAboutSeveral(wording)) return several(wording, card ? shown : '', i)
    const text = await preview()
    const rows = card ? confirmed(wordsOf(card)) : []
    const now = text.size < 18 && rows.length === 18 ? new Map(rows.map((score, k) => [k + 1, score])) : text
    const got = `${belowFull(now)}${now.size < 18 ? ` (${now.size} kept)` : ''}`
    return {
      ...judged(wording, {
        before,
        now,
        rows,
        offered: card !== undefined,
        named: shown.includes(renamed(i, (wording.branch ?? '').replace(/党支部$/, ''))),
      }),
      got,
      shown,
    }
  }
  const close = async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { play, close }
}

type Scored = {
  before: Map<number, number>
  now: Map<number, number>
  rows: number[]
  offered: boolean
  named: boolean
}
function judged(wording: Wording, { before, now, rows, offered, named }: Scored): Pick<Outcome, 'outcome'> {
  const values = valuesOf(wording)
  if (rows.length === 18 && rows.some((score, k) => now.get(k + 1) !== score)) return { outcome: 'wrong' }
  const whole = offered && now.size === 18
  const same = before.size === 18 && [...now].every(([item, score]) => before.get(item) === score)
  if (whole && values.some((want) => [...now].every(([item, score]) => score === want[item - 1])))
    return { outcome: named ? 'understood' : 'wrong' }
  if (whole && !same) return { outcome: 'wrong' }
  const right = ([item, score]: [number, number]): boolean =>
    before.get(item) === score ||
    values.some((want) => score === want[item - 1]) ||
    (values.length === 0 &&
      !wording.open?.includes(item) &&
      score === (wording.kept?.[item] ?? full[item - 1]) &&
      (before.size < 18 || before.get(item) === score))
  return { outcome: [...now].every(right) ? 'asked' : 'wrong' }
}

const isNumbers = (want: { [key: string]: unknown }): want is { [key: string]: number } =>
  Object.values(want).every((value) => typeof value === 'number')
const listed = ({ want }: Wording) => [want].flat().flatMap((one) => (one === 'ask' ? [] : [one]))
const valuesOf = (wording: Wording): Scores[] => listed(wording).filter(isNumbers).map(scoresOf)
export const hasOneValue = ({ want }: Wording): boolean => !Array.isArray(want) && want !== 'ask'
const isAboutSeveral = (wording: Wording): boolean =>
  listed(wording).some((want) => Object.keys(want).some((key) => written.includes(key))) ||
  (listed(wording).length === 0 && wording.kind === 'several branches')

function several(wording: Wording, shown: string, i: number): Outcome {
  if (!/\d+(?:\.\d+)?\s*分/.test(shown)) return { outcome: 'asked', got: '', shown }
  const totals = new Map(
    written.flatMap((branch) => {
      const short = renamed(i, branch.replace(/党支部$/, ''))
      const total = new RegExp(`${short}(?:党支部)?[^\\n\\d]*(\\d+(?:\\.\\d+)?)\\s*分`).exec(shown)?.[1]
      return total === undefined ? [] : [[branch, Number(total)] as const]
    }),
  )
  const fits = listed(wording).some(
    (want) =>
      Object.keys(want).length === totals.size &&
      Object.entries(want).every(
        ([branch, own]) => typeof own === 'object' && totals.get(branch) === totalOf(scoresOf(own)),
      ),
  )
  const nothing = listed(wording).length === 0 && totals.size === 0
  const got = [...totals].map(([branch, total]) => `${branch} ${total}`).join(', ')
  return { outcome: fits ? 'understood' : nothing ? 'asked' : 'wrong', got, shown }
}
