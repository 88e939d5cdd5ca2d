import type { Context } from 'koa'

/**
 * A cookie that no script can read and no other site sends along with a POST. Where the address is https it is Secure and bound to this very
 * host (`__Host-`), so that a neighbouring host cannot plant one.
 */
export class Cookie {
  readonly #name: string
  readonly #secure: boolean

  constructor(name: string, secure: boolean) {
    this.#name = secure ? `__Host-${name}` : name
    this.#secure = secure
  }

  read(context: Context): string | undefined {
    return context.cookies.get(this.#name)
  }
  /** `seconds` to live. */
  give(context: Context, value: string, seconds: number): void {
    const flags = `; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`
    context.append('set-cookie', `${this.#name}=${value}${flags}`)
  }
  take(context: Context): void {
    this.give(context, '', 0)
  }
}
