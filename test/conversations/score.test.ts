import { describe, expect } from 'vitest'
import { story } from './story.ts'

const eighteen = '5545 5555 5555 4.555 9 10'

describe('scoring', () => {
  story('评分：一句话评完一个支部', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says(`评分 软件教研室 ${eighteen}`)
    await yang.says('提交')
    expect(yang.actions).toBe(2)
  })

  story('评分：一条消息评完全总支', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says(
      '评分 软件教研室 全部满分\n网络教研室 除3扣1、15扣2，其余满分\n信息学生 除3扣1、15扣2、17得8，其余满分\n大数据 除17扣10、5扣5，其余满分',
    )
    await yang.says('提交')
    expect(yang.actions).toBe(2)
  })

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
})
