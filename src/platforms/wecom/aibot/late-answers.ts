import type { InPlace, Log } from '../../../bot/channel.ts'
import { busy } from '../../../bot/words.ts'
import { type Answer, type Body, messageAnswer, stream } from './replies.ts'

/** Milliseconds since the callback came in after which its messages go their own way: delivery holds them for six seconds. */
const carriedMs = 5_000
/** WeCom asks for six minutes at most. */
const askedMs = 6 * 60_000

const working = '正在处理，请稍候。'
const elsewhere = '已处理，请看下一条消息。'

/** What goes into an answer now, and `settle`, which must be told whether it went out. */
export type Going = { body: Body; settle: (done: boolean) => Promise<void> }

/**
 * Answers that take longer than WeCom waits: it is told that they are being worked on, and asks for the next state (P-100719). Another
 * instance may be asked, which knows nothing and says nothing; WeCom asks again.
 */
export class LateAnswers {
  readonly #states = new Map<string, Going | 'working'>()
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  /** The first answer; what `work` comes to is the next. `began`: when the callback came in, by `performance.now()`. */
  keep(id: string, began: number, work: Promise<InPlace[]>): Going {
    this.#states.set(id, 'working')
    setTimeout(() => this.#states.delete(id), askedMs).unref()
    void work.then(
      (places) => this.#ready(id, began, places),
      (error: unknown) => {
        this.#log.error({ err: error, channel: 'aibot' }, 'a message could not be stored after its answer had begun')
        this.#states.set(id, plain(id, busy, true))
      },
    )
    return plain(id, working, false)
  }

  /** The state of an answer as of now; undefined: there is none, or no more to come. */
  next(id: string): Going | undefined {
    const state = this.#states.get(id)
    if (state === 'working') return plain(id, working, false)
    this.#states.delete(id)
    return state
  }

  async #ready(id: string, began: number, places: readonly InPlace[]): Promise<void> {
    const left = carriedMs - (performance.now() - began)
    const answer = left > 0 ? messageAnswer(id, places, { begun: true }) : undefined
    if (!answer) {
      this.#states.set(id, plain(id, elsewhere, true))
      return settled(places, [], this.#log)
    }
    const { body, settle } = goingOf(answer, places, this.#log)
    const going: Going = {
      body,
      settle: (done) => {
        if (!done) this.#states.set(id, plain(id, elsewhere, true))
        return settle(done)
      },
    }
    this.#states.set(id, going)
    setTimeout(() => {
      if (this.#states.get(id) === going) void going.settle(false)
    }, left).unref()
  }
}

const plain = (id: string, content: string, finish: boolean): Going => ({
  body: stream(id, content, finish),
  settle: async () => undefined,
})

export const goingOf = ({ body, carried }: Answer, places: readonly InPlace[], log: Log): Going => ({
  body,
  settle: (done) => settled(places, done ? carried : [], log),
})

/** Tells what went out. From the last to the first: only then may delivery go on with what the answer did not carry. */
export async function settled(places: readonly InPlace[], carried: readonly InPlace[], log: Log): Promise<void> {
  for (const place of [...places].reverse())
    await place
      .settle(carried.includes(place))
      .catch((error: unknown) => log.error({ err: error, channel: 'aibot' }, 'an answer could not be settled'))
}
