import { describe, expect, it } from 'vitest'
import { dingtalk } from '../conversations/drivers/dingtalk.ts'
import { wecom } from '../conversations/drivers/wecom.ts'
import { Tale } from '../conversations/tale.ts'

/** Played in a copy of the tree that has the form of docs/add-a-form.md (`add-a-form.test.ts`). */
describe('读书月', () => {
  it.each([wecom, dingtalk])(
    'goes all its way on $name',
    async (driver) => {
      const tale = await Tale.begin([driver], '2022-06-15T15:00:00+08:00')
      const [zhao, chen, zhou] = [tale.person('赵明远'), tale.person('陈志刚'), tale.person('周组安')]
      const screens = (): string => tale.steps.at(-1)?.lines.join('\n') ?? ''
      const pushedAt = async (at: string, name: string, pattern: RegExp): Promise<string> => {
        await tale.restarts(at, { name, pattern })
        return screens()
      }
      try {
        await pushedAt('2022-06-16T09:07:30+08:00', '赵明远', /2季度读书月，6月30日（周四）前，还有10个工作日/)

        expect(await zhao.says('读书月')).toMatch(
          /机电教工第一党支部 2季度读书月：还没交[^]*“读书月 日期：6月10日，本数：1本，心得：…”/,
        )
        expect(await zhao.says('读书月 6月10日共读300本')).toContain('本数收到“300本”，应在1到200之间')
        expect(await zhao.says('3')).toMatch(/已记下，还差心得/)
        expect(await zhao.says('大家结合带教谈体会')).toMatch(
          /2季度读书月[^]*日期：6月10日（周五）[^]*本数：3本[^]*心得：大家结合带教谈体会[^]*提交/,
        )
        expect(await zhao.chooses('提交')).toContain('已提交')

        expect(await zhao.says('读书月 6月12日读了4本书，体会：大家结合带教谈体会。')).toMatch(
          /日期：6月12日（周日）[^]*本数：4本[^]*心得：/,
        )
        expect(await zhao.says('提交')).toContain('已提交')
        expect(await zhao.says('读书月 本数：5本')).toMatch(/日期：6月12日（周日）[^]*本数：5本/)
        expect(await zhao.says('提交')).toContain('已提交')
        await zhao.says('读书月 本数：5本')
        expect(await zhao.says('提交')).toContain('与上次提交相同')
        expect(await zhao.says('进度')).toContain('读书月 1/1')
        expect(await zhou.says('进度')).toContain('读书月 1/28')
        expect(await chen.says('谁没交读书月')).toContain('2季度读书月（3）')
        expect(await chen.says('读书月')).toContain('无权')

        const reminded = await pushedAt('2022-06-23T09:07:30+08:00', '钱立新', /2季度读书月/)
        expect(reminded).toContain('2季度读书月 6月30日（周四）前，还有5个工作日，已交 1/28。')
        expect(zhao.reads).not.toContain('读书月')
        const over = await pushedAt('2022-07-01T09:07:30+08:00', '陈志刚', /2季度读书月已到期，还有3个支部未交/)
        expect(over).toContain('名单请回复“谁没交读书月”')

        expect(await zhao.says('读书月 撤销 2季度 报错了')).toContain('已撤销：机电教工第一党支部2季度读书月')
        expect(await zhao.says('进度')).toContain('读书月 0/1')
        const { errors, violations } = await tale.end()
        expect({ errors, violations }).toEqual({ errors: [], violations: [] })
      } catch (error) {
        await tale.close()
        throw error
      }
    },
    120_000,
  )
})
