import { expect, it } from 'vitest'
import { parseCampaign } from '../../src/campaign/plan/parse-campaign.ts'
import { changed, otherCollege, plan2022 } from './campaign-files.ts'

type Path = readonly (string | number)[]
const findings = (text: string) => {
  const read = parseCampaign(text)
  return 'findings' in read ? read.findings.map(({ level, place, sentence }) => `${level} ${place} ${sentence}`) : []
}
const item = (section: number, at: number): Path => ['rubric', 'sections', section, 'items', at]

it('finds nothing wrong with two different campaigns', () => {
  expect(findings(plan2022)).toEqual([])
  expect(findings(otherCollege)).toEqual([])
})

it.each<[what: string, path: Path, value: unknown]>([
  ['a push at the first minute', ['push', 'at'], '08:00'],
  ['a push in the last minute', ['push', 'at'], '19:59'],
  ['as many branches at most as at least', ['liaison', 'deputy-secretary', 'branches', 'from'], 3],
  ['lawful steps a month after care', ['mobileMembers', 'lawfulStepsAfterMonths'], 4],
])('takes %s', (_what, path, value) => expect(findings(changed(plan2022, [[path, value]]))).toEqual([]))

const broken: [what: string, path: Path, value: unknown, said: RegExp][] = [
  [
    'points that do not sum to the total',
    [...item(4, 1), 'points'],
    9,
    /rubric\.total\.points 各项分值合计99分，与总分100分不符/,
  ],
  ['an item number twice', [...item(1, 0), 'number'], 4, /sections\[1\]\.items\[0\]\.number 这里应是第5项，写的是4/],
  ['a label twice', [...item(0, 1), 'label'], '发展党员', /sections\[1\]\.items\[3\]\.label 短名称“发展党员”用了两次/],
  ['a label of nine characters', [...item(0, 1), 'label'], '坚持党的路线方针政', /label 短名称不超过8个字/],
  ['points off the steps', ['rubric', 'step', 'points'], 2, /items\[0\]\.points 5分不是步长2分的倍数/],
  ['a section twice', ['rubric', 'sections', 1, 'name'], '领导班子', /sections\[1\]\.name “领导班子”用了两次/],
  ['overlapping bands', ['bands', 1, 'to'], 90, /bands\[1\]\.to “先进”和“一般”在85至90分重叠/],
  ['a gap between bands', ['bands', 1, 'to'], 80, /bands\[1\]\.to “先进”和“一般”之间空出80至85分/],
  ['a boundary in two bands', ['bands', 2, 'toInclusive'], true, /bands\[2\]\.to 65分同时属于“一般”和“后进”/],
  ['a boundary in no band', ['bands', 0, 'inclusive'], false, /bands\[1\]\.to 85分不属于“先进”和“一般”中任何一个/],
  ['a best band that stops early', ['bands', 0, 'to'], 99, /bands\[0\]\.to 最高等级应到总分100分为止/],
  ['a lowest band that begins late', ['bands', 2, 'from'], 1, /bands\[2\]\.from 最低等级应从0分起/],
  ['a band upside down', ['bands', 1, 'from'], 85, /bands\[1\]\.from “一般”的下限应低于上限/],
  ['a band name twice', ['bands', 1, 'name'], '先进', /bands\[1\]\.name “先进”用了两次/],
  [
    'an owner nobody is',
    ['taskList', 'tasks', 4, 'owners'],
    '组织部/党校教师',
    /tasks\[4\]\.owners 没有叫“党校教师”的职务/,
  ],
  [
    'a post the program does not know',
    ['ownerGroups', 0, 'posts'],
    ['dean'],
    /ownerGroups\[0\]\.posts\[0\] 没有这个职务/,
  ],
  ['a post without a name', ['posts', 'party-school'], undefined, /posts\.party-school /],
  ['two posts of one name', ['posts', 'party-school'], '组织部', /posts\.party-school “组织部”用了两次/],
  ['two owner groups of one name', ['ownerGroups', 1, 'name'], '党委委员', /ownerGroups\[2\]\.name “党委委员”写了两次/],
  ['task numbers with a gap', ['taskList', 'tasks', 10, 'number'], 12, /tasks\[10\]\.number 这里应是任务11，写的是12/],
  ['a duty without its task', ['duties', 'grading', 'task'], 12, /duties\.grading\.task 任务清单里没有任务12/],
  [
    'a prompt that is no step',
    ['duties', 'liaison-report', 'prompt'],
    'T-4',
    /prompt T-4不在提醒阶梯（T-5、T-1、T-0）里/,
  ],
  ['a step written otherwise', ['ladder', 'steps'], ['T5'], /ladder\.steps\[0\] 阶梯写作 T-天数/],
  ['a meeting twice', ['duties', 'meetings', 'kinds', 1, 'name'], '党课', /kinds\[3\]\.name “党课”写了两次/],
  ['a deadline before the campaign', ['duties', 'grading', 'deadline'], '3月底', /grading\.deadline “3月底”不会到来/],
  [
    'a day that no year has',
    ['taskList', 'tasks', 0, 'deadline'],
    '5月/6月31日',
    /tasks\[0\]\.deadline “6月31日”不会到来/,
  ],
  ['a deadline in words', ['conversion', 'deadline'], '适时', /conversion\.deadline 读不懂期限“适时”/],
  ['grading without a day', ['duties', 'grading', 'deadline'], '全年', /grading\.deadline 这项工作要有具体日期/],
  ['grading on two days', ['duties', 'grading', 'deadline'], '5月/12月', /grading\.deadline 这里只能有一个日期/],
  ['an end before the start', ['ends'], '2022-03-31', /ends 结束日期2022-03-31早于开始日期2022-04-02/],
  ['an id with other characters', ['id'], '2022年', /id 只用字母、数字和连字符/],
  ['a push at night', ['push', 'at'], '20:00', /push\.at 20:00在夜间/],
  ['a push before work', ['push', 'at'], '07:59', /push\.at 07:59在夜间/],
  ['a push at no time', ['push', 'at'], '9点', /push\.at 时刻写作 时:分/],
  [
    'fewer branches at most than at least',
    ['liaison', 'deputy-secretary', 'branches', 'from'],
    5,
    /deputy-secretary\.branches 最少5个多于最多3个/,
  ],
  [
    'a number that no form has',
    ['forms', 'inspection', 'numbers'],
    { reply: 10 },
    /forms\.inspection\.numbers\.reply 没有这个数，inspection 可以写：answer、again、sample/,
  ],
  ['half a working day', ['forms', 'sponsor', 'numbers', 'after'], 2.5, /sponsor\.numbers\.after 应为1以上的整数/],
  [
    'fewer to be recognised at most than at least',
    ['forms', 'brand', 'numbers', '特色支部到'],
    1,
    /特色支部到 最多1个少于最少2个/,
  ],
  [
    'a form kept for a task that is not there',
    ['forms', 'tasks', 'numbers', 'training'],
    12,
    /tasks\.numbers\.training 任务清单里没有任务12/,
  ],
  ['lawful steps before care', ['mobileMembers', 'lawfulStepsAfterMonths'], 2, /careAfterMonths 联系关心的月数应少于/],
  ['lawful steps with care', ['mobileMembers', 'lawfulStepsAfterMonths'], 3, /careAfterMonths 联系关心的月数应少于/],
]
it.each(broken)('refuses %s', (_what, path, value, said) => {
  const found = findings(changed(plan2022, [[path, value]]))
  expect(found.length).toBeGreaterThan(0)
  expect(found.every((line) => line.startsWith('错误 '))).toBe(true)
  expect(
    found.some((line) => said.test(line)),
    found.join('\n'),
  ).toBe(true)
})

it('names the line of broken YAML, and every missing part of an empty file at once', () => {
  expect(findings(plan2022.replace("id: '2022'", "id: '2022"))[0]).toMatch(/^错误 第\d+行 不是有效的 YAML/)
  expect(findings('a: *nowhere\n')).toEqual(['错误 文件 不是有效的 YAML：引用（*）找不到或太多，请直接写出内容。'])
  expect(findings('{}').length).toBeGreaterThan(15)
})

it.each([
  [15, /rubric\.total\.points 各项分值合计95分，与总分100分不符/],
  [20, undefined],
  [30, undefined],
])('a section counts with its most, %d, if its items have more', (most, said) => {
  const text = plan2022.replace(
    /^( *)- name: 领导班子$/m,
    (line, indent: string) => `${line}\n${indent}  most: ${most}`,
  )
  expect(text).not.toBe(plan2022)
  const found = findings(text).filter((line) => line.includes('total.points'))
  if (said) expect(found).toEqual([expect.stringMatching(said)])
  else expect(found).toEqual([])
})
