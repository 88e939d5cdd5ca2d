import { z } from 'zod'
import type { Log } from '../../bot/channel.ts'
import { outcomeOf } from './answers.ts'
import type { WecomClient } from './client.ts'
import type { WecomSettings } from './settings.ts'

const entry = (word: string) => ({ type: 'click', name: word, key: word })
/** Contract, Words under cards: keys are the command words. */
const wanted = {
  button: [
    { name: '填报', sub_button: ['评分', '月报', '季报', '三会一课'].map(entry) },
    { name: '查询', sub_button: ['任务', '进度', '汇总表'].map(entry) },
    entry('帮助'),
  ],
}

const Entry = z.object({ name: z.string(), type: z.string().optional(), key: z.string().optional() })
const Menu = z.object({ button: z.array(Entry.extend({ sub_button: z.array(Entry).optional() })) })
type Shown = z.infer<typeof Menu>

/** What matters of a menu; WeCom adds empty lists and other members of its own. */
const essence = ({ button }: Shown): string =>
  JSON.stringify(
    button.map(({ name, key, sub_button = [] }) => [name, key ?? '', sub_button.map((one) => [one.name, one.key ?? ''])]),
  )

/** Sets the app's menu where it differs (P-90231). A failure is one line: people can type every word of it. */
export async function ensureMenu(client: WecomClient, { agentId }: WecomSettings, log: Log): Promise<void> {
  const query = { agentid: String(agentId) }
  const answer = await client.call('menu/get', { query })
  const shown = answer.kind === 'ok' ? Menu.safeParse(answer.body) : undefined
  if (shown?.success && essence(shown.data) === essence(wanted)) return
  const made = await client.call('menu/create', { query, body: JSON.stringify(wanted) })
  if (made.kind === 'ok') log.info({ channel: 'wecom' }, 'the menu was set')
  else {
    const outcome = outcomeOf(made)
    const line = outcome.kind === 'configuration' ? outcome.line : '企业微信应用的菜单没有设置成功，下次启动再试'
    log.warn({ channel: 'wecom', code: 'code' in outcome ? outcome.code : 'anew' }, line)
  }
}
