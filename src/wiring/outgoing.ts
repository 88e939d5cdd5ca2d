import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import type { Dispatcher } from 'undici'
import type { SocketWay } from '../bot/messages/channel.ts'
import { type Config } from '../config.ts'
import { stopped } from '../errors.ts'

type Settings = Config['outgoing']

/**
 * The proxy for a request to this address, if any. `https:` and `wss:` use HTTPS_PROXY, or HTTP_PROXY if that is the only one. An entry of
 * NO_PROXY is a host with all its subdomains (`edu.cn`, `.edu.cn`, `*.edu.cn`), with or without a port, or `*`.
 */
export function proxyFor(address: string | URL, { httpsProxy, httpProxy, noProxy = '' }: Settings): string | undefined {
  const { protocol, hostname, port } = new URL(address)
  const isSecure = protocol === 'https:' || protocol === 'wss:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const excepted = noProxy.split(/[,\s]+/).some((entry) => {
    if (entry === '*') return true
    const [, name = '', only] = /^(?:\*?\.)?\[?(.*?)\]?(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    const samePort = only === undefined || only === (port || (isSecure ? '443' : '80'))
    return name !== '' && samePort && (host === name || host.endsWith(`.${name}`))
  })
  return excepted ? undefined : isSecure ? (httpsProxy ?? httpProxy) : httpProxy
}

/** The proxies for the log and for people, without user and password. */
export function proxiesInWords({ httpsProxy, httpProxy, noProxy }: Settings): string | undefined {
  const shown = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${name} ${new URL(value).protocol}//${new URL(value).host}`]
  const proxies = [...shown('HTTPS_PROXY', httpsProxy), ...shown('HTTP_PROXY', httpProxy)]
  if (proxies.length === 0) return undefined
  return [...proxies, ...(noProxy === undefined ? [] : [`NO_PROXY ${noProxy}`])].join('，')
}

/**
 * Sends every `fetch` of this process through the proxies and trusts the extra certificates. Returns the way for WebSockets. We do this
 * ourselves because Node reads neither from `.env`, and uses no proxy before version 24. Throws Stopped.
 */
export async function goOut(settings: Settings): Promise<SocketWay> {
  const { httpsProxy, httpProxy, extraCertificates } = settings
  if (httpsProxy === undefined && httpProxy === undefined && extraCertificates === undefined) return () => ({})
  const trust = extraCertificates === undefined ? {} : { ca: [...rootCertificates, certificatesIn(extraCertificates)] }
  const { Agent, install, ProxyAgent, setGlobalDispatcher } = await import('undici')
  const direct = new Agent({ connect: trust })
  const proxied = new Map<string, Dispatcher>()
  const by = (uri: string): Dispatcher => {
    const agent = proxied.get(uri) ?? new ProxyAgent({ uri, proxyTunnel: false, requestTls: trust, proxyTls: trust })
    proxied.set(uri, agent)
    return agent
  }
  const choose: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    const proxy = options.origin === undefined ? undefined : proxyFor(options.origin, settings)
    return proxy === undefined ? dispatch(options, handler) : by(proxy).dispatch(options, handler)
  }
  install()
  setGlobalDispatcher(direct.compose(choose))
  return (address) => {
    const proxy = proxyFor(address, settings)
    return proxy === undefined ? trust : { ...trust, agent: new HttpsProxyAgent(proxy, trust) }
  }
}

function certificatesIn(file: string): string {
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw stopped('certificate-unreadable', { file })
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw stopped('certificate-not-pem', { file })
  return text
}
