import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Person, Roster } from '../../src/campaign/roster/roster.ts'
import { removeMissing } from '../../src/campaign/roster/roster-merge.ts'
import type { SheetRow } from '../support/roster-workbook.ts'
import { college, groups, inWords, read, rows, without } from './invented-college.ts'

const first = (await read(college, undefined, { groups })).roster
const again = (people: readonly SheetRow[], before: Roster = first) => read(people, before, { groups })
const changed = (name: string, change: { [column: string]: string }): typeof college =>
  college.map((row) => (row['姓名'] === name ? { ...row, ...change } : row))
const called = (roster: Roster, name: string): Person | undefined => roster.people.find((one) => one.name === name)
const branchId = (roster: Roster, name: string): string | undefined =>
  roster.branches.find((branch) => branch.name === name)?.id

describe('a newer roster file', () => {
  it('that is the same changes nothing, and in another order nobody and nothing gets another id', async () => {
    expect((await again(college)).roster).toEqual(first)
    const ids = ({ people, branches, generalBranches }: Roster): string[] =>
      [...people, ...branches, ...generalBranches].map(({ id, name }) => `${id} ${name}`).sort()
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(college, { minLength: college.length }), async (people) => {
        const { roster, missing } = await again(people)
        expect(missing).toEqual([])
        expect(ids(roster)).toEqual(ids(first))
        expect(inWords(roster)).toEqual(inWords(first))
        expect(roster.retired).toBeUndefined()
      }),
      { numRuns: 20 },
    )
  })

  it('keeps a person who has another name, another seat, another account in the same seat, or a first account', async () => {
    const people = [
      ...changed('赵明远', { 姓名: '赵明媛' }).filter(
        (row) => !['周组安', '钱立新', '严守义'].includes(row['姓名'] ?? ''),
      ),
      ...rows('周组安 党校   zhouzuan\n钱立新 党支部书记 信息党总支 软件教研室党支部 qian2'),
      ...rows('严守义 党支部书记  机关党支部 yanshouyi'),
    ]
    const { roster, missing } = await again(people)
    expect(missing).toEqual([])
    expect(called(roster, '赵明媛')?.id).toBe(called(first, '赵明远')?.id)
    for (const name of ['周组安', '钱立新', '严守义']) expect(called(roster, name)?.id).toBe(called(first, name)?.id)
    expect(called(roster, '钱立新')?.accounts).toEqual({ wecom: 'qian2' })
  })

  it('does not take a namesake in another seat for the same person', async () => {
    const { roster, missing } = await again([...without('钱立新'), ...rows('钱立新 党校   qian2')])
    expect(missing).toEqual(['钱立新'])
    const both = roster.people.filter(({ name }) => name === '钱立新')
    expect(both.map(({ accounts }) => accounts.wecom)).toEqual(['qian2', 'qianlixin'])
  })

  it('gives a seat to its new holder at once; who has lost the last one has none', async () => {
    const people = [...without('钱立新'), ...rows('魏新任 党支部书记 信息党总支 软件教研室党支部 weixinren')]
    const { roster, missing } = await again(people)
    expect(missing).toEqual(['钱立新'])
    expect(called(roster, '魏新任')?.seats).toEqual(called(first, '钱立新')?.seats)
    expect(called(roster, '钱立新')).toMatchObject({ seats: [], missing: true })
  })

  it('lists who is missing, leaves them their seats until 确认移除, and knows them again before it', async () => {
    const { roster, missing } = await again(without('马建国', '赵明远'))
    expect(missing).toEqual(['马建国', '赵明远'])
    for (const name of missing) expect(called(roster, name)).toEqual({ ...called(first, name), missing: true })
    expect(roster.branches.map(({ id }) => id).sort()).toEqual(first.branches.map(({ id }) => id).sort())
    expect((await again(without('马建国'), roster)).missing).toEqual(['马建国'])
    expect(inWords((await again(college, roster)).roster)).toEqual(inWords(first))
    expect(called(removeMissing(roster), '马建国')).toBeUndefined()
    expect(removeMissing(roster).people).toHaveLength(roster.people.length - 2)
  })

  it('drops a branch that only the removed held with them, and a general branch with its last branch', async () => {
    const { roster } = await again(without('陈志刚', '赵明远', '钱立新').filter(({ 联系支部 }) => !联系支部))
    expect(roster.branches).toHaveLength(4)
    const removed = removeMissing(roster)
    expect(removed.branches.map(({ name }) => name).sort()).toEqual(['学生党支部', '机关党支部'])
    expect(removed.generalBranches.map(({ name }) => name)).toEqual(['信息党总支'])
    expect(removed.groups.map(({ name }) => name)).toEqual(['全院党建工作群'])
  })

  it('never gives an id twice: records of the one would come under the other', async () => {
    const gone = removeMissing((await again(without('严守义', '马建国'))).roster)
    const added = [
      ...without('严守义', '马建国'),
      ...rows(
        '甲一 党支部书记 机电党总支 新设党支部 jiayi\n乙二 党支部书记 新设党总支 另一党支部 yier\n丙三 党委委员   bingsan',
      ),
    ]
    const { roster } = await again(added, gone)
    const before = new Set([...first.people, ...first.branches, ...first.generalBranches].map(({ id }) => id))
    const fresh = [
      ...['甲一', '乙二', '丙三'].map((name) => called(roster, name)?.id ?? ''),
      ...['新设党支部', '另一党支部'].map((name) => branchId(roster, name) ?? ''),
    ]
    for (const id of fresh) expect(before.has(id), id).toBe(false)
  })

  it('gives a branch or a group that comes back the id it had', async () => {
    const gone = removeMissing((await read(without('严守义', '马建国'), first)).roster)
    expect(branchId(gone, '机关党支部')).toBeUndefined()
    expect(gone.groups).toEqual([])
    const { roster: back } = await again(college, gone)
    expect(branchId(back, '机关党支部')).toBe(branchId(first, '机关党支部'))
    expect(back.groups).toEqual(first.groups)
    expect(back.retired).toMatchObject({ branches: [], groups: [] })
  })

  it('remembers no name of who was removed', async () => {
    const { roster } = await again(without('马建国'))
    const removed = removeMissing(roster)
    expect(removed.retired?.people).toEqual([called(first, '马建国')?.id])
    expect(JSON.stringify(removed)).not.toContain('马建国')
    expect(JSON.stringify((await again(without('马建国'), removed)).roster)).not.toContain('majianguo')
  })

  it('does not count as missing who stands in a bad row; they stay as they were', async () => {
    const { roster, problems, missing } = await again(changed('马建国', { 联系支部: '没有的支部' }))
    expect(problems).toEqual(['人员 第4行 联系支部：没有“没有的支部”这个支部'])
    expect(missing).toEqual([])
    expect(called(roster, '马建国')).toEqual(called(first, '马建国'))
  })

  it('makes one person of two entries when a row names both accounts', async () => {
    const two = (await read(rows('甲 组织部   a\n甲 党校    d'))).roster
    const { roster, missing } = await read(rows('甲 组织部   a d'), two)
    expect(missing).toEqual([])
    expect(inWords(roster)).toEqual(['甲 | a | d |  | organization-department'])
    expect(roster.retired?.people).toEqual(['p2'])
  })

  it('keeps what a group was bound to, and a bound group that no file names', async () => {
    const bound: Roster = {
      ...first,
      groups: [
        ...first.groups.map((group) => ({ ...group, conversation: `cid-${group.id}` })),
        { id: 'q9', name: '总支书记群', platform: 'wecom', key: '', conversation: 'wr9', scope: 'college' },
        { id: 'q8', name: '没有绑定的群', platform: 'wecom', key: '', scope: 'college' },
      ],
    }
    expect((await again(college, bound)).roster.groups).toEqual(bound.groups.filter(({ id }) => id !== 'q8'))
  })
})
