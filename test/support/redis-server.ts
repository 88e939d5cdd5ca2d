import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../src/bench/free-port.ts'

/** A real Redis of the test's own, with a folder of its own. */
export type RedisServer = {
  url: string
  port: number
  /** Ends it at once, as a power cut would. Its files stay. */
  kill: () => Promise<void>
  /** Stops it in place: it keeps its connections and answers nothing. */
  freeze: () => void
  thaw: () => void
  /** Starts it again on the same files and port. Resolves when it can answer. */
  start: () => Promise<void>
  /** Ends it and deletes its files. */
  stop: () => Promise<void>
}

/** `settings` are more lines of redis.conf, as on its command line. Later ones override `appendonly yes` and `appendfsync always`. */
export async function startRedis(...settings: string[]): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), 'redis-'))
  const port = await freePort()
  const own = ['--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
  let server: ChildProcess | undefined

  const start = async (): Promise<void> => {
    const child = spawn('redis-server', [...own, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] })
    server = child
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)))
      child.stdout.on('data', (text: Buffer) => {
        if (text.includes('Ready to accept connections')) resolve()
      })
    })
  }
  const kill = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    start,
    async stop() {
      await kill()
      // A child that was writing a snapshot may outlive its server for a moment.
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
