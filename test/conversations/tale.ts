import { setTimeout as sleep } from 'node:timers/promises'
import { groupKey, inventedCollege, type Somebody, stranger } from './college.ts'
import type { Can, Driver, Phones, Seen } from './driver.ts'
import { Person } from './person.ts'
import { recordsOf } from './records.ts'
import { Running } from './running.ts'
import { screenLines } from './screens.ts'
import type { Step } from './transcript.ts'

type Channel = { driver: Driver; phones: Phones }

/** One story, told on one channel or on several at once. */
export class Tale {
  readonly steps: Step[] = []
  readonly #channels: readonly Channel[]
  readonly #running: Running
  readonly #people: readonly Somebody[]
  readonly #read = new Map<Phones, number>()
  #news: { of: Phones; seen: Seen }[] = []
  /** Only these people's screens are written down. For the others, only how many heard something. */
  #watched: ReadonlySet<string> | undefined

  private constructor(channels: readonly Channel[], running: Running, people: readonly Somebody[]) {
    this.#channels = channels
    this.#running = running
    this.#people = people
  }

  static async begin(
    drivers: readonly Driver[],
    at: string,
    { watch, later }: { watch?: readonly string[]; later?: readonly string[] } = {},
  ): Promise<Tale> {
    const people = [...(await inventedCollege()).people, stranger]
    const accounts = people.map((one) => one.account).filter(Boolean)
    const channels = await Promise.all(
      drivers.map(async (driver) => ({ driver, phones: await driver.open(accounts, [groupKey]) })),
    )
    const running = await Running.in(Object.assign({}, ...channels.map(({ phones }) => phones.env)), later)
    const tale = new Tale(channels, running, people)
    if (watch) tale.#watched = new Set(watch)
    await tale.#start(at)
    // A schedule may look while the first people write. Then it tells the department about the others, a moment later.
    await tale.#still('the beginning', () => true)
    for (const { phones } of channels) tale.#read.set(phones, phones.seen.length)
    return tale
  }

