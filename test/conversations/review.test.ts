import { describe, expect } from 'vitest'
import { story } from './story.ts'
import type { Tale } from './tale.ts'

const graders = ['陈志刚', '杨晓东', '刘慧敏', '黄雅琴', '周海燕', '吴建平', '徐国强']
const cards: { [name: string]: string } = {
  陈志刚:
    '机电教工第一 除3扣1，其余满分\n机电教工第二 除3扣2，其余满分\n机电学生 除17扣10、5扣5，其余满分\n数控 除1扣1，其余满分',
  杨晓东: '软件 除3扣1，其余满分\n网络 除3扣2，其余满分\n信息学生 除3扣3，其余满分\n大数据 除1扣1，其余满分',
  刘慧敏: '会计 除3扣1，其余满分\n电商 全部满分\n经管学生 除3扣3，其余满分\n物流 除1扣1，其余满分',
  黄雅琴: '艺术 除3扣1，其余满分\n学前 除3扣2，其余满分\n人文学生 除3扣3，其余满分\n公共课 除1扣1，其余满分',
  周海燕: '护理 除3扣1，其余满分\n药学 除3扣2，其余满分\n医护学生 除3扣3，其余满分\n实训 除1扣1，其余满分',
  吴建平: '党政办公 除3扣1，其余满分\n教务 除3扣2，其余满分\n学生工作 除3扣3，其余满分\n退休 除1扣1，其余满分',
  徐国强: '后勤服务 除3扣1，其余满分\n安全 除3扣2，其余满分\n图书 除3扣3，其余满分\n退休 除1扣1，其余满分',
}

async function gradesAll(tale: Tale, names: readonly string[] = graders): Promise<void> {
  for (const name of names) {
    const person = tale.person(name)
    await person.says(`评分 ${cards[name]}`)
    await person.says('提交')
  }
}

describe('review', () => {
  story(
    '审核：七个总支二十八张表',
    async (tale) => {
      await gradesAll(tale)
      const zhou = tale.person('周组安')
      await zhou.says('待审')
      await zhou.chooses('机电工程学院')
      let reads = await zhou.chooses('全部备案')
      for (let i = 0; i < 6; i++) reads = await zhou.chooses('全部备案')
      expect(reads).toContain('目前没有待审的评分')
      expect(zhou.actions).toBeLessThanOrEqual(15)
      await zhou.says('待审')
      await zhou.says('进度')
    },
    { watch: ['周组安', '陈志刚', '袁秋月'] },
  )

  story('审核：逐个看，退回，改后再审', async (tale) => {
    await gradesAll(tale, ['杨晓东'])
    const zhou = tale.person('周组安')
    const yang = tale.person('杨晓东')
    await zhou.says('待审')
    await zhou.chooses('逐个看')
    await zhou.chooses('备案')
    await zhou.chooses('退回')
    await zhou.says('第17项请补充测评依据')
    await yang.says('评分 软件教研室')
    await yang.says('评分 网络教研室')
    await yang.says('第17项9')
    await yang.says('提交')
    await zhou.says('待审')
    await zhou.chooses('全部备案')
    await zhou.says('历史 网络教研室')
    await tale.person('郑雨桐').says('历史 网络教研室')
  })

  story('审核：重开', async (tale) => {
    await gradesAll(tale, ['杨晓东'])
    const zhou = tale.person('周组安')
    const yang = tale.person('杨晓东')
    await zhou.says('重开 软件教研室 数字有误')
    await zhou.says('待审')
    await zhou.chooses('全部备案')
    await yang.says('评分 软件 全部满分\n网络 全部满分')
    await zhou.says('重开 软件教研室')
    await zhou.says('第3项核实后有误')
    await zhou.says('重开 没有的支部')
    await yang.says('评分 软件教研室')
    await yang.says('3改5')
    await yang.says('提交')
    await yang.says('学校统一核实过的')
    await zhou.says('待审')
    await zhou.chooses('逐个看')
  })

  story('审核：两人同时审', async (tale) => {
    await gradesAll(tale, ['杨晓东'])
    const zhou = tale.person('周组安')
    const yuan = tale.person('袁秋月')
    await zhou.says('待审')
    await yuan.says('待审')
    await zhou.chooses('逐个看')
    await yuan.chooses('逐个看')
    await zhou.chooses('备案')
    await yuan.chooses('备案')
    await yuan.chooses('退回')
    await zhou.chooses('备案')
    await yuan.says('请补充说明')
    await tale.person('杨晓东').says('提交')
  })
})

describe('papers', () => {
  story('文件：汇总表、评分表、任务进度', async (tale) => {
    const yang = tale.person('杨晓东')
    await yang.says('评分 软件 除3扣1，其余满分\n网络 除3扣2，其余满分')
    await yang.says('提交')
    await yang.says('汇总表')
    await yang.says('汇总表 excel')
    await yang.says('汇总表 机电')
    await yang.says('评分表 软件教研室')
    const zhou = tale.person('周组安')
    await zhou.says('汇总表')
    await zhou.says('汇总表 信息工程学院')
    await zhou.says('汇总表 信息学院')
    await zhou.says('评分表')
    await zhou.says('评分表 教研')
    await zhou.chooses('药学教研室党支部')
    await zhou.says('历史')
    await zhou.chooses('信息学生党支部')
    await zhou.says('任务进度')
    await zhou.says('月报汇总 4月')
    await zhou.says('月报汇总 13月')
    await zhou.says('历史 机电学生')
    const files = zhou.news.flatMap(({ file }) => (file ? [file] : []))
    for (const { data } of files) expect(Buffer.from(data).subarray(0, 2).toString()).toBe('PK')
  })

  story('文件：联系支部的委员备案后才看得到', async (tale) => {
    const gao = tale.person('高文静')
    await tale.person('杨晓东').says('评分 软件 除3扣1，其余满分')
    await tale.person('杨晓东').says('提交')
    await gao.says('评分表 软件教研室')
    await gao.says('历史 软件教研室')
    await gao.says('评分表 网络教研室')
    const zhou = tale.person('周组安')
    await zhou.says('待审')
    await zhou.chooses('全部备案')
    await gao.says('评分表 软件教研室')
    await gao.says('历史 软件教研室')
  })
})
