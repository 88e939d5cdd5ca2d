import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const now = '2022-04-22 10:00'

describe('mobile members', () => {
  it('are kept by their secretary, who alone sees names', async () => {
    const { says } = await sampleCollege(now)
    expect(await says('孙文静', '流动党员 王小明 实习学生 4月6日起')).toMatch(
      /已记下：王小明 实习学生 4月6日起 最近联系无 最近参加无/,
    )
    expect(await says('孙文静', '流动党员 王小明 4月12日 电话联系')).toMatch(/最近联系4月12日 最近参加无/)
    expect(await says('孙文静', '流动党员 王小明 4月20日 参加网络党课')).toMatch(/最近联系4月20日 最近参加4月20日/)
    expect(await says('孙文静', '流动党员')).toMatch(/流动党员1人\n王小明 实习学生/)
    expect(await says('陈志刚', '流动党员')).toMatch(/机电学生党支部 1人/)
    expect(await says('陈志刚', '流动党员')).not.toContain('王小明')
    expect(await says('周组安', '流动党员')).not.toContain('王小明')
    expect(await says('赵明远', '流动党员')).not.toContain('王小明')
    expect(await says('邓书文', '流动党员')).toContain('无权')
  })

  it('of two with one name it is asked which', async () => {
    const { says } = await sampleCollege(now)
    await says('孙文静', '流动党员 王小明 实习学生 4月6日起')
    expect(await says('孙文静', '流动党员 王小明 离职未转 3月1日起')).toMatch(/是哪一位[^]*另一位/)
    expect(await says('孙文静', '另一位')).toMatch(/已记下：王小明 离职未转/)
    expect(await says('孙文静', '流动党员 王小明 4月12日 电话联系')).toMatch(/是哪一位[^]*第1位[^]*第2位/)
  })

  it('what lacks is asked for, a day ahead is refused, and a transfer or a mistake takes off the list', async () => {
    const { says } = await sampleCollege(now)
    expect(await says('孙文静', '流动党员 王小明 4月12日 电话联系')).toMatch(/名单里还没有王小明。请先登记/)
    expect(await says('孙文静', '流动党员 王小明 4月12日起')).toMatch(/属于哪一类/)
    expect(await says('孙文静', '流动党员 王小明 实习学生 2021年9月1日起')).toContain('实习学生 2021年9月1日起')
    expect(await says('孙文静', '流动党员 王小明 4月29日 电话联系')).toMatch(/还没到/)
    expect(await says('孙文静', '流动党员 王小明 电话联系')).toMatch(/请写明日期/)
    expect(await says('孙文静', '流动党员 王小明 转出 4月21日')).toMatch(/已于4月21日转出/)
    expect(await says('孙文静', '流动党员 撤销 王小明 记错了')).toMatch(/已撤销/)
    expect(await says('孙文静', '流动党员')).not.toContain('王小明')
  })
  it('three months without taking part are said once, by name to the secretary alone; six as lawful steps', async () => {
    const { says, hears, at } = await sampleCollege(now)
    await says('孙文静', '流动党员 王小明 实习学生 4月6日起')
    await says('孙文静', '流动党员 王小明 4月20日 参加网络党课')
    const secretary = hears('孙文静')
    const department = hears('周组安')
    for (const day of ['2022-07-19', '2022-07-20', '2022-07-21']) await at(`${day} 09:07`)
    const careFor = secretary().filter((text) => text.includes('联系关心'))
    expect(careFor).toHaveLength(1)
    expect(careFor[0]).toContain('王小明（实习学生）')
    expect(department().filter((text) => text.includes('联系关心'))).toEqual([
      expect.stringMatching(/有1名流动党员满3个月/),
    ])
    expect(department().join('\n')).not.toContain('王小明')
    await at('2022-10-20 09:07')
    expect(secretary().join('\n')).toMatch(/满6个月[^]*王小明[^]*支委会研究[^]*支部大会/)
    expect(department().join('\n')).toMatch(/满6个月[^]*王小明/)
    expect([...secretary(), ...department()].join('\n')).not.toMatch(/脱党|退党|除名/)
  })
})
