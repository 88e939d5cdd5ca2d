/** Runs jobs with the same name one after another, in the order in which they came. Jobs with different names run at once. */
export class InOrder {
  readonly #tails = new Map<string, Promise<unknown>>()

  run<T>(name: string, job: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name)
    const mine = before ? before.then(job, job) : job()
    this.#tails.set(name, mine)
    const leave = (): void => {
      if (this.#tails.get(name) === mine) this.#tails.delete(name)
    }
    mine.then(leave, leave)
    return mine
  }
}
