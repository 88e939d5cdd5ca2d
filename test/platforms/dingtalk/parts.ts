import type { Leases, Log, Parcel, Receive, TokenCache } from '../../../src/bot/channel.ts'
import type { Inbound, Message } from '../../../src/bot/message.ts'
import type { FormCard } from '../../../src/platforms/dingtalk/form-card.ts'

/** Tokens of one process, as the store would keep them. */
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

/** Takes every event once, as the bot does, and remembers it. `answer` is what is said in place to a card. */
export function memoryBot(answer?: string): {
  receive: Receive
  heard: Inbound[]
  settled: boolean[]
  failures: Error[]
} {
  const heard: Inbound[] = []
  const settled: boolean[] = []
  const failures: Error[] = []
  const taken = new Map<string, string>()
  const receive: Receive = async (inbound) => {
    const failure = failures.shift()
    if (failure) throw failure
    const key = inbound.lastOf ?? inbound.once
    if (taken.get(key) === inbound.once) return {}
    taken.set(key, inbound.once)
    heard.push(inbound)
    if (!inbound.answerInPlace || answer === undefined) return {}
    const parcel = parcelTo(inbound.account, { kind: 'text', text: answer })
    return { inPlace: { parcel, settle: async (done) => void settled.push(done) } }
  }
  return { receive, heard, settled, failures }
}

let parcels = 0
export function parcelTo(account: string, message: Message, more: Partial<Parcel> = {}): Parcel {
  parcels += 1
  return { id: `parcel-${parcels}`, to: { account }, message, unique: false, ...more }
}

/** A form of `count` scores, prefilled with full marks. */
export const scoreForm = (count: number): FormCard => ({
  title: '软件教研室党支部 · 党总支评分',
  desc: '已按满分填好，改动后提交。',
  ask: {
    kind: 'form',
    fields: Array.from({ length: count }, (_, i) => ({
      name: `i${i + 1}`,
      label: `${i + 1} 班子建设有力（0–5）`,
      type: 'number' as const,
      value: 5,
      required: true,
    })),
    submit: { text: '提交', key: 'score:form:b17' },
  },
})

/** Waits until something is so. */
export async function until(so: () => boolean, what = 'something', ms = 10_000): Promise<void> {
  const end = Date.now() + ms
  while (!so()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
