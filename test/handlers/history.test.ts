import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'
import { aYearOf, type TalkingCollege, talkingCollege, words } from '../support/talking-college.ts'

let dir: string
let store: Store
let college: TalkingCollege
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'history-'))
  store = await openEmbedded(dir, { kind: 'platform' })
  college = await talkingCollege(store)
  await aYearOf(college)
})
afterAll(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})
/** The answer without the times. */
const asks = async (account: string, text: string): Promise<string[]> =>
  (await college.reads(account, text)).split('\n').map((line) => line.replace(/^\d+月\d+日\d+:\d+ /, ''))

const self = '钱立新提交自评第1版，100 分 先进'
const given = ['杨晓东提交评分第1版，98 分 先进', '杨晓东提交评分第2版，97 分 先进，第3项4改3']
const returned = `周组安退回评分第2版，97 分 先进，原因：${words.reason}`
const software = '软件教研室党支部的评分历史'

it('组织部 and the own 党总支书记 see every version of both scores, oldest first, with who and why', async () => {
  for (const account of ['zhouzuan', 'yangxiaodong'])
    expect(await asks(account, '历史 软件教研室')).toEqual([software, self, ...given, returned])
})

it('the 党支部书记 sees the own self-score, and nothing of the other score before 备案', async () => {
  expect(await asks('qianlixin', '历史 软件教研室')).toEqual([software, self])
  expect(await asks('qianlixin', '历史')).toEqual([software, self])
})

it('liaison members see nothing before 备案, and are told so', async () => {
  for (const account of ['gaowenjing', 'xuyiming'])
    expect(await asks(account, '历史 软件教研室')).toEqual(['软件教研室党支部的评分备案后才能查看。'])
})

it('after 备案 the branch’s secretary and its liaison members see the deciding score, the latter without the self-score', async () => {
  const filed = [
    '机电党总支/学生党支部的评分历史',
    '陈志刚提交评分第1版，98 分 先进',
    '周组安备案评分第1版，98 分 先进',
  ]
  for (const account of ['zhaomingyuan', 'gaowenjing', 'xuyiming'])
    expect(await asks(account, '历史 机电党总支/学生')).toEqual(filed)
})

it('nobody else sees anything', async () => {
  for (const [account, branch] of [
    ['chenzhigang', '软件教研室'],
    ['zhaomingyuan', '软件教研室'],
    ['qianlixin', '机电党总支/学生'],
    ['dengshuwen', '软件教研室'],
  ] as const) {
    const answer = (await asks(account, `历史 ${branch}`)).join('\n')
    expect(answer).toContain('无权')
    expect(answer).not.toMatch(/\d+ 分/)
  }
})

it('what is reopened is hidden again, and the reason stands in the history', async () => {
  await college.says('zhouzuan', '重开 机电党总支/学生 总分请再核一次')
  expect(await asks('gaowenjing', '历史 机电党总支/学生')).toEqual(['机电党总支/学生党支部的评分备案后才能查看。'])
  expect((await asks('chenzhigang', '历史 机电党总支/学生')).at(-1)).toMatch(
    /^周组安重开评分第1版.*，原因：总分请再核一次$/,
  )
})

it('a branch of which there is nothing yet is said so; an unknown one is answered with those that may be seen', async () => {
  expect(await asks('yangxiaodong', '历史 信息党总支/学生')).toEqual([
    '信息党总支/学生党支部的评分历史',
    '还没有提交过。',
  ])
  const [answer] = await college.says('chenzhigang', '历史 外语')
  expect(JSON.stringify(answer)).toContain('机电党总支/学生')
  expect(JSON.stringify(answer)).not.toContain('软件教研室')
})
