import { describe, expect } from 'vitest'
import { aibotSocket } from './drivers/aibot.ts'
import { dingtalk } from './drivers/dingtalk.ts'
import { wecom } from './drivers/wecom.ts'
import { drivers, story, storyOnSeveral } from './story.ts'

/** A form template does not change pushes, so that channel is left out. */
const on = [wecom, aibotSocket, dingtalk]
const watch = ['杨晓东', '赵明远', '马建国', '周组安', '邓书文', '群']

describe('pushes', () => {
  story(
    '提醒：评分前十天、前一天和逾期',
    async (tale) => {
      await tale.restarts('2022-04-18T09:07:30+08:00', { name: '杨晓东', pattern: /评分/ })
      const zhao = tale.person('赵明远')
      await zhao.says('除3扣1，其余满分')
      await zhao.says('评分 除3扣1，其余满分')
      await zhao.says('提交')
      await tale.restarts('2022-04-28T09:07:30+08:00', { name: '杨晓东', pattern: /评分/ })
      await tale.restarts('2022-05-05T09:07:30+08:00', { name: '杨晓东', pattern: /评分/ })
    },
    { on, watch, at: '2022-04-15T15:00:00+08:00' },
  )

  story(
    '提醒：月报，直接回复一段话',
    async (tale) => {
      await tale.restarts('2022-05-24T09:07:30+08:00', { name: '马建国', pattern: /报告/ })
      const ma = tale.person('马建国')
      await ma.says('到了网络教研室，情况：组织生活正常。解决：无。难点：活动经费不足')
      await ma.says('提交')
      await tale.restarts('2022-05-31T09:07:30+08:00', { name: '高文静', pattern: /报告/ })
    },
    { on, watch, at: '2022-05-23T15:00:00+08:00' },
  )

  story(
    '群里：只说数',
    async (tale) => {
      await tale.person('周组安').saysInGroup('绑定本群 全院党建工作群')
      await tale.person('杨晓东').saysInGroup('进度')
      await tale.person('杨晓东').saysInGroup('谁没交')
      await tale.person('杨晓东').saysInGroup('绑定本群')
    },
    { on: drivers.filter(({ can }) => can.groups) },
  )
})

describe('one person, several channels', () => {
  storyOnSeveral('两个平台：一边开始，一边接着', [wecom, dingtalk], async (tale) => {
    const onWecom = tale.person('杨晓东', wecom)
    const onDingtalk = tale.person('杨晓东', dingtalk)
    await onWecom.says('评分 软件教研室 5 5 4.5 5 5 5 5 5')
    await onDingtalk.says('其余满分')
    await onDingtalk.says('提交')
    const zhou = tale.person('周组安', wecom)
    await zhou.says('待审')
    await zhou.chooses('逐个看')
    await zhou.chooses('退回')
    await zhou.says('请补充第3项依据')
    await onWecom.says('评分 软件教研室')
    await onWecom.says('第3项4')
    await onWecom.chooses('提交')
  })

  storyOnSeveral(
    '两个平台：提醒走上次用的一边，不通时走另一边',
    [wecom, dingtalk],
    async (tale) => {
      const [onWecom, onDingtalk] = [tale.person('杨晓东', wecom), tale.person('杨晓东', dingtalk)]
      await onDingtalk.says('帮助')
      await tale.person('陈志刚', wecom).says('帮助')
      await tale.restarts('2022-04-18T09:07:30+08:00', { name: '杨晓东', pattern: /评分/ })
      expect([onWecom.reads, onDingtalk.reads]).toEqual(['', expect.stringContaining('支部评分 0/4')])
      tale.refuses(dingtalk)
      await tale.restarts('2022-04-26T09:07:30+08:00', { name: '杨晓东', pattern: /评分/ })
      expect([onWecom.reads, onDingtalk.reads]).toEqual([expect.stringContaining('支部评分 0/4'), ''])
    },
    { watch: ['杨晓东', '陈志刚'], at: '2022-04-15T15:00:00+08:00' },
  )
})
