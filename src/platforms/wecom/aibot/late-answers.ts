import type { InPlace, Log } from '../../../bot/messages/channel.ts'
import { busy } from '../../../bot/messages/words.ts'
import { type Answer, type Body, messageAnswer, stream } from './replies.ts'
import { settled } from './settled.ts'
import { sendTogether } from './url-channel.ts'

/** Milliseconds since the callback came in after which its messages go their own way: delivery holds them for six seconds. */
const carriedMs = 5_000
/** WeCom asks for six minutes at most. */
const askedMs = 6 * 60_000

const working = '正在处理，请稍候。'
const over = '已处理。'
const elsewhere = '已处理，请看下一条消息。'

/** What goes into an answer now, and `settle`, which must be told whether it went out. */
export type Going = { body: Body; settle: (done: boolean) => Promise<void> }

/** So many answers are remembered, for callbacks that come again. */
const mostKept = 1_000

/**
 * What messages are answered with, by the id of their streams. An answer that takes longer than WeCom waits is begun, and WeCom asks for
 * its next state (P-100719); a callback that comes again, because its answer got lost, gets that answer again. Another instance may be
 * asked, which knows nothing and says nothing; WeCom asks again.
 */
export class LateAnswers {
  readonly #states = new Map<string, Going | 'working'>()
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  /** The first answer; what `work` comes to is the next. `began`: when the callback came in, by `performance.now()`. */
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

  /** An answer that goes out at once: if its callback comes again, it never arrived. */
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

  /** The state of an answer as of now; undefined: there is none. */
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

/** Of several messages that an answer did not carry the first alone would find its way: they go together, while delivery holds them. */
async function toldTogether(places: readonly InPlace[], carried: readonly InPlace[], log: Log): Promise<InPlace[]> {
  const rest = places.filter((place) => !carried.includes(place) && place.parcel.message.kind !== 'file')
  if (rest.length < 2) return []
  const parcels = rest.map(({ parcel }) => parcel)
  return (await sendTogether(parcels, log)) ? rest : []
}
