import type { Handler } from '../src/bot/turn/handler.ts'
import { dashboardSeers } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'

/** 看板: the address of the dashboard. If there is none, what the administrator must set. */
export const dashboard = (address: () => string | undefined): Handler => ({
  name: 'dashboard',
  commands: [
    {
      word: '看板',
      by: dashboardSeers,
      use: '全年情况一张图（网页）',
      whose: '看板由组织部、党委办公室、党委书记、副书记和党总支书记查看',
      run: async (turn) => show(turn, address()),
    },
  ],
})

function show(turn: Turn, address: string | undefined): void {
  if (address === undefined)
    turn.say('看板还没有开通：请管理员设置 PUBLIC_URL（手机能打开的本程序地址）后重新启动。数字现在可以发“进度”查看。')
  else
    turn.show({
      title: '党建看板',
      desc: '进度、定级、走访和到期事项，截至打开时',
      link: { text: '打开看板', url: address },
      words: '第一次打开要登录，只需一次。',
    })
}
