import { z } from 'zod'
import { fresh, old, Refusal, type Reply, randomId } from './emulated-answers.ts'

const Exchange = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  code: z.string(),
  grantType: z.literal('authorization_code'),
})
const ByUnion = z.strictObject({ unionid: z.string() })
/** `userid` is absent if the person is in none of our companies. `outside` marks an outside contact. */
type Agreed = { userid?: string; outside?: true }

/**
 * DingTalk's login: the page's code gives a person's own token, the token gives the union id, and that gives the account in the company.
 */
export class EmulatedLogins {
  readonly #codes = new Map<string, Agreed>()
  readonly #tokens = new Map<string, string>()
  readonly #unions = new Map<string, Agreed>()

  /** A person agrees on the login page. Returns the code with which the browser comes back; it works once. */
  agrees(who: Agreed): string {
    const code = randomId(16)
    this.#codes.set(code, who)
    return code
  }

  token(body: unknown, app: { clientId: string; clientSecret: string }): Reply {
    const { code, ...rest } = Exchange.parse(body)
    const who = this.#codes.get(code)
    if (rest.clientId !== app.clientId || rest.clientSecret !== app.clientSecret || !who)
      throw new Refusal('invalidParameter.authCode.notFound', '不合法的临时授权码', { blame: false })
    this.#codes.delete(code)
    const [token, union] = [randomId(24), randomId(8)]
    this.#tokens.set(token, union)
    this.#unions.set(union, who)
    return fresh({ accessToken: token, refreshToken: randomId(24), expireIn: 7200 })
  }

  me(token: unknown): Reply {
    const unionId = typeof token === 'string' ? this.#tokens.get(token) : undefined
    if (unionId === undefined) throw new Refusal('InvalidAuthentication', '不合法的access_token', { blame: false })
    return fresh({ nick: '某人', unionId, openId: randomId(8) })
  }

  member(body: unknown): Reply {
    const who = this.#unions.get(ByUnion.parse(body).unionid)
    if (who?.userid === undefined) throw new Refusal(60121, '找不到该用户', { blame: false })
    return old({ result: { userid: who.userid, contact_type: who.outside ? 1 : 0 } })
  }
}
