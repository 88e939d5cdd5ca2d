import { expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'
import { withMembers } from './two-units.ts'

const talk = async () => {
  const { says } = await sampleCollege('2022-05-09 10:00', withMembers)
  return (text: string, who = '周审') => says(who, text)
}
const noted = (number: number, words: string): string =>
  `已记下：督查${number} 软件教研室党支部：“${words}”（待整改，5月23日（周一）前）。`

it('blanks around the words of a deed are no part of them', async () => {
  const says = await talk()
  expect(await says('督查   软件教研室    请补开  ')).toBe(noted(1, '请补开'))
})

it.each(['软件', '软件教研室党支部', '软件  '])(
  'a branch that is not clear is asked for; %j answers it',
  async (answer) => {
    const says = await talk()
    expect(await says('督查 教研室   请补开')).toBe(
      '督查哪个支部\n1. 软件教研室党支部\n2. 网络教研室党支部\n请回复数字或名称。',
    )
    expect(await says(answer)).toBe(noted(1, '请补开'))
  },
)

it('words right behind what may be several branches are kept', async () => {
  const says = await talk()
  expect(await says('督查 教研室：请补开  ')).toMatch(/^督查哪个支部\n1. 软件/)
  expect(await says('软件')).toBe(noted(1, '请补开'))
})

it('with the branch other words may be said, which are then meant', async () => {
  const says = await talk()
  expect(await says('督查 物理 请补开')).toMatch(/^没有找到这个支部，督查哪个支部\n1. 软件[^]*3. 机电学生/)
  expect(await says('化学')).toContain('您可以回复')
  expect(await says('软件  请补开党课 ')).toBe(noted(1, '请补开党课'))
  expect(await says('软件 请补开党课')).not.toContain('已记下')
})

it('words that are missing are asked for, and what is no branch is taken as them', async () => {
  const says = await talk()
  expect(await says('督查 软件')).toContain('请直接发要整改什么')
  expect(await says('1')).toBe(noted(1, '1'))
  expect(await says('督查 软件')).toContain('请直接发要整改什么')
  expect(await says('网络教研室的记录也要看')).toBe(noted(2, '网络教研室的记录也要看'))
})

it.each(['督查 软件', '督查 教研室 请补开'])('取消 ends it once: %s', async (begun) => {
  const says = await talk()
  await says(begun)
  expect(await says('取消')).toBe('已取消，没有改动。')
  expect(await says('取消')).not.toContain('已取消')
  expect(await says('软件')).not.toContain('已记下')
})

it('of several things of a branch it is asked which, with all of them in full', async () => {
  const says = await talk()
  for (const words of ['请补开支委会', '请补开党课', '请写明主题']) await says(`督查 软件 ${words}`)
  const asked = await says('整改 已补开', '孙单')
  for (const words of ['请补开支委会', '请补开党课', '请写明主题'])
    expect(asked).toMatch(new RegExp(`^督查\\d 软件教研室党支部：“${words}”（待整改`, 'm'))
  expect(asked).toMatch(/1. 督查1 请补开支委会\n2. 督查2 请补开党课\n3. 督查3 请写明主题\n/)
  expect(await says('2', '孙单')).toBe(
    '已记下：督查2 软件教研室党支部：“请补开党课”（已答复，待销号）。整改：“已补开”。',
  )
})

it('a choice of an earlier card is outdated once the thing is done', async () => {
  const { says, college } = await sampleCollege('2022-05-09 10:00', withMembers)
  await says('周审', '督查 教研室 请补开')
  const [first = ''] = /inspection[^"]*b1[^"]*/.exec(college.door.to('zhou').at(-1)?.body ?? '') ?? []
  expect(first).not.toBe('')
  await says('周审', '软件')
  const tap = { kind: 'tap', button: first, picked: {} } as const
  expect(await college.says('zhou', tap)).toMatch(/^这张卡片/)
})

it('a choice of a branch that is gone is outdated', async () => {
  const { says, puts, college } = await sampleCollege('2022-05-09 10:00', withMembers)
  await says('周审', '督查 教研室 请补开')
  const [button = ''] = /inspection[^"]*b1[^"]*/.exec(college.door.to('zhou').at(-1)?.body ?? '') ?? []
  await puts({ ...withMembers, branches: withMembers.branches.filter(({ id }) => id !== 'b1') })
  expect(await college.says('zhou', { kind: 'tap', button, picked: {} })).toMatch(/^这张卡片已过期/)
})
