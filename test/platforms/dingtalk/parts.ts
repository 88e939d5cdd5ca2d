import type { Receive } from '../../../src/bot/messages/channel.ts'
import type { Inbound } from '../../../src/bot/messages/message.ts'
import type { FormCard } from '../../../src/platforms/dingtalk/form-card.ts'
import { parcelTo } from '../../support/memory-parts.ts'

/** Takes every event once, as the bot does, and remembers it. `answer` is the text that replaces a card. */
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
