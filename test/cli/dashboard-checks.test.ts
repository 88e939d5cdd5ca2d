import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dashboardChecks } from '../../src/cli/dashboard-checks.ts'
import { readConfig } from '../../src/config.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangjian-doctor-'))
})
afterEach(() => rm(folder, { recursive: true }))

const checksOf = (publicUrl?: string) =>
  dashboardChecks(
    readConfig({
      WECOM_CORP_ID: 'wwcollege',
      WECOM_AGENT_ID: '1000002',
      WECOM_SECRET: 'secret',
      WECOM_TOKEN: 'token',
      WECOM_ENCODING_AES_KEY: 'a'.repeat(43),
      DATA_DIR: folder,
      ...(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl }),
    }),
  )

it('says that there is no dashboard without PUBLIC_URL', async () => {
  expect(await checksOf()).toEqual([{ ok: true, line: expect.stringContaining('PUBLIC_URL') }])
})

it('wants a domain without a port, since WeCom takes no other; a trial on http is told the same and is no fault', async () => {
  for (const address of ['https://192.0.2.7', 'https://dangjian.example.edu.cn:8443', 'https://[2001:db8::1]'])
    expect(await checksOf(address)).toEqual([{ ok: false, line: expect.stringContaining('不带端口的域名') }])
  expect(await checksOf('http://127.0.0.1:3000')).toEqual([
    { ok: true, line: expect.stringContaining('不带端口的域名') },
  ])
})

it('asks for the file by which WeCom checks the domain, and says where it belongs while there is none', async () => {
  const [domain, none] = await checksOf('https://dangjian.invalid')
  expect([domain?.ok, none?.ok]).toEqual([true, true])
  expect(none?.line).toContain('WW_verify')
  await mkdir(join(folder, 'verify'))
  await writeFile(join(folder, 'verify/WW_verify_Ab12.txt'), 'Ab12')
  expect((await checksOf('https://dangjian.invalid'))[1]).toEqual({
    ok: false,
    line: expect.stringContaining('WW_verify_Ab12.txt'),
  })
})
