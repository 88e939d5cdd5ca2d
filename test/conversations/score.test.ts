import { describe, expect } from 'vitest'
import { story } from './story.ts'

/** One group for each section, as in the plan's table: 领导班子, 党员队伍, 工作机制, 工作业绩, 群众反映. */
const eighteen = '5 5 4.5 5，5 5 5 5，5 5 5 5，5 4 5 5，9 10'

describe('a scorecard in words', () => {
  story('评分：一句话评完一个支部', async (tale) => {
    const yang = tale.person('杨晓东')
    expect(await yang.says(`评分 软件教研室 ${eighteen}`)).toContain('总分 97.5 分，定级：先进')
    expect(await yang.says('提交')).toContain('已提交')
    expect(yang.actions).toBe(2)
  })

  story('评分：一条消息评完全总支', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says(
      '评分 软件教研室 全部满分\n网络教研室 除3扣1、15扣2，其余满分\n信息学生 5545 5545 5554 4544 8 9\n大数据 除17扣10、5扣5，其余满分',
    )
    expect(await yang.says('提交')).toContain('已提交')
    expect(yang.actions).toBe(2)
    await yang.says('支部成员都是新进教师，工作确实突出')
  })

  story('评分：几个支部里改一个', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分 软件 除3扣1，其余满分\n网络 除3扣2，其余满分\n教研 全部满分')
    await yang.chooses('大数据教研室')
    await yang.says('软件 第3项4.5')
    await yang.chooses('修改')
    await yang.chooses('网络教研室')
    await tale.differently('第3项5分', async () => {
      if (tale.can.forms) await yang.submits({ 3: 5 })
      else await yang.says('第3项5')
    })
    await yang.says('第3项4')
    expect(await yang.says('提交')).toContain('没有提交')
    await yang.chooses('软件教研室')
    expect(await yang.says('提交')).toContain('已提交')
    await yang.says('第3项5')
    await yang.says('取消')
  })

  story('评分：各种写法', async (tale) => {
    const yang = tale.person('杨晓东')
    const full = '5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,10,10'
    await yang.says('评分 网络教研室 五五四五 五五五五 五五五五 五四五五 九 十')
    await yang.says(`评分 网络教研室 ${full}`)
    await yang.says('评分　网络教研室　除３扣１、１５扣２、１７得８，其余满分')
    await yang.says('第3项四分半')
    await yang.says('15改4')
    await yang.says('上一步')
    await yang.says('预览')
    await yang.says('细则 3')
    await yang.says('提交')
  })

  story('评分：分几次填', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分')
    await yang.chooses('信息学生')
    await yang.says('5 5 4 5')
    await yang.says('5 5 5 5 5 5 5 5')
    await yang.says('预览')
    await yang.says('5 5 5 5 10 9')
    await yang.says('修改')
    await yang.says('3改5')
    expect(await yang.says('提交')).toContain('总分 99 分')
    await yang.says('第3项4')
    expect(await yang.says('提交')).toContain('总分 98 分')
  })

  story('评分：没读懂的问回来', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分 软件教研室 5 5 6 5 5 5 5 5 5 5 5 5 5 5 5 5 10 10')
    await yang.says('4')
    await yang.says('评分 软件教研室 除3扣1，3得3，其余满分')
    await yang.says('4')
    await yang.says('评分 软件教研室 还可以吧')
    await yang.says('评分 软件 除3扣1 大家都不错')
    await yang.says('评分 教研室 全部满分')
    await yang.chooses('网络教研室')
    await yang.says('评分 机电学生 全部满分')
    await yang.says('评分 没有这个支部 全部满分')
    await yang.says('5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 10 10 10')
    await yang.says('取消')
    await yang.says('取消')
  })
})

