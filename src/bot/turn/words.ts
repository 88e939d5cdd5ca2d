/** The bot's own texts, in every conversation. */
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { inWords } from '../../campaign/plan/worded.ts'
import { wordedFor } from '../../campaign/roster/post-words.ts'
import { type Command, wordOf } from './handler.ts'

export const notRegistered = (whom: string): string =>
  `您的账号未登记在本院党建名册里，暂时不能使用党建助手。请联系${whom}登记。`
export const notLinked = (whom: string): string =>
  `未登记：企业微信没有告诉我您是谁。请向${whom}要一个绑定码发给我，只需一次。`
export const noRoster = '未登记：名册尚未导入，请管理员设置 ROSTER_FILE（至少一名“组织部”）'
export const noSeat = (campaign: Campaign): string =>
  wordedFor(campaign)`无权：名册里您目前没有党内职务。如有变动，请联系组织部更新名册。`

/** A refusal says who can. */
export function mayNot(command: Command, campaign: Campaign): string {
  const { by, whose } = command
  const { posts } = campaign
  const holders = typeof by === 'function' ? '' : by.map((post) => posts[post]).join('、')
  return `无权使用“${wordOf(command, campaign)}”。${inWords(whose ?? `这一项由${holders}办理`, campaign)}。您能做的可发“帮助”。`
}

export const unreadable = '这条消息我读不了，请用文字告诉我。发“帮助”可看能做什么。'
export const overQuota = '钉钉本月的消息额度已用完，这条消息的文字没有送到我这里，请稍后再发，或联系管理员。'
export const oneToOne = '这一项请在与我的单独对话里说。群里可以问“进度”。'
export const outdated = '这张卡片已过期，没有改动任何内容。发“帮助”可看现在能做什么。'
export const cancelled = '已取消，没有改动。'
export const mayBeLost = (begin: readonly string[]): string =>
  `不确定是否送到了您这里：${begin.map((text) => `“${text}”`).join('、')}。没看到的话请再问一次。`
export const tooLong = (limit: number): string => `这条消息超过${limit}字，没有保存。请分成几条发给我。`
export const marked = (mark: string): string =>
  `这条消息带有密级标志“${mark}”，没有保存。请去掉涉密内容后再发；您原来的消息还在上面。`
export const busy = '刚才没有处理成功，请再发一次。'

/** The reply to words that belong to something open, when nothing is open. */
export const nothingTo: { readonly [word: string]: string | undefined } = {
  取消: '没有可取消的。',
  提交: '没有可提交的。发“帮助”可看现在能做什么。',
  预览: '没有可预览的。',
  修改: '没有可修改的。',
  上一步: '没有上一步。',
}
