import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A server in a process of its own, on 127.0.0.1. */
export type Child = { port: number; stop: () => Promise<void> }

const Ready = z.object({ port: z.number().int() })

/**
 * Starts one of our modules (its path below src, without extension) as a process of its own. It is ready when it prints its port in a line
 * of JSON. It sees no variables but `env`, and `cwd` is a folder without a `.env`.
 */
export async function startChild(
  module: string,
  { args = [], env = {}, cwd }: { args?: string[]; env?: { [name: string]: string }; cwd: string },
): Promise<Child> {
  const here = fileURLToPath(import.meta.url)
  const file = fileURLToPath(new URL(`../${module}${extname(here)}`, import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, file, ...args], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const port = await portOf(child, ended)
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function portOf(child: ChildProcess, ended: Promise<unknown>): Promise<number> {
  return new Promise((resolve, reject) => {
    const { stdout } = child
    if (!stdout) throw new TypeError('its output is a pipe')
    createInterface({ input: stdout }).on('line', (line) => {
      const ready = Ready.safeParse(jsonOf(line))
      if (ready.success) resolve(ready.data.port)
    })
    void ended.then(() => reject(new Error('a server of the bench ended before it was ready')))
  })
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
