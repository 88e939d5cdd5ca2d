import type { Context } from 'koa'

/**
 * A cookie that scripts cannot read and that a POST from another site does not carry. On https it is Secure and bound to this host
 * (`__Host-`), so that a neighbouring host cannot plant one.
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
  /** Sets the cookie for `seconds`. */
  give(context: Context, value: string, seconds: number): void {
    const flags = `; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${this.#secure ? '; Secure' : ''}`
    context.append('set-cookie', `${this.#name}=${value}${flags}`)
  }
  take(context: Context): void {
    this.give(context, '', 0)
  }
}
