import { once } from 'node:events'
import { join } from 'node:path'
import { decrypt, getSignature } from '@wecom/crypto'
import Koa from 'koa'
import Database from 'libsql'

/**
 * A plain program of the same kind: Koa, signature, decryption, and one durable insert for each callback. The inserts of one turn of the
 * event loop share a transaction. Arguments: token, EncodingAESKey, folder.
 */
const [token = '', encodingAesKey = '', folder = '.'] = process.argv.slice(2)
const db = new Database(join(folder, 'peer.db'))
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE taken (id INTEGER PRIMARY KEY, text TEXT)')
const insert = db.prepare('INSERT INTO taken (text) VALUES (?)')
let queue: { text: string; done: () => void }[] = []

function flush(): void {
  const group = queue
  queue = []
  db.exec('BEGIN IMMEDIATE')
  for (const { text } of group) insert.run(text)
  db.exec('COMMIT')
  for (const { done } of group) done()
}

const kept = (text: string): Promise<void> =>
  new Promise((done) => {
    if (queue.push({ text, done }) === 1) setImmediate(flush)
  })

const app = new Koa()
app.use(async (context) => {
  const chunks: Buffer[] = []
  context.req.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(context.req, 'end')
  const query = (name: string): string => context.URL.searchParams.get(name) ?? ''
  const body = Buffer.concat(chunks).toString('utf8')
  const encrypted = body.slice(body.indexOf('<Encrypt><![CDATA[') + 18, body.indexOf(']]></Encrypt>'))
  const right = getSignature(token, query('timestamp'), query('nonce'), encrypted) === query('msg_signature')
  const { message } = decrypt(encodingAesKey, encrypted)
  await kept(message)
  context.status = right ? 200 : 401
  context.body = ''
})
const server = app.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`))
process.on('SIGTERM', () => process.exit(0))
