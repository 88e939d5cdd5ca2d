import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

/** A Redis of the bench's own that syncs every write, with its files in `folder`; undefined where this machine has no redis-server. */
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return address.port
}
