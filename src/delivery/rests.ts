import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** The waits of delivery. A lane that waits leaves its place to others, and all waits end when delivery stops. */
export class Rests {
  readonly #end = new AbortController()
  readonly #began: () => void
  #count = 0

  /** `began` is called when a place becomes free. */
  constructor(began: () => void) {
    this.#began = began
    setMaxListeners(0, this.#end.signal)
  }

  /** The number of present waits. */
  get count(): number {
    return this.#count
  }
  get stopped(): boolean {
    return this.#end.signal.aborted
  }
  stop(): void {
    this.#end.abort()
  }

  /** Waits for some milliseconds, or until everything stops. */
  async sleep(ms: number): Promise<void> {
    const { signal } = this.#end
    await this.during(() =>
      sleep(ms, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      }),
    )
  }

  async during<T>(wait: () => Promise<T>): Promise<T> {
    this.#count++
    this.#began()
    try {
      return await wait()
    } finally {
      this.#count--
    }
  }
}
