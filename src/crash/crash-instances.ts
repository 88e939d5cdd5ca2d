import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Order } from './crashed-program.ts'

export type Happening = { kind: 'quiet'; at: string } | { kind: 'died'; name: string }
type Setting = {
  /** The arguments with which Node starts one program. */
  program: readonly string[]
  count: number
  start: (name: string) => Order
  happened: (happening: Happening) => void
}

/** The programs to be killed. A new one has the name of the dead one, so that it takes over at once what the dead one had claimed. */
export class Instances {
  readonly names: readonly string[]
  readonly #setting: Setting
  readonly #alive = new Map<string, ChildProcess>()
  readonly #spares: ChildProcess[] = []
  starts = 0
  kills = 0

  constructor(setting: Setting) {
    this.#setting = setting
    this.names = Array.from({ length: setting.count }, (_, i) => `i${i + 1}`)
  }

  /** Tells one program the time (ISO instant), and starts it first if it is dead. */
  order(name: string, at: string): void {
    const child = this.#alive.get(name) ?? this.#start(name)
    tell(child, { at })
  }

  #start(name: string): ChildProcess {
    const { start, happened } = this.#setting
    const child = this.#spares.shift() ?? this.#spawn()
    this.#spares.push(this.#spawn())
    this.#alive.set(name, child)
    this.starts++
    child.once('exit', () => {
      if (this.#alive.get(name) !== child) return
      this.#alive.delete(name)
      happened({ kind: 'died', name })
    })
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (at) => {
        if (this.#alive.get(name) === child) happened({ kind: 'quiet', at })
      })
    tell(child, start(name))
    return child
  }

  /** Starts a program ahead of time, so that its modules are loaded when it is needed. */
  #spawn(): ChildProcess {
    const child = spawn(process.execPath, [...this.#setting.program], { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin?.on('error', () => {})
    return child
  }

  /** Kills any one of them. */
  killOne(): void {
    const alive = [...this.#alive.values()].filter((child) => !child.killed)
    const victim = alive[Math.floor(Math.random() * alive.length)]
    if (victim?.kill('SIGKILL')) this.kills++
  }

  /** Kills all of them, without a report to anybody. */
  async killAll(): Promise<void> {
    const victims = [...this.#alive.values()]
    this.#alive.clear()
    for (const child of victims) {
      if (!child.killed) this.kills++
      await dead(child)
    }
  }

  async end(): Promise<void> {
    for (const child of [...this.#alive.values(), ...this.#spares]) await dead(child)
  }
}

/** Resolves when the process is dead; then the resources it held are free. */
async function dead(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

const tell = (child: ChildProcess, order: Order): void => void child.stdin?.write(`${JSON.stringify(order)}\n`)
