import { z } from 'zod'
import { opaqueId } from '../../store/opaque-id.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { TokenCache } from '../messages/channel.ts'

const tokens = table('token', z.strictObject({ token: z.string(), until: z.number() }))
const keyOf = (name: string) => tokens.key(opaqueId(name))

/** Access tokens in the store: instances share them, and a restart needs no new one. */
export const tokenCache = (store: Pick<Store, 'get' | 'commit'>): TokenCache => ({
  async read(name) {
    const found = await store.get(keyOf(name))
    return found && tokens.schema.parse(found.value)
  },
  async write(name, token, until) {
    await store.commit([{ put: keyOf(name), value: { token, until }, expiresAt: until }])
  },
})
