import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../src/bench/free-port.ts'
import { selfSigned } from '../support/certificate.ts'
import { describeWith } from '../support/tools.ts'
import { wecomProgram } from '../support/wecom-program.ts'

/** The two proxies of docs/install.md in front of the running program: WeCom reaches it by https, with the page's own lines. */
const page = await readFile('docs/install.md', 'utf8')
const [caddyfile = '', server = ''] = ['caddy', 'nginx'].map(
  (name) => new RegExp(`\`\`\`${name}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '',
)
const direct = getGlobalDispatcher()
let folder = ''
let program: Awaited<ReturnType<typeof wecomProgram>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxies-'))
  program = await wecomProgram()
})
afterAll(async () => {
  await program.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Lets WeCom check the address and say a word through the proxy. `ca` is whom it trusts. */
async function reached(port: number, ca: () => Promise<string>): Promise<void> {
  const { wecom } = program
  const read = { authority: '' }
  await expect.poll(async () => (read.authority = await ca().catch(() => '')), { timeout: 20_000 }).not.toBe('')
  setGlobalDispatcher(new Agent({ connect: { ca: read.authority } }))
  try {
    const healthy = () => fetch(`https://localhost:${port}/healthz`).then(({ status }) => status, String)
    await expect.poll(healthy, { timeout: 20_000 }).toBe(200)
    await wecom.connect(`https://localhost:${port}/wecom/callback`)
    expect(await wecom.says('yangxiaodong', '帮助')).toMatchObject({ status: 200, attempts: 1 })
  } finally {
    setGlobalDispatcher(direct)
  }
}

async function running(proxy: ChildProcess, body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } finally {
    proxy.kill('SIGTERM')
    if (proxy.exitCode === null) await once(proxy, 'exit')
  }
}

const to = (lines: string): string => lines.replace('127.0.0.1:3000', new URL(program.url).host)

describeWith('caddy', 'Caddy with the lines of the page', () => {
  it('makes its own certificate and passes callbacks on', { timeout: 60_000 }, async () => {
    const port = await freePort()
    const own = `{\n  admin off\n  local_certs\n  skip_install_trust\n  auto_https disable_redirects\n  storage file_system ${folder}/caddy\n}\n`
    const file = join(folder, 'Caddyfile')
    await writeFile(file, own + to(caddyfile).replace('bot.example.edu.cn', `https://localhost:${port}`))
    const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder }
    const proxy = spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { env, stdio: 'ignore' })
    await running(proxy, () =>
      reached(port, () => readFile(join(folder, 'caddy/pki/authorities/local/root.crt'), 'utf8')),
    )
  })
})

describeWith('nginx', 'nginx with the lines of the page', () => {
  it('passes callbacks on', { timeout: 60_000 }, async () => {
    const port = await freePort()
    await writeFile(join(folder, 'bot.crt'), selfSigned.cert)
    await writeFile(join(folder, 'bot.key'), selfSigned.key)
    const site = to(server).replace('443', `127.0.0.1:${port}`).replaceAll('/etc/nginx/', `${folder}/`)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `  ${name}_temp_path ${folder}/${name};\n`)
      .join('')
    const file = join(folder, 'nginx.conf')
    await writeFile(
      file,
      `daemon off;\npid ${folder}/nginx.pid;\nevents {}\nhttp {\n  access_log off;\n${temporary}${site}}\n`,
    )
    const proxy = spawn('nginx', ['-c', file, '-e', join(folder, 'error.log')], { stdio: 'ignore' })
    await running(proxy, () => reached(port, async () => selfSigned.cert))
  })
})
