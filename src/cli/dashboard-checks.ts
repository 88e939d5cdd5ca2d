import { readdir, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { Check } from '../bot/messages/error-codes.ts'
import type { Config } from '../config.ts'

/**
 * Checks whether people can log in to the dashboard through WeCom: WeCom's demands on its 可信域名, and whether PUBLIC_URL answers the file by
 * which WeCom checks the domain. For a trial on http it lists what is missing, but reports no fault.
 */
export async function dashboardChecks({ publicUrl, dataDir, wecom }: Config): Promise<Check[]> {
  if (publicUrl === undefined) return [{ ok: true, line: '看板：没有设置 PUBLIC_URL，正式平台上没有看板' }]
  if (!wecom) return []
  const { hostname, port, protocol, host } = new URL(publicUrl)
  const bare = hostname.replace(/^\[|\]$/g, '')
  const fits = isIP(bare) === 0 && port === '' && bare.includes('.')
  const say = `在企业微信管理后台该应用的“网页授权及JS-SDK”把 ${host} 设为可信域名`
  const domain: Check = fits
    ? { ok: true, line: `看板：PUBLIC_URL 的域名可用于登录，请核对已${say}` }
    : {
        ok: protocol === 'http:',
        line: `看板：企业微信登录要求 PUBLIC_URL 是不带端口的域名（不能是 IP），现在是 ${host}`,
      }
  return [domain, ...(fits ? await fileChecks(publicUrl, join(dataDir, 'verify')) : [])]
}

async function fileChecks(publicUrl: string, folder: string): Promise<Check[]> {
  const files = (await readdir(folder).catch(() => [])).filter((name) =>
    /^WW_verify_[A-Za-z0-9]{1,64}\.txt$/.test(name),
  )
  if (files.length === 0)
    return [{ ok: true, line: `看板：${folder} 里没有域名校验文件 WW_verify_….txt；后台要求校验时，下载后放在这里` }]
  return Promise.all(files.map((name) => fileCheck(publicUrl, folder, name)))
}

async function fileCheck(publicUrl: string, folder: string, name: string): Promise<Check> {
  const content = await readFile(join(folder, name), 'utf8')
  const answer = await fetch(`${publicUrl}/${name}`, { signal: AbortSignal.timeout(5000) })
    .then((one) => one.text())
    .catch(() => undefined)
  return answer === content
    ? { ok: true, line: `看板：域名校验文件 ${name} 可以访问` }
    : { ok: false, line: `看板：${publicUrl}/${name} 没有给出校验文件的内容，请检查反向代理` }
}
