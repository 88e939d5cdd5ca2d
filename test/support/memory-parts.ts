import type { Leases, Log, Parcel, TokenCache } from '../../src/bot/messages/channel.ts'
import type { Message } from '../../src/bot/messages/message.ts'

/** Tokens in the memory of one process, with the store's interface. */
export function memoryTokens(): TokenCache {
  const held = new Map<string, { token: string; until: number }>()
  return {
    read: async (name) => held.get(name),
    write: async (name, token, until) => void held.set(name, { token, until }),
  }
}

/** A lease that one of several instances holds at a time. */
export function memoryLeases(): { of: (owner: string) => Leases; give: (owner: string) => void } {
  let holder: string | undefined
  return {
    of: (owner) => ({
      take: async () => {
        holder ??= owner
        return holder === owner
      },
      release: async () => {
        if (holder === owner) holder = undefined
      },
    }),
    give: (owner) => {
      holder = owner
    },
  }
}

/** Keeps the lines that are logged. */
export function memoryLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const keep = (context: object, line: string): void => void lines.push(`${line} ${JSON.stringify(context)}`)
  return { lines, info: keep, warn: keep, error: keep }
}

let parcels = 0
/** A parcel for an account. */
export function parcelTo(account: string, message: Message, more: Partial<Parcel> = {}): Parcel {
  parcels += 1
  return { id: `parcel-${parcels}`, to: { account }, message, unique: false, ...more }
}

/** Waits until the condition holds. */
export async function until(so: () => boolean, what = 'something', ms = 10_000): Promise<void> {
  const end = Date.now() + ms
  while (!so()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
