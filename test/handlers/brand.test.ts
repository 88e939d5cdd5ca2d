import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const june = '2022-06-15 10:00'
const whole = '品牌 名称：红色实验室，阶段：培育，内容：党员带学生备赛'

describe('一支部一品牌', () => {
  it('a recognition is taken back in either order of words', async () => {
    const { says } = await sampleCollege(june)
    await says('周组安', '品牌 机电学生 认定特色支部')
    expect(await says('周组安', '品牌 撤销 机电学生 材料不实')).toMatch(/已撤销：机电学生党支部 特色支部/)
  })

  it('is said in one message, changed in part, and puts the task forward', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('孙文静', '品牌')).toContain('机电学生党支部：还没有报品牌')
    expect(await says('孙文静', whole)).toMatch(/名称：红色实验室[^]*提交/)
    expect(await says('孙文静', '提交')).toMatch(/已提交.*进行中/)
    expect(await says('孙文静', '任务')).toMatch(/9 党建工作示范建设 12月31日（周六）前 进行中/)
    expect(await says('孙文静', '品牌 阶段：成型')).toMatch(/名称：红色实验室[^]*阶段：成型[^]*内容：党员带学生备赛/)
    await says('孙文静', '提交')
    expect(await says('孙文静', '任务')).toMatch(/9 党建工作示范建设 12月31日（周六）前 已完成/)
    expect(await says('李卫东', '品牌 名称：先锋岗，阶段：筹备')).toMatch(/“筹备”没有读懂/)
  })

  it('keeps every word that was added before 提交', async () => {
    const { says } = await sampleCollege(june)
    await says('孙文静', whole)
    expect(await says('孙文静', '还带新教师')).toMatch(/内容：党员带学生备赛，还带新教师/)
  })

  it('is recognised once by 组织部, who sees the plan’s targets; the unit hears', async () => {
    const { says, hears } = await sampleCollege(june)
    await says('孙文静', whole)
    await says('孙文静', '提交')
    expect(await says('周组安', '品牌')).toMatch(
      /机电学生党支部：红色实验室（培育）[^]*特色支部 0\/2-5、特色院系 0\/1、党建品牌 0\/1-2/,
    )
    const unit = hears('孙文静')
    expect(await says('周组安', '品牌 机电学生 认定特色支部')).toContain('已记下：机电学生党支部 特色支部')
    expect(await says('袁秋月', '品牌 机电学生 认定特色支部')).toContain('已由周组安在6月15日（周三）认定')
    expect(unit()).toEqual([expect.stringContaining('机电学生党支部已由组织部认定为特色支部')])
    expect(await says('周组安', '品牌 机电学生 认定特色院系')).toContain('特色院系认定的是党总支')
    expect(await says('周组安', '品牌 机电工程学院党总支 认定特色院系')).toContain('已记下')
    expect(await says('周组安', '品牌')).toMatch(/机电学生党支部【特色支部】[^]*特色支部 1\/2-5、特色院系 1\/1/)
    expect(await says('周组安', '品牌 机电学生 撤销')).toContain('请写明原因')
    expect(await says('周组安', '品牌 机电学生 撤销 材料不实')).toContain('已撤销：机电学生党支部 特色支部')
    expect(unit().at(-1)).toContain('原因：材料不实')
    expect(await says('邓书文', '品牌')).toContain('无权')
  })
})
