import { expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'
import { withMembers } from './two-units.ts'

it.each(['软件', '网络'])('a card of several branches is outdated once %s is changed', async (changed) => {
  const { says, college } = await sampleCollege('2022-04-25 10:00', withMembers)
  const submitOn = (): string =>
    /"text":"提交","key":"([^"]+)"/.exec(college.door.to('he').at(-1)?.body ?? '')?.[1] ?? 'no button'
  const taps = (button: string): Promise<string> => college.says('he', { kind: 'tap', button, picked: {} })
  await says('何评', '评分 软件 除3扣1，其余满分\n网络 除3扣1，其余满分')
  const before = submitOn()
  await says('何评', `${changed} 第4项3`)
  const after = submitOn()
  expect(await taps(before)).not.toContain('已提交')
  expect(await says('周审', '进度')).toContain('评分 0/3')
  expect(await taps(after)).toContain('已提交')
  expect(await says('周审', '进度')).toContain('评分 2/3')
})