describe('a scorecard by taps', () => {
  story('评分：点选或表单', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分 网络教研室')
    yang.actions = 0
    await tale.differently('第3项4分，第15项3分，其余满分', async () => {
      if (tale.can.cards) {
        await yang.unticks(3, 15)
        await yang.chooses('4分')
        await yang.chooses('3分')
      } else if (tale.can.forms) await yang.submits({ 3: 4, 15: 3 })
      else await yang.says('除3得4、15得3，其余满分')
    })
    await yang.chooses('提交')
    expect(yang.actions).toBe(tale.can.cards ? 2 * 2 + 2 : tale.can.forms ? 4 : 2)
  })

  story('评分：十分的项目点选', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分 网络教研室')
    yang.actions = 0
    await tale.differently('第17项8分，其余满分', async () => {
      if (tale.can.cards) {
        await yang.unticks(17)
        await yang.chooses('8分')
      } else if (tale.can.forms) await yang.submits({ 17: 8 })
      else await yang.says('17得8，其余满分')
    })
    // 提交 is one more action, so this makes 4 + 2.
    expect(yang.actions).toBe(tale.can.cards ? 5 : tale.can.forms ? 2 : 1)
    await yang.chooses('修改')
    await tale.differently('第18项9.5分', async () => {
      if (tale.can.forms) await yang.submits({ 18: 9.5 })
      else await yang.says('第18项9.5')
    })
    await yang.chooses('提交')
  })

  story('评分：一个勾都没留、填了不该有的数', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分 网络教研室')
    await tale.differently('各项都不是满分', async () => {
      if (tale.can.cards) await yang.unticks(...Array.from({ length: 18 }, (_, i) => i + 1))
      else if (tale.can.forms) await yang.submits({ 3: 6 })
      else await yang.says('6 5 5 5')
    })
    await yang.says('取消')
  })
})

describe('a scorecard over days', () => {
  story(
    '评分：中途重启接着填',
    async (tale) => {
      const yang = tale.person('杨晓东')
      await yang.says('评分 软件教研室 5 5 4.5 5 5 5 5 5')
      await yang.says('评分 网络教研室 除3扣1')
      await tale.restarts('2022-04-20T15:00:00+08:00')
      await yang.says('帮助')
      await yang.says('评分 软件教研室')
      await yang.says('其余满分')
      await yang.says('提交')
      await yang.says('评分 网络教研室')
      await yang.says('取消')
    },
    { watch: ['杨晓东'] },
  )

  story(
    '评分：逾期',
    async (tale) => {
      const yang = tale.person('杨晓东')
      await yang.says('评分 软件教研室 除3扣1，其余满分')
      await yang.says('提交')
    },
    { at: '2022-05-05T09:00:00+08:00', watch: ['杨晓东'] },
  )
})

describe('two scores of one branch', () => {
  story('自评：支部书记先评，总支书记看到差异', async (tale) => {
    const zheng = tale.person('郑雨桐')
    await zheng.says('评分')
    await zheng.says('除3扣1、15扣2，其余满分')
    await zheng.says('提交')
    const yang = tale.person('杨晓东')
    await yang.says('评分 网络教研室')
    await tale.differently('第1项4分，其余同自评', async () => {
      if (tale.can.cards) {
        await yang.unticks(1)
        await yang.chooses('4分')
      } else if (tale.can.forms) await yang.submits({ 1: 4 })
      else await yang.says('4 5 4 5 5 5 5 5 5 5 5 5 5 5 3 5 10 10')
    })
    await yang.chooses('提交')
    await zheng.says('帮助')
    await zheng.says('评分 软件教研室 全部满分')
    await zheng.says('评分表 网络教研室')
  })

  story('自评：与总支评分相差十分以上', async (tale) => {
    const wang = tale.person('王思远')
    await wang.says('评分 全部满分')
    await wang.says('提交')
    const yang = tale.person('杨晓东')
    await yang.says('评分 信息学生 除3扣5、15扣5、17扣3，其余满分')
    await yang.chooses('提交')
    await yang.says('今年有两名学生党员受处分，测评不理想')
    await yang.says('群众评议满意度92%，来源：3月座谈会')
    await yang.chooses('提交')
    const zhou = tale.person('周组安')
    await zhou.says('待审')
    await zhou.chooses('逐个看')
  })
})
