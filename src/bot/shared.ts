/** One reading shared by all who ask while another reading runs. It begins after they asked, so it is never older than the question. */
export class Shared<T> {
  readonly #read: () => Promise<T>
  #running: Promise<T> | undefined
  #next: Promise<T> | undefined

  constructor(read: () => Promise<T>) {
    this.#read = read
  }

  get(): Promise<T> {
    if (!this.#running) return this.#begin()
    const again = (): Promise<T> => {
      this.#next = undefined
      return this.#begin()
    }
    this.#next ??= this.#running.then(again, again)
    return this.#next
  }

  #begin(): Promise<T> {
    const running = this.#read().finally(() => {
      if (this.#running === running) this.#running = undefined
    })
    this.#running = running
    return running
  }
}
