import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { readEnvironmentFile } from '../src/environment-file.ts'

const read = (text: string) => readEnvironmentFile(Buffer.from(text))
const file = (name: string): string => `test/environment-files/env-${name}.txt`

describe('.env', () => {
  it.each(['with-a-byte-order-mark', 'in-utf-16'])('%s is read like any other', async (name) => {
    const found = readEnvironmentFile(await readFile(file(name)))
    expect(readConfig('values' in found ? found.values : {})).toMatchObject({
      simulator: false,
      wecom: { corpId: 'wwaccept0000000001', agentId: 1000002, token: 'acceptToken1' },
    })
  })

  it('may be UTF-16 of either order, with or without a mark, with any line ends', () => {
    const text = '# 企业微信\r\nPORT=4000\rexport HOST = "0.0.0.0" # 全部\nLOG_LEVEL=\'warn\'\n\n'
    const little = Buffer.from(text, 'utf16le')
    const marked = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const bytes of [Buffer.from(text), little, marked, Buffer.from(little).swap16(), Buffer.from(marked).swap16()])
      expect(readEnvironmentFile(bytes)).toEqual({ values: { PORT: '4000', HOST: '0.0.0.0', LOG_LEVEL: 'warn' } })
  })

  it.each([
    ['PORT：3000', '.env 第1行：PORT 后面是全角的“：”，请改成半角的“=”'],
    ['# 端口\nPORT＝3000', '.env 第2行：PORT 后面是全角的“＝”，请改成半角的“=”'],
    ['PORT: 3000', '.env 第1行：PORT 后面应为半角的“=”'],
    ['PORT', '.env 第1行：PORT 后面应为半角的“=”'],
    ['端口=3000', '.env 第1行：读不懂，应为“变量名=值”，注释以 # 开头'],
    ['WECOM_SECRET=“geheim”', '.env 第1行：WECOM_SECRET 的引号没有成对，或是全角引号，请改成半角引号或去掉'],
    ['WECOM_SECRET="geheim', '.env 第1行：WECOM_SECRET 的引号没有成对，或是全角引号，请改成半角引号或去掉'],
  ])('%j is one line that says what to do, and never a secret', (text, problem) =>
    expect(read(text)).toEqual({ problem }),
  )

  it('in an unknown encoding says how to save it', () =>
    expect(readEnvironmentFile(Buffer.from([0x23, 0xb6, 0xcb, 0xbf, 0xda]))).toEqual({
      problem: '.env：读不懂它的编码，请用编辑器另存为 UTF-8',
    }))

  it('with full-width colons ends the start with one line, never with the simulator', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'env-'))
    await copyFile(file('with-full-width-colons'), join(folder, '.env'))
    const tsx = fileURLToPath(import.meta.resolve('tsx'))
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', tsx, resolve('src/main.ts')], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 30_000,
    })
    await rm(folder, { recursive: true })
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: '.env 第1行：WECOM_CORP_ID 后面是全角的“：”，请改成半角的“=”\n',
    })
  })
})
