import { z } from 'zod'
import type { Log } from '../../bot/messages/channel.ts'
import { outcomeOf } from './answers.ts'
import type { WecomClient } from './client.ts'
import type { WecomSettings } from './settings.ts'

/** The words under the cards. They work whether or not the cards are visible. The keys are the command words (contract.md). */
const words: { name: string; words: readonly string[] }[] = [
  { name: '填报', words: ['评分', '月报', '季报', '三会一课'] },
  { name: '查询', words: ['任务', '进度', '汇总表'] },
  { name: '帮助', words: [] },
]

type Entry = { type: 'click'; name: string; key: string }
type Layout = { button: (Entry | { name: string; sub_button: Entry[] })[] }
const entry = (word: string): Entry => ({ type: 'click', name: word, key: word })

/** The app's menu, as menu/create takes it (P-90231). */
export const appMenu: Layout = {
  button: words.map((top) =>
    top.words.length === 0 ? entry(top.name) : { name: top.name, sub_button: top.words.map(entry) },
  ),
}

const Leaf = z.object({ name: z.string(), type: z.string().exactOptional(), key: z.string().exactOptional() })
const Existing = z.object({ button: z.array(Leaf.extend({ sub_button: z.array(Leaf).exactOptional() })) })
const noMenu = 46003

/**
 * Sets the menu after the start. It tries again every minute until it succeeds, because 可信 IP and the callback may be configured after the
 * first start.
 */
export class Menu {
  readonly #set: () => Promise<string | undefined>
  readonly #log: Log
  readonly #every: number
  #timer: NodeJS.Timeout | undefined
  #said: string | undefined
  #stopped = false

  constructor(client: WecomClient, settings: WecomSettings, { log, every = 60_000 }: { log: Log; every?: number }) {
    this.#set = () => ensureMenu(client, settings, log)
    this.#log = log
    this.#every = every
  }

  /** Logs each obstacle once and again only when the obstacle changes, because people can type all the words anyway. */
  async start(): Promise<void> {
    const line = await this.#set()
    if (line !== undefined && line !== this.#said) this.#log.warn({ channel: 'wecom' }, line)
    this.#said = line
    if (line === undefined || this.#stopped) return
    this.#timer = setTimeout(() => void this.start(), this.#every).unref()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}

/** Sets the menu if it differs. Returns a line for the log if that failed. */
async function ensureMenu(client: WecomClient, { agentId }: WecomSettings, log: Log): Promise<string | undefined> {
  const query = { agentid: String(agentId) }
  const found = await client.call('menu/get', { query })
  if (found.kind === 'ok' && isOurs(found.body)) return undefined
  const known = found.kind === 'ok' || (found.kind === 'no' && found.errcode === noMenu)
  const answer = known ? await client.call('menu/create', { query, body: JSON.stringify(appMenu) }) : found
  if (answer.kind === 'ok') {
    log.info({ channel: 'wecom' }, 'the app menu was set')
    return undefined
  }
  const outcome = outcomeOf(answer)
  if (outcome.kind === 'configuration') return `应用菜单还没有设置：${outcome.line}`
  return `应用菜单还没有设置（${'code' in outcome ? outcome.code : outcome.kind}），每分钟再试一次`
}

function isOurs(body: unknown): boolean {
  const menu = Existing.safeParse(body)
  if (!menu.success) return false
  const plain = menu.data.button.map(({ sub_button: below, name, type, key }) =>
    below && below.length > 0
      ? { name, sub_button: below.map((one) => ({ type: one.type, name: one.name, key: one.key })) }
      : { type, name, key },
  )
  return JSON.stringify(plain) === JSON.stringify(appMenu.button)
}
