import { describe, expect, it } from 'vitest'
import { rosterOf } from '../support/any-plan.ts'
import { peopleColumns, rosterWorkbook } from '../support/roster-workbook.ts'
import { both, sampleOf } from './sample.ts'

/** C: teachers' and students' branches have their own rubrics; the roster names the kind. */
const c = sampleOf('C')
const college = () => c.at('2024-10-21 10:00')

describe('C, a rubric for each kind of branch', () => {
  it.each(both)('is scored by the rubric of its kind, on %s', async (channel) => {
    const { on } = await college()
    const teachers = await on(channel, '杨静', '评分 教育教师 除3扣1，其余满分')
    expect(teachers).toMatch(/政治功能 5 5 4 ＝14[^]*总分 99 分，定级：先进[^]*3 理论武装 4/)
    expect(await on(channel, '杨静', '细则 3')).toBe('第3项（政治功能，5分）\n教师理论学习有计划有记录。')
    await on(channel, '杨静', '提交')
    const students = await on(channel, '杨静', '评分 教育学生 除3扣1、发展程序扣2、11扣2，其余满分')
    expect(students).toMatch(/思想引领 5 5 4 5 ＝19[^]*3 网络阵地 4、11 志愿服务 8、12 程序规范 8|没有读懂/)
    expect(await on(channel, '杨静', '评分 教育学生 除3扣1、11扣2，其余满分')).toMatch(
      /总分 97 分[^]*3 网络阵地 4、11 志愿服务 8/,
    )
    expect(await on(channel, '杨静', '细则 3')).toBe('第3项（思想引领，5分）\n网络阵地管理规范。')
    expect(await on(channel, '杨静', '提交')).toContain('总分 97 分，定级：先进')
    expect(await on(channel, '杨静', '评分 教育学生 除15扣6，其余满分')).toContain('这一项最高5分')
    expect(await on(channel, '华书文', '待审')).toMatch(/教育教师 99 分 先进\n教育学生 97 分 先进/)
    expect(await on(channel, '华书文', '备案 教育学生')).toContain('教育学生已备案')
  })

  it('prints each card on its own form, and one table of both kinds', async () => {
    const { on, paper } = await college()
    for (const text of ['评分 教育教师 除3扣1，其余满分', '提交', '评分 教育学生 除3扣1，其余满分', '提交'])
      await on('wecom', '杨静', text)
    const teachers = await paper('scorecard', { branch: '教育教师党支部', self: true, deciding: true })
    expect(teachers.text).toMatch(/教师党支部评分标准[^]*政治功能\n?15分[^]*3\. 教师理论学习有计划有记录。/)
    const students = await paper('scorecard', { branch: '教育学生党支部', self: true, deciding: true })
    expect(students.text).toMatch(/学生党支部评分标准[^]*思想引领\n?20分[^]*3\. 网络阵地管理规范。/)
    const table = await paper('summary-table', { unit: 'college', by: '华书文' })
    expect(table.name).toBe('中共云岭师范学院委员会党支部分类评定汇总表.docx')
    expect(table.text).toMatch(/教育教师党支部\n99\n先进\n2\n教育学生党支部\n99\n先进/)
    const book = await paper('summary-workbook', { unit: '教育学院党总支', by: '杨静' })
    expect(book.text).toContain('99')
    expect(book.text).not.toContain('政治功能')
  })

  it('reminds of both kinds in one message', async () => {
    const { pushed } = await college()
    expect(pushed('2024-10-21', '2024-10-31').join('\n')).toMatch(/支部评分 0\/3，10月31日（周四）/)
  })

  it('has nothing to ask; kinds and totals that do not fit are errors with their place', () => {
    expect(c.lint()).toEqual([])
    expect(c.lint(c.text.replace('kind: 学生', 'kind: 教师'))).toEqual([
      '错误 otherRubrics[0].kind 支部类别“教师”用了两次，请换一个名称。',
    ])
    expect(
      c.lint(
        c.text.replace(
          'label: 材料完整, words: 发展材料完整。, points: 10',
          'label: 材料完整, words: 发展材料完整。, points: 5',
        ),
      ),
    ).toEqual(['错误 otherRubrics[0].total.points 各项分值合计95分，与总分100分不符，请核对各项分值。'])
  })

  it('takes the kind from the roster; two kinds for one branch are a line', async () => {
    const row = (name: string, kind: string) => ({
      姓名: name,
      职务: '党支部书记',
      党总支: '教育学院党总支',
      党支部: '教育教师党支部',
      企业微信账号: name,
      支部类别: kind,
    })
    const people = [row('zhang', '教师'), { ...row('li', '学生'), 职务: '党总支书记' }]
    const header = [...peopleColumns, '支部类别']
    const { branches } = rosterOf(await rosterWorkbook({ people, header }), c.campaign)
    expect(branches.map(({ name, kind }) => `${name} ${kind ?? ''}`)).toEqual(['教育教师党支部 教师'])
    const bad = [row('zhang', '教师'), row('li', '学生')]
    expect(() => rosterOf(new Uint8Array(), c.campaign)).toThrow()
    const file = await rosterWorkbook({ people: bad, header })
    expect(() => rosterOf(file, c.campaign)).toThrow(/人员 第3行 支部类别：这个支部前面写的是“教师”/)
  })
})