  get can(): Can {
    return this.#first.driver.can
  }
  #named(name: string): Somebody {
    const somebody = this.#people.find((one) => one.name === name)
    if (!somebody) throw new Error(`nobody is called ${name} here`)
    return somebody
  }
  get #first() {
    const [first] = this.#channels
    if (!first) throw new Error('a story needs a channel')
    return first
  }

  /** `on` is the channel, if the story has several. */
  person(name: string, on: Driver = this.#first.driver): Person {
    const somebody = this.#named(name)
    const channel = this.#channels.find(({ driver }) => driver === on)
    if (!channel) throw new Error(`${on.name} is not in this story`)
    return new Person(this, somebody, channel.phones, this.#channels.length > 1 ? `（${channel.driver.name}）` : '')
  }

  /** Stops the program and starts it again at this instant. `until` is what this person then reads without asking. */
  async restarts(at: string, until?: { name: string; pattern: RegExp }): Promise<void> {
    await this.#running.stop()
    await this.step(`（程序重新启动，时间 ${at.slice(0, 16).replace('T', ' ')}）`, '', async () => {
      await this.#start(at)
      if (until) await this.#hears(until.name, until.pattern)
    })
  }

  /** The roster of the next start includes the people who were not there yet. */
  everybodyJoins(): Promise<void> {
    return this.#running.roster()
  }

  async #start(at: string): Promise<void> {
    const address = await this.#running.start(at)
    for (const { phones } of this.#channels) await phones.connect(address)
  }

  /** Waits until the message of the schedules has reached this person and nothing more comes. */
  #hears(name: string, pattern: RegExp): Promise<void> {
    const account = this.#people.find((one) => one.name === name)?.account
    return this.#still(`${name} waits for ${pattern}`, (seen) =>
      seen.some(({ to, lines }) => to === account && pattern.test(lines.join('\n'))),
    )
  }

  /** Waits until this was heard and nothing more comes. */
  async #still(what: string, heard: (seen: readonly Seen[]) => boolean): Promise<void> {
    for (let i = 0, still = 0, count = 0; still < 15; i++) {
      if (i > 6000) throw new Error(what)
      await sleep(10)
      const seen = this.#channels.flatMap(({ phones }) => phones.seen.slice(this.#read.get(phones) ?? 0))
      still = heard(seen) && seen.length === count ? still + 1 : 0
      count = seen.length
    }
    await this.#running.quiet()
  }

  /** Performs an act, waits until everything is said, and writes down who saw what. `by` is the account whose screen comes first. */
  async step(head: string, by: string, act: () => Promise<unknown>): Promise<void> {
    await act()
    await this.#running.quiet()
    this.#news = []
    for (const { phones } of this.#channels) {
      const from = this.#read.get(phones) ?? 0
      for (const seen of phones.seen.slice(from)) this.#news.push({ of: phones, seen })
      this.#read.set(phones, phones.seen.length)
    }
    this.steps.push({ head, lines: this.#screens(by) })
  }

  /** From now on this channel answers every push as after a configuration error. */
  refuses(driver: Driver): void {
    for (const channel of this.#channels) if (channel.driver === driver) channel.phones.refuse(true)
  }

  /** Several people say the same at the same moment. Returns what each of them then reads. */
  async together(names: readonly string[], text: string): Promise<Map<string, string>> {
    const { phones } = this.#first
    const people = names.map((name) => this.#named(name))
    await this.step(`每个人都说：${text}`, '', () =>
      Promise.all(people.map(({ account }) => phones.says(account, text))),
    )
    const read = (account: string): string =>
      this.newsOf(account, phones)
        .flatMap(({ lines }) => lines)
        .join('\n')
    return new Map(people.map(({ name, account }) => [name, read(account)]))
  }

  /** Several acts as one step, because channels go different ways to the same end. */
  async differently(head: string, acts: () => Promise<unknown>): Promise<void> {
    const from = this.steps.length
    await acts()
    const steps = this.steps.splice(from)
    this.steps.push({ head: `（${head}）`, lines: steps.flatMap((one) => [`◇ ${one.head}`, ...one.lines]) })
  }

  /** What a person's screen showed in the last step. */
  newsOf(account: string, on: Phones): Seen[] {
    return this.#news.filter(({ of, seen }) => of === on && seen.to === account).map(({ seen }) => seen)
  }

  /** Whether these words are anywhere in the store. */
  async stored(words: string): Promise<boolean> {
    const everything = await this.#running.list()
    return everything.some(({ value }) => JSON.stringify(value).includes(words))
  }

  /** The present records, one on each line. */
  records(): Promise<string[]> {
    return recordsOf(this.#running)
  }

  async end(): Promise<{ errors: string[]; violations: string[]; records: string[]; names: string[] }> {
    try {
      const records = await this.records()
      return {
        records,
        names: this.#running.lines
          .map(({ raw }) => raw)
          .filter((raw) => this.#people.some(({ name }) => raw.includes(name))),
        errors: this.#running.errors,
        violations: this.#channels.flatMap(({ phones }) => phones.violations),
      }
    } finally {
      await this.close()
    }
  }
  async close(): Promise<void> {
    await this.#running.end()
    for (const { phones } of this.#channels) await phones.close()
  }

  #screens(by: string): string[] {
    const several = this.#channels.length > 1
    const everyone = [...this.#people, { name: '群', account: `#${groupKey}` }]
    const screens = everyone.flatMap(({ name, account }) =>
      this.#channels.map(({ driver, phones }) => ({
        name,
        own: account === by,
        where: several ? `（${driver.name}）` : '',
        seen: this.#news.flatMap(({ of, seen }) => (of === phones && seen.to === account ? [seen] : [])),
      })),
    )
    return screenLines(
      screens.filter(({ seen }) => seen.length > 0),
      this.#watched,
    )
  }
}
