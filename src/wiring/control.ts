import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { NotARoster } from '../campaign/roster/roster-file.ts'
import { Stopped, stopped } from '../errors.ts'

/**
 * A socket in DATA_DIR by which a command reaches the program that has the embedded store open. Each side sends one JSON text and ends its
 * stream. Everybody who may write to the folder may use the socket, nobody else. On Windows it is a named pipe.
 */
const Answer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), problem: z.string() }),
])
const Call = z.strictObject({ command: z.string(), argument: z.string() })
export type Commands = { [name: string]: (argument: string) => Promise<unknown> }

const longest = 32 * 1024 * 1024
/** The longest path of a socket, in bytes. Operating systems cut a longer one without an error. */
const longestPath = 100

type Place = { path: string; close: () => Promise<void> }

/** The place of a folder's socket, by the shortest path, so that a folder with a long path can have one too. */
async function placeIn(dir: string): Promise<Place> {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 32)
    return { path: `\\\\.\\pipe\\dangjian-${name}`, close: async () => undefined }
  }
  const path = join(dir, 'control.sock')
  const near = [path, relative(process.cwd(), path)].find((way) => Buffer.byteLength(way) <= longestPath)
  if (near !== undefined) return { path: near, close: async () => undefined }
  const folder: FileHandle = await open(dir, 'r')
  return { path: `/proc/self/fd/${folder.fd}/control.sock`, close: () => folder.close() }
}

/** All data until the other side ends. We use no iterator, because it would close the other direction too. */
function whole(socket: Socket): Promise<string> {
  return new Promise((resolveText, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > longest) reject(stopped('command-too-long', {}))
      else chunks.push(chunk)
    })
    socket.once('end', () => resolveText(Buffer.concat(chunks).toString('utf8')))
    socket.once('close', () => reject(stopped('program-silent', {})))
  })
}

/** Serves commands until the returned function is called. `failed` gets the errors of this program that are not the asker's fault. */
export async function serveControl(
  dir: string,
  commands: Commands,
  failed: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const { path, close } = await placeIn(dir)
  await rm(path, { force: true })
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    void answer(socket, commands, failed).then((said) => (said ? socket.end(JSON.stringify(said)) : socket.destroy()))
  })
  server.listen(path)
  await once(server, 'listening')
  return async () => {
    server.close()
    await rm(path, { force: true })
    await close()
  }
}

async function answer(
  socket: Socket,
  commands: Commands,
  failed: (error: unknown) => void,
): Promise<z.infer<typeof Answer> | undefined> {
  try {
    const asked = await whole(socket)
    // A command that only checks whether a program runs asks nothing.
    if (asked === '') return undefined
    const { command, argument } = Call.parse(JSON.parse(asked))
    const run = commands[command]
    if (!run) return { ok: false, problem: '运行中的程序是另一个版本，不懂这个命令，请先停止它' }
    return { ok: true, value: await run(argument) }
  } catch (error) {
    const isTheirs = [Stopped, NotARoster].some((kind) => error instanceof kind)
    if (isTheirs && error instanceof Error) return { ok: false, problem: error.message }
    failed(error)
    return { ok: false, problem: '运行中的程序没有办成，请查看它的日志' }
  }
}

/** Asks the running program. Undefined if none runs. Throws Stopped with the problem that it answers. */
export async function askRunning(
  dir: string,
  command: string,
  argument: string,
): Promise<{ value: unknown } | undefined> {
  const socket = await connected(dir)
  if (!socket) return undefined
  socket.end(JSON.stringify({ command, argument }))
  const said = Answer.parse(JSON.parse(await whole(socket)))
  if (!said.ok) throw stopped('program-refused', { problem: said.problem })
  return { value: said.value }
}

/** Whether a program that has this folder's store open answers. */
export async function isRunning(dir: string): Promise<boolean> {
  const socket = await connected(dir)
  socket?.destroy()
  return socket !== undefined
}

async function connected(dir: string): Promise<Socket | undefined> {
  const place = await placeIn(dir).catch(() => undefined)
  if (!place) return undefined
  const socket = connect({ path: place.path, allowHalfOpen: true })
  try {
    await once(socket, 'connect')
    socket.on('error', () => socket.destroy())
    return socket
  } catch {
    return undefined
  } finally {
    await place.close()
  }
}
