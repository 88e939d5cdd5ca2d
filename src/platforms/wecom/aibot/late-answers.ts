import type { InPlace, Log } from '../../../bot/messages/channel.ts'
import { busy } from '../../../bot/turn/words.ts'
import { type Answer, type Body, messageAnswer, stream } from './replies.ts'
import { settled } from './settled.ts'
import { sendTogether } from './url-channel.ts'

/**
 * Messages later than this after the callback, in milliseconds, go as messages of their own, because delivery holds them for six seconds.
 */
const carriedMs = 5_000
/** WeCom asks for six minutes at most. */
const askedMs = 6 * 60_000

const working = '正在处理，请稍候。'
const over = '已处理。'
const elsewhere = '已处理，请看下一条消息。'

/** The content of an answer now. The caller must tell `settle` whether it went out. */
export type Going = { body: Body; settle: (done: boolean) => Promise<void> }

/** We remember this many answers, for callbacks that come again. */
const mostKept = 1_000

/**
 * The answers to messages, by the id of their streams. If an answer takes longer than WeCom waits, we begin it, and WeCom asks for its next
 * state (P-100719).
 * If a callback comes again because its answer was lost, it gets the same answer. WeCom may ask another instance, which knows nothing and
 * answers nothing; then WeCom asks again.
 */
export class LateAnswers {
  readonly #states = new Map<string, Going | 'working'>()
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  /**
   * Keeps an answer and returns its first state; the result of `work` is the next one. `began` is the time of the callback, by
   * `performance.now()`.
   */
  keep(id: string, began: number, work: Promise<InPlace[]>): Going {
    this.#remember(id, 'working')
    void work.then(
      (places) => this.#ready(id, began, places),
      (error: unknown) => {
        this.#log.error({ err: error, channel: 'aibot' }, 'a message could not be stored after its answer had begun')
        this.#states.set(id, plain(id, busy, true))
      },
    )
    return plain(id, working, false)
  }

  /** Keeps an answer that goes out at once. If its callback comes again, the answer did not arrive. */
  given(id: string, { body, settle }: Going): Going {
    this.#remember(id, { body, settle: nothing })
    return {
      body,
      settle: (done) => {
        if (!done) this.#states.delete(id)
        return settle(done)
      },
    }
  }

  /** The present state of an answer, or undefined if there is none. */
  next(id: string): Going | undefined {
    const state = this.#states.get(id)
    if (state === 'working') return plain(id, working, false)
    if (state) this.#states.set(id, { ...state, settle: nothing })
    return state
  }

  #remember(id: string, state: Going | 'working'): void {
    const [oldest] = this.#states.keys()
    if (this.#states.size >= mostKept && oldest !== undefined) this.#states.delete(oldest)
    this.#states.set(id, state)
    setTimeout(() => this.#states.delete(id), askedMs).unref()
  }

  async #ready(id: string, began: number, places: readonly InPlace[]): Promise<void> {
    const left = carriedMs - (performance.now() - began)
    const answer = left > 0 ? messageAnswer(id, places, { begun: true }) : undefined
    if (!answer) {
      this.#states.set(id, plain(id, places.length > 0 ? elsewhere : over, true))
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

const nothing = async (): Promise<void> => undefined
const plain = (id: string, content: string, finish: boolean): Going => ({
  body: stream(id, content, { finish }),
  settle: nothing,
})

export const goingOf = ({ body, carried }: Answer, places: readonly InPlace[], log: Log): Going => ({
  body,
  settle: async (done) => settled(places, done ? [...carried, ...(await toldTogether(places, carried, log))] : [], log),
})

/**
 * If an answer did not carry several messages, only the first of them would reach the person. So they go together, while delivery still
 * holds them.
 */
async function toldTogether(places: readonly InPlace[], carried: readonly InPlace[], log: Log): Promise<InPlace[]> {
  const rest = places.filter((place) => !carried.includes(place) && place.parcel.message.kind !== 'file')
  if (rest.length < 2) return []
  const parcels = rest.map(({ parcel }) => parcel)
  return (await sendTogether(parcels, log)) ? rest : []
}
