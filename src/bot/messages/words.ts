/** What the bot itself says, whatever the conversation. */
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { type CommandWord, commandRights } from '../turn/rights.ts'

export const notRegistered = (whom: string): string =>
  `您的账号未登记在本院党建名册里，暂时不能使用党建助手。请联系${whom}登记。`
export const notLinked = (whom: string): string =>
  `未登记：企业微信没有告诉我您是谁。请向${whom}要一个绑定码发给我，只需一次。`
export const noRoster = '未登记：名册尚未导入，请管理员设置 ROSTER_FILE（至少一名“组织部”）'
export const noSeat = '无权：名册里您目前没有党内职务。如有变动，请联系组织部更新名册。'

const owners: { [word in CommandWord]?: string } = {
  评分: '评分由党总支书记和党支部书记办理',
  待审: '审核备案由组织部办理',
  重开: '重开由组织部办理',
  月报: '联系支部报告由党委委员填写',
  进度: '完成情况由组织部、党委办公室、党委书记、副书记和各书记查看',
  谁没交: '名单由组织部、党委办公室和党总支书记查看',
  看板: '看板由组织部、党委办公室、党委书记、副书记和党总支书记查看',
  汇总表: '汇总表由党总支书记和组织部领取',
  月报汇总: '月报汇总由党委办公室和组织部领取',
  任务进度: '任务进度由党委办公室和组织部查看',
  议题: '议题由党委办公室和组织部办理',
}
/** A refusal says who can. */
export function mayNot(word: CommandWord, { posts }: Pick<Campaign, 'posts'>): string {
  const holders = commandRights[word].map((post) => posts[post]).join('、')
  return `无权使用“${word}”。${owners[word] ?? `这一项由${holders}办理`}。您能做的可发“帮助”。`
}
export const later = (word: CommandWord): string => `“${word}”这一项稍后开通，开通后会在“帮助”里列出。`

export const unreadable = '这条消息我读不了，请用文字告诉我。发“帮助”可看能做什么。'
export const overQuota = '钉钉本月的消息额度已用完，这条消息的文字没有送到我这里，请稍后再发，或联系管理员。'
export const oneToOne = '这一项请在与我的单独对话里说。群里可以问“进度”。'
export const outdated = '这张卡片已过期，没有改动任何内容。发“帮助”可看现在能做什么。'
export const tooLong = (limit: number): string => `这条消息超过${limit}字，没有保存。请分成几条发给我。`
export const marked = (mark: string): string =>
  `这条消息带有密级标志“${mark}”，没有保存。请去掉涉密内容后再发；您原来的消息还在上面。`
export const busy = '刚才没有处理成功，请再发一次。'

/** Words that belong to something open, said when nothing is. */
export const nothingTo: { readonly [word: string]: string | undefined } = {
  取消: '没有可取消的。',
  提交: '没有可提交的。发“帮助”可看现在能做什么。',
  预览: '没有可预览的。',
  修改: '没有可修改的。',
  上一步: '没有上一步。',
}
