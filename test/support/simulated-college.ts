import { once } from 'node:events'
import { createServer } from 'node:http'
import Router from '@koa/router'
import Koa from 'koa'
import { door } from '../../src/platforms/simulator/door.ts'
import { Simulator } from '../../src/platforms/simulator/simulator.ts'
import { simulatorPage } from '../../src/web/simulator/page.ts'
import { ended, gallery } from './card-gallery.ts'
import { cardFor, tinyBot } from './tiny-bot.ts'

const general = '信息工程学院党总支'
const people = [
  { account: 'xuyiming', name: '许一鸣', post: '党委书记', groupings: [] },
  { account: 'zhouzubu', name: '周组部', post: '组织部', groupings: [] },
  { account: 'yangxinxi', name: '杨信息', post: '党总支书记', groupings: [general] },
  { account: 'lisi', name: '李四', post: '党支部书记', groupings: [general, '软件教研室党支部'] },
  { account: 'yangxinxi', name: '杨信息', post: '党支部书记', groupings: [general, '信息学生党支部'] },
  { account: 'zhaoyi', name: '赵一', post: '党支部书记', groupings: ['机电工程学院党总支', '机电教工第一党支部'] },
]
const menu = {
  button: [
    {
      name: '填报',
      sub_button: ['评分', '月报', '季报', '三会一课'].map((key) => ({ type: 'click', name: key, key })),
    },
    { name: '查询', sub_button: ['任务', '进度', '汇总表'].map((key) => ({ type: 'click', name: key, key })) },
    { name: '帮助', type: 'click', key: '帮助' },
  ],
}

/**
 * The page and its simulator with a small bot. The bot shows a card of the gallery when it gets the card's name, and repeats every other
 * text.
 */
export async function simulatedCollege({ key }: { key?: string } = {}) {
  let offset = Date.parse('2022-04-18T09:00:00+08:00') - Date.now()
  const iso = (ms: number): string => new Date(ms).toISOString()
  const clock = {
    now: () => iso(Date.now() + offset),
    nextPush: () => '2022-04-19T09:07:00+08:00',
    async moveTo(to: string) {
      offset = Date.parse(to) - Date.now()
      await bot.call('message/send', said('yangxinxi', '4月29日（周五）前还有一件事：支部评分 2/4。回复“评分”。'))
    },
  }
  const guard = door(key)
  const simulator = new Simulator({ people, groups: [{ key: 'college', name: '全院党建工作群' }], clock, guard })
  const { wecom } = simulator
  await wecom.listen()
  const { agentId } = wecom.credentials
  const said = (account: string, content: string) => ({
    touser: account,
    msgtype: 'text',
    agentid: agentId,
    text: { content },
  })
  let tasks = 0
  const cards = new Map<string, object>()
  const bot = await tinyBot(wecom, async (heard, { call }) => {
    const account = heard.get('FromUserName') ?? ''
    const event = heard.get('Event')
    if (event?.startsWith('template_card')) {
      const card = cards.get(heard.get('TaskId') ?? '')
      const word = [
        heard.get('EventKey'),
        ...[...heard.xml.matchAll(/<OptionId><!\[CDATA\[(.*?)\]\]>/g)].map(([, id]) => id),
      ].join(' ')
      await call('message/update_template_card', {
        agentid: agentId,
        response_code: heard.get('ResponseCode'),
        template_card: ended(card ?? {}, word),
      })
    } else {
      const word = heard.get('Content') ?? heard.get('EventKey') ?? ''
      const card = gallery[word]?.(`t${++tasks}`)
      if (card) cards.set(`t${tasks}`, card)
      if (event === 'enter_agent') return
      await call('message/send', card ? cardFor(account, agentId, card) : said(account, `收到：${word}`))
    }
  })
  await bot.call('menu/create', menu, `&agentid=${agentId}`)
  const app = new Koa()
  // This small bot has no dashboard, so it tells every person that they are logged in.
  const login = new Router()
  login.post('/sim/login/:account', guard, (context) => {
    context.body = {}
  })
  for (const router of [login, simulatorPage(guard), simulator.router])
    app.use(router.routes()).use(router.allowedMethods())
  const server = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    wecom,
    bot,
    async close() {
      await bot.close()
      await simulator.close()
      server.close()
      server.closeAllConnections()
    },
  }
}
