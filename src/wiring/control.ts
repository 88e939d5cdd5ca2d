import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join, relative } from 'node:path'
import { z } from 'zod'

/**
 * A socket in DATA_DIR by which a command reaches the program that has the embedded store open: one JSON line in, one out. Who may
 * write to the folder may use it, nobody else.
 */
const Answer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), problem: z.string() }),
])
const Call = z.strictObject({ command: z.string(), argument: z.string() })
export type Commands = { [name: string]: (argument: string) => Promise<unknown> }

const longest = 32 * 1024 * 1024
/** Paths of sockets are short; the way from here may be shorter than the whole. */
const socketIn = (dir: string): string => {
  const path = join(dir, 'control.sock')
  const near = relative(process.cwd(), path)
  return near.length < path.length ? near : path
}

async function line(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of socket) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > longest) throw new RangeError('too long')
    const end = bytes.indexOf(10)
    chunks.push(end < 0 ? bytes : bytes.subarray(0, end))
    if (end >= 0) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Serves commands until the returned function is called. */
export async function serveControl(dir: string, commands: Commands): Promise<() => Promise<void>> {
  const path = socketIn(dir)
  await rm(path, { force: true })
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    void answer(socket, commands).then((said) => socket.end(`${JSON.stringify(said)}\n`))
  })
  server.listen(path)
  await once(server, 'listening')
  return async () => {
    server.close()
    await rm(path, { force: true })
  }
}

async function answer(socket: Socket, commands: Commands): Promise<z.infer<typeof Answer>> {
  try {
    const { command, argument } = Call.parse(JSON.parse(await line(socket)))
    const run = commands[command]
    return run ? { ok: true, value: await run(argument) } : { ok: false, problem: `unknown command ${command}` }
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Asks the running program; undefined where none runs. Throws what it answers as a problem. */
export async function askRunning(
  dir: string,
  command: string,
  argument: string,
): Promise<{ value: unknown } | undefined> {
  const socket = connect({ path: socketIn(dir), allowHalfOpen: true })
  try {
    await once(socket, 'connect')
  } catch {
    return undefined
  }
  socket.write(`${JSON.stringify({ command, argument })}\n`)
  const said = Answer.parse(JSON.parse(await line(socket)))
  socket.destroy()
  if (!said.ok) throw new Error(said.problem)
  return { value: said.value }
}
