import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { opaqueId } from '../../store/opaque-id.ts'
import { all, type Store, type Write } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import { currentRoster } from './roster-import.ts'

/** Codes by which people say who they are if the platform hides it. Keys: a hash of the code. */
const codes = table('link-code', z.strictObject({ person: z.string() }))
/** Characters that look alike are left out. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const length = 8
const livesMs = 60 * 24 * 3600e3

export const LinkCode = z.strictObject({ name: z.string(), account: z.string(), code: z.string() })
export type LinkCode = z.infer<typeof LinkCode>

/** Gives everybody with a WeCom account a new code. Earlier codes end. A code lives for sixty days and works once. */
export async function issueLinkCodes(store: Store): Promise<LinkCode[]> {
  const writes: Write[] = []
  for await (const { key } of all(store, codes.key())) writes.push({ delete: key })
  const issued: LinkCode[] = []
  for (const { id, name, accounts } of (await currentRoster(store)).people) {
    if (accounts.wecom === undefined) continue
    const code = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
    writes.push({ put: codes.key(opaqueId(code)), value: { person: id }, expiresAt: Date.now() + livesMs })
    issued.push({ name, account: accounts.wecom, code })
  }
  await store.commit(writes)
  return issued
}

/** The WeCom account of the person with this code, which ends the code. Undefined if the code is unknown or used. */
export async function redeemLinkCode(store: Store, said: string): Promise<string | undefined> {
  const code = said
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{P}]/gu, '')
  if (code.length !== length) return undefined
  const key = codes.key(opaqueId(code))
  const found = await store.get(key)
  if (!found) return undefined
  const { person } = codes.schema.parse(found.value)
  const account = (await currentRoster(store)).people.find(({ id }) => id === person)?.accounts.wecom
  return account !== undefined && (await store.commit([{ delete: key, if: found.version }])) ? account : undefined
}
