import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { z } from 'zod'
import { outbox } from '../../src/bot/messages/outbox.ts'
import { readConfig } from '../../src/config.ts'
import type { ReadOnlyStore } from '../../src/store/embedded.ts'
import { all, type Versioned } from '../../src/store/store.ts'
import { openToRead } from '../../src/wiring/open-store.ts'
import { Program } from '../../src/wiring/program.ts'
import { inventedCollege } from './college.ts'

const LogLine = z.looseObject({ level: z.number(), msg: z.string().default(''), port: z.number().exactOptional() })
type LogLine = z.infer<typeof LogLine>
const error = 50

/** The real program on a store of its own, in this process, so that a story can stop it and start it again on another day. */
export class Running {
  readonly lines: (LogLine & { raw: string })[] = []
  readonly #env: { [variable: string]: string }
  readonly #folder: string
  #program: Program | undefined
  #store: ReadOnlyStore | undefined

  private constructor(folder: string, env: { [variable: string]: string }) {
    this.#folder = folder
    this.#env = env
  }

  /** `env` holds the variables of the channels. */
  static async in(env: { [variable: string]: string }, later?: readonly string[]): Promise<Running> {
    const folder = await mkdtemp(join(tmpdir(), 'dangjian-story-'))
    const roster = join(folder, 'roster.xlsx')
    const running = new Running(folder, { ROSTER_FILE: roster, ...env, DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0' })
    await running.roster(later)
    return running
  }

  /** Writes the roster for the next start. `later` are the people who are not in it yet. */
  async roster(later: readonly string[] = []): Promise<void> {
    const { file, without } = await inventedCollege()
    await writeFile(join(this.#folder, 'roster.xlsx'), later.length === 0 ? file : await without(later))
  }

  /** Starts the program with its clock at this instant. Returns the program's address. */
  async start(at: string): Promise<string> {
    const config = readConfig({ ...this.#env, CLOCK_START: at })
    const log = pino({ level: 'info', base: null }, { write: (raw: string) => this.#note(raw) })
    this.#program = new Program(config, log)
    const before = this.lines.length
    await this.#program.start()
    this.#store = await openToRead(config)
    const port = this.lines.slice(before).find((line) => line.port !== undefined)?.port
    return `http://127.0.0.1:${port}`
  }
  async stop(): Promise<void> {
    await this.#store?.close()
    await this.#program?.stop()
    this.#store = undefined
    this.#program = undefined
  }
  async end(): Promise<void> {
    await this.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The logged lines of errors. A story without faults has none. */
  get errors(): string[] {
    return this.lines.filter((line) => line.level >= error).map((line) => line.raw)
  }

  /** Waits until everything that is due was sent. */
  async quiet(): Promise<void> {
    for (let i = 0; i < 6000; i++) {
      if ((await this.list(outbox.name)).length === 0) return
      await sleep(i < 20 ? 3 : 10)
    }
    throw new Error('the outbox does not become empty')
  }

  async list(...prefix: string[]): Promise<Versioned[]> {
    if (!this.#store) throw new Error('the program is not running')
    const found: Versioned[] = []
    for await (const one of all(this.#store, prefix)) found.push(one)
    return found
  }

  #note(raw: string): void {
    this.lines.push({ ...LogLine.parse(JSON.parse(raw)), raw })
  }
}
