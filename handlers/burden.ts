import type { Cell, List, Listed } from '../src/bot/dashboard/list.ts'
import { sessions } from '../src/bot/records/session.ts'
import { messagesTold } from '../src/bot/records/told.ts'
import { countsSeen, namesSeen } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { percentile } from '../src/campaign/reports/percentile.ts'
import { committeePosts, holds, type Person, type Post, posts } from '../src/campaign/roster/roster.ts'

/** More actions a month than this are too many for a committee member. */
const actionsAtMost = 3
const over = `超过${actionsAtMost}次`
const isOver = (post: Post, actions: number): boolean => committeePosts.includes(post) && actions > actionsAtMost

/** What the bot costs people: unasked messages, and how often they wrote or tapped, by post and month. */
export const burden: List = {
  name: 'burden',
  title: '消息与操作',
  onPage: true,
  seen: ({ who }) => countsSeen(who).college,
  read: byPost,
}

/** The people behind it: counts, no texts. */
export const burdenPersons: List = {
  name: 'burden-persons',
  title: '各人消息与操作',
  onPage: false,
  seen: ({ who }) => namesSeen(who).college,
  read: byPerson,
}

type Counted = { month: string; post: Post; people: { person: Person; told: number; actions: number }[] }

/** The months that have begun, newest first, with everybody who holds a post now. */
async function counted(turn: Turn): Promise<Counted[]> {
  const { campaign, roster, now } = turn
  const told = new Map<string, number>()
  for (const { ids } of await turn.list(messagesTold, campaign.id)) {
    const key = `${ids[1]} ${ids[2]}`
    told.set(key, (told.get(key) ?? 0) + 1)
  }
  const acts = new Map((await turn.list(sessions)).map(({ ids, value }) => [ids[0], value.acts]))
  const first = campaign.starts.toPlainYearMonth()
  const count = first.until(now.toPlainDate().toPlainYearMonth(), { largestUnit: 'months' }).months + 1
  const months = Array.from({ length: Math.max(0, count) }, (_, i) => first.add({ months: i }).toString()).reverse()
  return months.flatMap((month) =>
    posts.map((post) => ({
      month,
      post,
      people: roster.people
        .filter((person) => holds(person, post))
        .map((person) => ({
          person,
          told: told.get(`${month} ${person.id}`) ?? 0,
          actions: acts.get(person.id)?.[month] ?? 0,
        })),
    })),
  )
}

const headOf = (turn: Turn, { month, post }: Counted): string =>
  `${Number(month.slice(5))}月 ${turn.campaign.posts[post]}`

async function byPost(turn: Turn): Promise<Listed> {
  const rows = (await counted(turn)).flatMap((one): Cell[][] => {
    const { people, post } = one
    if (people.length === 0) return []
    const head = headOf(turn, one)
    const to = (text: number, where: { [column: string]: string }): Cell => ({
      text,
      link: { list: 'burden-persons', where: { '月份 职务': head, ...where } },
    })
    const told = people.map((each) => each.told)
    const actions = people.map((each) => each.actions)
    const many = actions.filter((each) => isOver(post, each)).length
    const ninth = percentile(actions, 0.9)
    return [
      [
        head,
        to(people.length, {}),
        percentile(told, 0.5),
        percentile(told, 0.9),
        percentile(actions, 0.5),
        isOver(post, ninth) ? { text: ninth, mark: 'late' } : ninth,
        committeePosts.includes(post) ? to(many, { 提示: over }) : '',
      ],
    ]
  })
  return {
    columns: ['月份 职务', '人数', '消息中位数', '消息九成', '操作中位数', '操作九成', over],
    rows,
    chart: { label: '月份 职务', values: ['消息中位数', '操作中位数'] },
    note: turn.worded`消息：提醒和通知；操作：本人发来的消息和点按，查询也在内。九成：九成的人不多于此数。党委委员每月${over}的有标记。`,
  }
}

async function byPerson(turn: Turn): Promise<Listed> {
  const rows = (await counted(turn)).flatMap((one) =>
    one.people.map(({ person, told, actions }): Cell[] => [
      headOf(turn, one),
      person.name,
      told,
      actions,
      isOver(one.post, actions) ? { text: over, mark: 'late' } : '',
    ]),
  )
  return { columns: ['月份 职务', '姓名', '消息', '操作', '提示'], rows }
}
