import { createServer } from 'node:http'
import { decrypt, getSignature } from '@wecom/crypto'

/**
 * The smallest server that can answer a callback: signature, decryption, a fixed reply. It parses, decides and stores nothing. The program
 * is measured against it. Arguments: token, EncodingAESKey.
 */
const [token = '', encodingAesKey = ''] = process.argv.slice(2)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { searchParams } = new URL(request.url ?? '', 'http://bare')
    const query = (name: string): string => searchParams.get(name) ?? ''
    const body = Buffer.concat(chunks).toString('utf8')
    const encrypted = body.slice(body.indexOf('<Encrypt><![CDATA[') + 18, body.indexOf(']]></Encrypt>'))
    const right = getSignature(token, query('timestamp'), query('nonce'), encrypted) === query('msg_signature')
    const { message } = decrypt(encodingAesKey, encrypted)
    response.writeHead(right && message !== '' ? 200 : 401, { 'content-length': 0 }).end()
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`))
process.on('SIGTERM', () => process.exit(0))
