// node src/run.mjs cli/verify …: builds what changed and runs it in the same process, on every system.
import { spawnSync } from 'node:child_process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = new URL('../', import.meta.url)
const place = (path) => fileURLToPath(new URL(path, root))
const [, , name = 'main', ...rest] = process.argv
const build = [place('node_modules/typescript/bin/tsc'), '-b', place('tsconfig.build.json')]
const { status } = spawnSync(process.execPath, build, { stdio: ['ignore', 2, 2] })
if (status !== 0) process.exit(1)
const file = place(`dist/src/${name}.js`)
if (process.env.npm_lifecycle_event) endWithShell(process.ppid)
process.argv.splice(1, process.argv.length, file, ...rest)
await import(pathToFileURL(file).href)

/** npm passes a signal only to its shell, and the shell ends with it. Then the program ends as if it had got the signal itself. */
function endWithShell(shell) {
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 200).unref()
}
