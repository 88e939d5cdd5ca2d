import { describe, expect } from 'vitest'
import { dingtalk } from './drivers/dingtalk.ts'
import { wecom } from './drivers/wecom.ts'
import { story } from './story.ts'

describe('everybody', () => {
  story('帮助：各种职务', async (tale) => {
    for (const name of ['许一鸣', '高文静', '周组安', '邓书文', '曾雨薇', '彭立德', '陈志刚', '赵明远'])
      expect(await tale.person(name).says('帮助')).toContain('您可以回复')
    await tale.person('曾雨薇').says('今天天气不错')
  })

  story('生人：不在名册里', async (tale) => {
    const somebody = tale.person('路人')
    expect(await somebody.says('你好')).toContain('未登记')
    expect(await somebody.says('评分 软件教研室 全部满分')).toContain('未登记')
    expect(await tale.stored('全部满分')).toBe(false)
  })

  story(
    '新来的人：第一句话先听到今年要办什么',
    async (tale) => {
      expect(await tale.person('郑雨桐').says('你好')).toContain('未登记')
      await tale.everybodyJoins()
      await tale.restarts('2022-04-19T08:50:00+08:00')
      expect(await tale.person('郑雨桐').says('评分')).toContain('欢迎')
      expect(await tale.person('郑雨桐').says('帮助')).not.toContain('欢迎')
      expect(await tale.person('邓书文').says('进度')).toContain('欢迎')
      expect(await tale.person('杨晓东').says('帮助')).not.toContain('欢迎')
    },
    { later: ['郑雨桐', '邓书文'] },
  )

  story('意见和匿名意见', async (tale) => {
    const feng = tale.person('冯丽娟')
    await feng.says('意见 表格太多，能不能合并')
    await feng.says('匿名意见')
    await feng.says('谁没交不应该天天念')
    await tale.person('周组安').says('本月还有几天')
    expect(await tale.person('高文静').says('匿名意见 会议太多')).toContain('已转')
  })

  story('文字和卡片', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('文字')
    await yang.says('评分')
    await yang.chooses('信息学生')
    await yang.says('除3扣1，其余满分')
    await yang.says('提交')
    await yang.says('卡片')
    await yang.says('评分')
  })

  story('进度和谁没交', async (tale) => {
    await tale.person('杨晓东').says('评分 软件 全部满分')
    await tale.person('杨晓东').says('提交')
    await tale.person('赵明远').says('评分 全部满分')
    await tale.person('赵明远').says('提交')
    for (const name of ['许一鸣', '高文静', '周组安', '邓书文', '杨晓东', '陈志刚', '赵明远', '钱立新', '马建国'])
      await tale.person(name).says('进度')
    for (const name of ['周组安', '邓书文', '杨晓东', '陈志刚', '赵明远', '许一鸣'])
      await tale.person(name).says('谁没交')
    await tale.person('周组安').says('谁没交 5月')
  })

  story('改天提醒、请假、代填', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('明天上午提醒我')
    await yang.says('推迟到5月6日')
    await yang.says('请假到4月25日')
    await yang.says('让郑雨桐代填')
    const zheng = tale.person('郑雨桐')
    await zheng.says('代填 杨晓东 软件教研室 除3扣1，其余满分')
    await yang.says('评分 软件教研室')
    await yang.says('提交')
    const gao = tale.person('高文静')
    await gao.says('让邓书文代填')
    await tale.person('邓书文').says('代填 高文静 4月15日到了软件教研室，情况：组织生活正常。解决：无。难点：无')
    await gao.says('月报 4月')
    await gao.says('提交')
  })

  story('不该收的消息', async (tale) => {
    const feng = tale.person('冯丽娟')
    await feng.says('【秘密】内部人员名单如下：某某')
    await feng.says('意见 （机密）不要外传的事')
    expect(await feng.says('意见 '.repeat(7000))).toContain('超过')
    expect(await tale.stored('内部人员名单')).toBe(false)
    expect(await tale.stored('不要外传的事')).toBe(false)
  })
})

/** One person of each post. */
const posts = {
  书记: '许一鸣',
  副书记: '高文静',
  委员: '马建国',
  组织部: '周组安',
  党办: '邓书文',
  宣传部: '曾雨薇',
  党校: '彭立德',
  总支书记: '陈志刚',
  支部书记: '赵明远',
} as const
type Post = keyof typeof posts
const everybody: readonly Post[] = [
  '书记',
  '副书记',
  '委员',
  '组织部',
  '党办',
  '宣传部',
  '党校',
  '总支书记',
  '支部书记',
]
const committee: readonly Post[] = ['书记', '副书记', '委员']
const secretaries: readonly Post[] = ['总支书记', '支部书记']

/** The contract's column “Who” for every command word. */
const may: { [word: string]: readonly Post[] } = {
  帮助: everybody,
  评分: [...secretaries, '组织部'],
  细则: everybody,
  待审: ['组织部'],
  重开: ['组织部'],
  月报: committee,
  进度: everybody,
  谁没交: ['组织部', '党办', '总支书记'],
  汇总表: ['总支书记', '组织部'],
  评分表: [...committee, '组织部', ...secretaries],
  历史: [...committee, '组织部', ...secretaries],
  月报汇总: ['党办', '组织部', '书记', '副书记'],
  任务进度: ['党办', '组织部'],
  确认移除: ['组织部'],
  文字: everybody,
  卡片: everybody,
  意见: everybody,
  匿名意见: everybody,
}

describe('rights', () => {
  // A member of WeCom gets at most 30 messages a minute, so two stories share the words.
  const words = Object.entries(may)
  const halves = [words.slice(0, words.length / 2), words.slice(words.length / 2)]
  for (const [i, half] of halves.entries())
    story(
      `权限：每个职务说每一个词（${i + 1}）`,
      async (tale) => {
        const names = Object.values(posts)
        for (const [word, allowed] of half) {
          const answers = await tale.together(names, word)
          const refused = everybody.filter((post) => answers.get(posts[post])?.includes('无权'))
          expect(refused, word).toEqual(everybody.filter((post) => !allowed.includes(post)))
          expect(
            [...answers.values()].filter((answer) => answer === ''),
            word,
          ).toEqual([])
        }
      },
      { on: [wecom, dingtalk] },
    )
})
