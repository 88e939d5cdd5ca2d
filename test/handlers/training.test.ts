import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

describe('training of all secretaries', () => {
  it('counts who took part in any, and names who is missing', async () => {
    const { says } = await sampleCollege('2022-06-15 10:00')
    const [, all = ''] = /覆盖 0\/(\d+)/.exec(await says('周组安', '培训')) ?? []
    expect(await says('周组安', '培训 6月10日 线下 除李卫东、曹阳')).toMatch(
      new RegExp(`已记下：6月10日（周五） 线下[^]*覆盖 ${Number(all) - 2}/${all}（线上0，线下${Number(all) - 2}）`),
    )
    expect(await says('袁秋月', '培训')).toMatch(/还没参加：李卫东、曹阳/)
    expect(await says('袁秋月', '培训 6月13日 线上 李卫东、曹阳')).toContain(`覆盖 ${all}/${all}（线上2`)
    expect(await says('周组安', '任务')).toMatch(/7 基层组织书记培训 12月31日（周六）前 覆盖 (\d+)\/\1.* 自动/)
    expect(await says('周组安', '培训 撤销 6月13日 线上 记错了')).toMatch(/已撤销[^]*还没参加：李卫东、曹阳/)
    expect(await says('陈志刚', '培训')).toContain('无权')
  })

  it('what lacks may be said alone, and the only one of a day is taken back without its way', async () => {
    const { says } = await sampleCollege('2022-06-15 10:00')
    expect(await says('周组安', '培训 6月6日 全体')).toMatch(/还差线上还是线下/)
    expect(await says('周组安', '线下')).toMatch(/已记下：6月6日（周一） 线下/)
    expect(await says('周组安', '线上')).not.toContain('已记下')
    expect(await says('周组安', '培训 撤销 6月6日 记重了')).toContain('已撤销')
    await says('周组安', '培训 6月6日 线下 全体')
    await says('周组安', '培训 6月6日 线上 全体')
    expect(await says('周组安', '培训 撤销 6月6日 记重了')).toContain('请说明是哪一次')
  })

  it('a day that has not been is refused, an unknown name asked back, and nothing written', async () => {
    const { says } = await sampleCollege('2022-06-15 10:00')
    expect(await says('周组安', '培训 6月30日 线下 全体')).toContain('还没到')
    expect(await says('周组安', '培训 6月10日 线下 除马建国')).toContain('“马建国”不是现任书记的姓名')
    expect(await says('周组安', '培训')).toContain('覆盖 0/')
  })
})

describe('good practice', () => {
  it('reaches 宣传部 once, and stands in its list', async () => {
    const { says, hears } = await sampleCollege('2022-06-15 10:00')
    const publicity = hears('曾雨薇')
    expect(await says('李卫东', '经验 党员先锋岗带动实训室安全整治')).toMatch(/已记下，已转宣传部/)
    expect(publicity().join('\n')).toMatch(/数控教研室党支部李卫东报送经验：党员先锋岗带动实训室安全整治/)
    const later = hears('曾雨薇')
    expect(await says('李卫东', '经验 党员先锋岗带动实训室安全整治')).toContain('已转')
    expect(later()).toEqual([])
    expect(await says('曾雨薇', '经验')).toMatch(/经验（1条）[^]*数控教研室党支部李卫东：党员先锋岗/)
    expect(await says('陈志刚', '经验')).toMatch(/还没有报送的经验/)
    expect(await says('周组安', '经验')).toContain('无权')
  })

  it('宣传部 sees bands once they are filed, as counts without names', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    await says('刘慧敏', '评分 会计 除3扣1，其余满分\n电商 除3扣1，其余满分')
    await says('刘慧敏', '提交')
    await says('周组安', '备案 会计')
    expect(await says('曾雨薇', '进度')).toMatch(/已备案 1\/28\n先进 1、一般 0、后进 0/)
  })
})
