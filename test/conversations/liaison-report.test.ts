import { describe, expect } from 'vitest'
import { story } from './story.ts'

const may = '2022-05-26T09:00:00+08:00'

describe('the monthly report', () => {
  story(
    '月报：一段话写完',
    async (tale) => {
      const ma = tale.person('马建国')
      await ma.says(
        '5月24日到了网络教研室党支部，参加了主题党日，党员到会12人，学习材料齐全。帮助解决了活动经费申请的问题。难点是活动室投影设备老旧，需要后勤更换。',
      )
      expect(await ma.says('提交')).toContain('已提交')
      expect(ma.actions).toBe(2)
      await ma.says('再补充一点：还走访了机电学生党支部，支部班子配合默契。')
      await ma.chooses('提交')
      await ma.says('月报')
    },
    { at: may },
  )

  story(
    '月报：一问一答',
    async (tale) => {
      const gao = tale.person('高文静')
      await gao.says('月报')
      await gao.says('软件')
      await gao.says('支部活动正常，三会一课记录完整')
      await gao.says('没有')
      await gao.says('年轻党员外出挂职较多，活动人数难保证')
      await gao.says('列入')
      await gao.says('修改')
      await gao.chooses('全文')
      await gao.says('支部活动正常，三会一课记录完整，谈心谈话6人次')
      await gao.says('上一步')
      await gao.says('预览')
      expect(await gao.says('提交')).toContain('已提交')
    },
    { at: may },
  )

  story(
    '月报：长文分几条发',
    async (tale) => {
      const lin = tale.person('林晓燕')
      const para = (n: number): string =>
        `第${n}件事，听取了支部书记关于党员教育管理的汇报，查看了会议记录和党费收缴台账，与教师党员座谈。`
      await lin.says(`月报 数控教研室党支部。情况：${Array.from({ length: 8 }, (_, i) => para(i + 1)).join('')}`)
      await lin.says(`情况：${Array.from({ length: 6 }, (_, i) => para(i + 9)).join('')}`)
      await lin.says('解决：协调实训中心开放了两间教室作党员活动室。')
      await lin.says('难点：无')
      await lin.chooses('提交')
    },
    { at: may },
  )

  story(
    '月报：本月未走访',
    async (tale) => {
      const song = tale.person('宋志明')
      await song.says('月报 本月没有走访')
      await song.says('因5月在省里参加培训，计划6月上旬补走访')
      await song.says('提交')
      const tang = tale.person('唐立群')
      await tang.says('因住院治疗，本月未走访联系支部')
      await tang.says('提交')
    },
    { at: may },
  )

  story(
    '月报：问是哪个支部、属于哪部分',
    async (tale) => {
      const xie = tale.person('谢婉清')
      await xie.says('月报 去了退休支部和公共课，老同志们身体都好。')
      await xie.says('帮两位老党员办理了组织关系转接')
      await xie.says('没有难点')
      await xie.says('提交')
      const xu = tale.person('许一鸣')
      await xu.says('月报 到退休教工党支部看望，老同志状态很好。解决：无。难点：无')
      await xu.chooses('机关党总支/退休教工党支部')
      await xu.says('上一步')
      await xu.says('取消')
    },
    { at: may },
  )

  story(
    '月报：带密级标志的不收',
    async (tale) => {
      const ma = tale.person('马建国')
      await ma.says('月报 网络教研室 支部情况正常')
      await ma.says('机密★\n附件所列项目涉及的人员情况如下')
      await ma.says('严守党和国家机密教育开展了一次')
      await ma.says('预览')
      expect(await tale.stored('附件所列项目')).toBe(false)
    },
    { at: may },
  )

  story(
    '月报：上月问题、下月初补交、定稿后不能改',
    async (tale) => {
      const ma = tale.person('马建国')
      await ma.says('月报 到了网络教研室，情况良好。解决了经费问题。难点：活动室投影设备老旧')
      await ma.says('提交')
      await tale.restarts('2022-06-03T10:00:00+08:00')
      const gao = tale.person('高文静')
      await gao.says('月报 到了会计教研室，党员教育扎实。解决：无。难点：无')
      await gao.says('提交')
      const deng = tale.person('邓书文')
      await deng.says('谁没交')
      await deng.says('进度')
      await deng.says('月报汇总 5月 定稿')
      await ma.says('月报 5月 补充：还去了党政办公')
      const luo = tale.person('罗建国')
      await luo.says('月报 5月 到了护理教研室，临床带教党员作用发挥好。解决：无。难点：无')
      await luo.says('提交')
      await tale.restarts('2022-06-20T10:00:00+08:00')
      await ma.says('月报')
      await ma.says('到了网络教研室，情况良好。解决了经费问题。')
      await ma.says('上月问题仍未解决')
      await ma.says('提交')
      await ma.says('提交')
    },
    { at: may, watch: ['马建国', '高文静', '邓书文', '罗建国'] },
  )
})
