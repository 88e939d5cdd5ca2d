import type { Turn } from '../bot/turn/turn.ts'
import type { Table } from '../store/table.ts'
import type { Form, Subject } from './form.ts'
import { type Recorded, withdraw } from './record.ts'

/** The words by which a record is taken back: `品牌 撤销 …`. */
export const back = /^撤销[\s:：]*/u

type TakenBack<S extends Subject> = {
  word: string
  /** The words that tell several apart: 单位, 支部 6月. */
  which: string
  records: Table<Recorded<unknown>>
  subject: Form<unknown, S>['subject']
  /** The record of a subject: its key after the campaign's, and its name. */
  record: (subject: S) => { ids: readonly string[]; name: string }
}

/** Reads `<word> 撤销 <which> <reason>`. The record stays in the history and no longer counts. False if the text says nothing of the kind. */
export const takesBack =
  <S extends Subject>({ word, which, records, subject, record }: TakenBack<S>) =>
  async (turn: Turn, text: string): Promise<boolean> => {
    if (!back.test(text)) return false
    const said = await subject(turn, text.replace(back, ''))
    if ('say' in said) turn.say(said.say)
    else if ('among' in said) turn.say(`撤销哪一个？请说“${word} 撤销 ${which} 原因”。`)
    else if (said.rest.trim() === '') turn.say(`撤销请写明原因，如“${word} 撤销 ${which} 原因”。`)
    else {
      const { ids, name } = record(said.subject)
      const done = await withdraw(turn, records, { ids, reason: said.rest.trim() })
      turn.say(done ? `已撤销：${name}。` : `没有${name}的记录，不用撤销。`)
    }
    return true
  }
