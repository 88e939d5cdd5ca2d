import { describe, expect } from 'vitest'
import { dingtalk, dingtalkForms } from './drivers/dingtalk.ts'
import { wecom } from './drivers/wecom.ts'
import { story } from './story.ts'

/** Days on which no schedule says anything. */
const may = '2022-05-10T10:00:00+08:00'
const june = '2022-06-13T10:00:00+08:00'
/** 网络教研室 gets 60 points, 后进; 软件教研室 gets 99, 先进. */
const scores = '网络 除1扣5、2扣5、3扣5、4扣5，17得0，18得0，其余满分\n软件 除3扣1，其余满分'

describe('reports and records of the year', () => {
  story(
    '季报：支部一条消息，总支看齐上报',
    async (tale) => {
      const zheng = tale.person('郑雨桐')
      await zheng.says('季报')
      await zheng.says(
        '季报 完成情况：按计划开了两次党员大会，完成了主题党日。存在问题：年轻党员外出挂职多，人难到齐。',
      )
      await zheng.says('下步打算：三季度起改为网络与现场结合')
      expect(await zheng.says('提交')).toContain('已提交')
      const yang = tale.person('杨晓东')
      await yang.says('季报')
      expect(await yang.chooses('信息工程学院党总支')).toContain('本总支情况')
      await yang.says('本总支情况：四个支部运转正常，网络教研室已明确改进办法')
      await yang.says('提交')
      await tale.person('周组安').says('进度')
      await tale.person('周组安').says('谁没交季报')
    },
    { at: june },
  )

  story(
    '三会一课：几次会一条消息，撤销一次',
    async (tale) => {
      const zheng = tale.person('郑雨桐')
      await zheng.says('三会一课')
      await zheng.says(
        '三会一课 4月12日支委会，应到5实到5，议题：研究发展对象\n4月20日主题党日暨党员大会，应到12，实到13，议题：学习党章',
      )
      await zheng.says('实到11')
      expect(await zheng.says('提交')).toContain('已提交')
      await zheng.says('党课 5月6日 在支部党员大会上讲“党员的样子”，听课11人')
      await zheng.says('提交')
      await zheng.says('三会一课 撤销 4月12日支委会 记重了')
      await zheng.says('三会一课')
      const song = tale.person('宋志明')
      await song.says('双重组织生活 4月20日 网络教研室 主题党日')
      await song.says('提交')
      expect(await tale.person('周组安').says('三会一课')).toContain('双重组织生活 1/')
    },
    { at: may },
  )

  story(
    '督查整改：抽查、督查、答复、退回、销号',
    async (tale) => {
      const zhou = tale.person('周组安')
      const zheng = tale.person('郑雨桐')
      await zheng.says('整改')
      expect(await zhou.says('抽查 3 种子 8F2K')).toContain('种子 8F2K')
      await zhou.says('督查 网络教研室 4月支委会没有记录，请补开')
      expect(await zheng.says('整改 5月10日已补开支委会')).toContain('已记下')
      await zhou.says('退回 网络教研室 没有写应到人数')
      await zheng.says('整改 应到5人，实到5人，记录已补')
      expect(await zhou.says('销号 网络教研室')).toContain('已销号')
      await tale.person('袁秋月').says('销号 网络教研室')
      await zhou.says('进度')
    },
    { at: may },
  )

  story(
    '制度、培训、经验：提建议，记学习，转做法',
    async (tale) => {
      const zeng = tale.person('曾雨薇')
      await zeng.says('制度 制度名称：党费收缴管理办法，堵点：跨校区缴费要来回跑')
      await zeng.says('修改建议：可以线上缴纳。依据：上级有关规定')
      expect(await zeng.says('提交')).toContain('已提交')
      await tale.person('邓书文').says('制度')
      const zhou = tale.person('周组安')
      expect(await zhou.says('培训 5月9日 线下 除郑雨桐')).toContain('还没参加')
      await zhou.says('培训 5月30日 线下 全体')
      const zheng = tale.person('郑雨桐')
      await zheng.says('经验 党员先锋岗带动实训室安全整治')
      await zheng.says('制度 撤销 党费收缴管理办法')
      await zeng.says('制度 撤销 党费收缴管理办法 已经修订')
    },
    { at: may },
  )

  story(
    '任务：看清单，报进展，自动统计的不用报',
    async (tale) => {
      const chen = tale.person('陈志刚')
      await chen.says('任务')
      await chen.says('任务 1 征求了各支部意见')
      await chen.says('任务1 12月 已开始摸底')
      await chen.says('任务 2 已完成')
      expect(await chen.says('任务 1 已完成 已报组织部')).toContain('已完成')
      await chen.says('任务 11 已完成')
      const zhao = tale.person('赵明远')
      await zhao.says('发展 积极分子12 发展对象3 预备党员2 转正1')
      await zhao.says('0')
      await zhao.says('提交')
      await zhao.says('品牌 名称：匠心先锋，阶段：培育，内容：党员带徒弟')
      await zhao.says('提交')
      await tale.person('周组安').says('谁没交任务')
    },
    { at: may },
  )
})

