import type { Temporal } from 'temporal-polyfill'
import type { World } from '../bot/roster/world.ts'
import type { Said } from './rehearsal.ts'

/** Counts the pushes that people get in a month, by post. A notice is not a push, because it answers what another person did. */
export class PushesAMonth {
  /** By post, then by account and month. */
  readonly #counts = new Map<string, Map<string, number>>()

  /** Gives everybody with an account a count for each month from `from` to `to`; it is 0 if nothing comes. */
  constructor(
    { campaign, roster }: Pick<World, 'campaign' | 'roster'>,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ) {
    for (const { accounts, seats } of roster.people) {
      const account = accounts.wecom ?? accounts.dingtalk
      const [seat] = seats
      if (account === undefined || !seat) continue
      const post = campaign.posts[seat.post]
      const counts = this.#counts.get(post) ?? new Map<string, number>()
      this.#counts.set(post, counts)
      for (
        let month = from.toPlainYearMonth();
        month.until(to.toPlainYearMonth()).sign >= 0;
        month = month.add({ months: 1 })
      )
        counts.set(`${account} ${month.toString()}`, 0)
    }
  }

  add({ at, to, kind }: Said): void {
    if (kind === 'notice' || 'group' in to) return
    const counts = this.#counts.get(to.post)
    const key = `${to.account} ${at.toPlainDate().toPlainYearMonth().toString()}`
    counts?.set(key, (counts.get(key) ?? 0) + 1)
  }

  /** `median` and `highest` over all people and months. */
  byPost(): { post: string; median: number; highest: number }[] {
    return [...this.#counts].map(([post, counts]) => {
      const all = [...counts.values()].sort((one, other) => one - other)
      const [low = 0, high = 0] = [all[(all.length - 1) >> 1], all[all.length >> 1]]
      return { post, median: (low + high) / 2, highest: all.at(-1) ?? 0 }
    })
  }
}
