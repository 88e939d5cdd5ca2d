import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'

/** Starts a Redis of the bench's own that syncs every write, with its files in `folder`. Undefined if this machine has no redis-server. */
export async function startRedis(folder: string): Promise<{ url: string; stop: () => Promise<void> } | undefined> {
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const settings = ['--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always']
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', () => resolve(false))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Ready to accept connections')) resolve(true)
    })
  })
  if (!(await ready)) return undefined
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
