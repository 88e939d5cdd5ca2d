import type { OutboxRow } from '../bot/messages/outbox.ts'

const retryMs = 60_000

const textRow = (row: OutboxRow, id: string, text: string): OutboxRow => ({
  ...row,
  id,
  message: { kind: 'text', text },
  unique: false,
})

/** The person is told the first time; the document itself is tried again a little later. */
export function documentFailed(
  row: OutboxRow,
  id: string,
  { failures, now }: { failures: number; now: number },
): OutboxRow[] {
  const again: OutboxRow = { ...row, id: `${id}-again`, failures, notBefore: now + failures * retryMs }
  return failures > 1
    ? [again]
    : [textRow(row, id, '文件没有生成成功，原因已记录，10分钟内会自动再试，成功后发给您。您不用再操作。'), again]
}

/** Tells the person that the document could not be made after several tries, or that the platform refuses it. */
export const documentGivenUp = (row: OutboxRow, id: string): OutboxRow =>
  textRow(row, id, '文件没能发给您，原因已记录。请联系管理员处理后再要一次。')
