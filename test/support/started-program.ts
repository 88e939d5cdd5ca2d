import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../src/bench/free-port.ts'

/** The variables of this process, without those that would change a started program. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(WECOM|DINGTALK|REDIS|CLOCK|ROSTER|CAMPAIGN|DATA_|PUBLIC_URL|HOST|PORT|LOG_|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA)/i.test(
          name,
        ),
    ),
  )

/** Starts the program as `npm start` does, from its sources, on a free port with a store of its own. */
export async function startedProgram(env: { [name: string]: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dangjian-program-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: { ...cleanEnvironment(), DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += String(bytes)))
  await healthy(url, child, () => output)
  return {
    url,
    output: () => output,
    /** Ends it at once, as a power cut of its machine would. */
    async kill() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function healthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt++) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(`the program did not become healthy:\n${output()}`)
}
