import type { Config } from '../config.ts'
import { proxiesInWords, proxyFor } from '../wiring/outgoing.ts'

/** Tries to reach an address. Returns its answer, or a line that says whether the certificate, the proxy or the network is the obstacle. */
export async function reached(address: string, outgoing: Config['outgoing']): Promise<Response | string> {
  const proxy = proxyFor(address, outgoing) === undefined ? undefined : proxiesInWords(outgoing)
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(5000) })
    if (proxy !== undefined && answer.status === 407) return refused(proxy, '407')
    return answer
  } catch (error) {
    return lineOf(address, error, proxy)
  }
}

const refused = (proxy: string, status: string): string =>
  `代理：${proxy} 拒绝了请求（${status}），请核对代理的用户和口令，或请网络中心放行`

function lineOf(address: string, error: unknown, proxy: string | undefined): string {
  const causes = causesOf(error)
  const code = causes.map((cause) => ('code' in cause ? String(cause.code) : '')).find((one) => one !== '')
  const status = causes.map(({ message }) => /^Proxy response \((\d+)\)/.exec(message)?.[1]).find(Boolean)
  if (proxy !== undefined && status !== undefined) return refused(proxy, status)
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_|TLS|SSL/.test(code))
    return `证书：${address} 的证书不受信任（${code}），请把学校或平台的根证书（PEM 文件）写进 NODE_EXTRA_CA_CERTS`
  const why = code ?? causes.at(-1)?.message ?? '5秒内没有应答'
  return proxy === undefined
    ? `网络：连不上 ${address}（${why}），请检查网络、DNS 和防火墙；要经过代理才能出校园网的，请设置 HTTPS_PROXY`
    : `代理：经 ${proxy} 连不上 ${address}（${why}），请核对 HTTPS_PROXY、HTTP_PROXY 和 NO_PROXY`
}

/** The causes of an error of fetch, the outermost first. fetch wraps the connection's error, sometimes twice. */
function causesOf(error: unknown): Error[] {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error ? [cause, ...causesOf(cause)] : []
}
