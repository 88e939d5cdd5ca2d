/** A browser without a screen. It keeps cookies, follows no redirect by itself, and knows the program behind its public address. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly #address: string
  readonly #agent: string

  constructor(address: string, agent = 'Mozilla/5.0 Chrome/126.0') {
    this.#address = address
    this.#agent = agent
  }

  /** `to` is a path, or an address on the public side. */
  async asks(to: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) {
    const { pathname, search } = new URL(to, this.#address)
    const answer = await fetch(this.#address + pathname + search, {
      method,
      redirect: 'manual',
      headers: {
        'user-agent': this.#agent,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
    })
    const set = answer.headers.getSetCookie()
    for (const line of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const data = Buffer.from(await answer.arrayBuffer())
    return {
      status: answer.status,
      to: answer.headers.get('location') ?? '',
      set,
      headers: answer.headers,
      data,
      text: data.toString(),
    }
  }

  /** Begins at a platform's link. Returns the address to which the browser is sent. */
  async begins(way = 'wecom'): Promise<URL> {
    return new URL((await this.asks(`/login/${way}`)).to)
  }

  /** The whole login with the platform's code. Returns the answer at the address to which the platform sends the browser back. */
  async logsIn(code: string, way = 'wecom') {
    const page = await this.begins(way)
    const back = new URL(page.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', page.searchParams.get('state') ?? '')
    return { ...(await this.asks(back.href)), back: back.href }
  }
}