describe('what changes something in the year', () => {
  story(
    '后进：包扶、帮扶、措施、复评',
    async (tale) => {
      const [yang, zhou, zheng] = [tale.person('杨晓东'), tale.person('周组安'), tale.person('郑雨桐')]
      for (const name of ['周组安', '袁秋月']) expect(await tale.person(name).says('后进')).toContain('无后进党支部')
      await yang.says(`评分 ${scores}`)
      await yang.says('提交')
      await zhou.says('备案 网络、软件')
      await zhou.says('后进')
      await zhou.says('后进 网络教研室 包扶 张三')
      expect(await zhou.says('后进 网络教研室 包扶 宋志明 帮扶 软件教研室')).toContain('已记下')
      await zheng.says('措施 1.每月集中学习一次，负责人郑雨桐，6月30日前；2.补齐支部委员，负责人杨晓东，5月31日前')
      expect(await zheng.says('提交')).toContain('已提交')
      await zheng.says('措施 2 已完成 已选举')
      await zhou.says('复评 网络教研室')
      await yang.says('评分 网络 除3扣1，其余满分')
      await yang.says('提交')
      await zhou.says('备案 网络')
      expect(await zhou.says('后进')).toContain('转化率 1/1')
    },
    { at: may },
  )

  story(
    '议题：从月报到答复',
    async (tale) => {
      const ma = tale.person('马建国')
      await ma.says('到了网络教研室，组织生活正常。难点：活动室投影老旧，需要更换')
      await ma.says('提交')
      const deng = tale.person('邓书文')
      expect(await deng.says('议题')).toContain('待上会')
      await deng.says('议题 1 决定 由后勤处更换投影，负责人孙处长，6月30日前')
      await deng.says('议题1 答复 已更换')
      await deng.says('议题')
      await deng.says('议题 1 退回 新投影还不能用')
      await deng.says('议题 全部')
    },
    { at: '2022-05-26T09:00:00+08:00' },
  )

  story(
    '流动党员：记名单，记联系，只有书记看得到姓名',
    async (tale) => {
      const zheng = tale.person('郑雨桐')
      await zheng.says('流动党员')
      await zheng.says('流动党员 王小明 实习学生 4月1日起')
      await zheng.says('流动党员 王小明 4月12日 电话联系')
      await zheng.says('流动党员 王小明 4月20日 参加网络党课')
      expect(await zheng.says('流动党员')).toContain('王小明')
      for (const name of ['杨晓东', '周组安']) {
        const answer = await tale.person(name).says('流动党员')
        expect(answer).not.toContain('王小明')
      }
      await zheng.says('流动党员 王小明 转出 5月6日')
      await zheng.says('流动党员')
    },
    { at: may },
  )

  story(
    '通报：草稿、自己的话、发到群一次',
    async (tale) => {
      const zhou = tale.person('周组安')
      await zhou.says('通报 2季度')
      await zhou.says('修改')
      await zhou.says('2季度各支部工作总体平稳，请尚未提交季报的支部抓紧。')
      expect(await zhou.says('发到群')).toContain('已发到群')
      await tale.person('袁秋月').says('通报 2季度')
      await tale.person('袁秋月').says('发到群')
    },
    // 智能机器人 cannot reach the groups that a webhook reaches.
    { at: june, on: [wecom, dingtalk, dingtalkForms] },
  )

  story('提问：用平常的话问', async (tale) => {
    await tale.person('杨晓东').says(`评分 ${scores}`)
    await tale.person('杨晓东').says('提交')
    await tale.person('马建国').says('我联系的支部怎么样')
    await tale.person('杨晓东').says('网络教研室还差几分先进')
    await tale.person('赵明远').says('网络教研室还差几分先进')
    await tale.person('曾雨薇').says('本月还有几天')
    await tale.person('周组安').says('谁没交月报')
    await tale.person('杨晓东').says('今年能评上优秀吗？')
  })
})
