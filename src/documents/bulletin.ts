import { body, document, signedOff, title } from './paper.ts'

/**
 * `period` includes the year. Each entry of `lines` is a paragraph. `unit` issues the bulletin; seal and number stay empty (decision 10).
 */
export type BulletinPaper = { period: string; lines: readonly string[]; unit: string; date: string }

/** A draft of a bulletin (J8, 通报), as a Word file. */
export const bulletinDocument = ({
  period,
  lines,
  unit,
  date,
}: BulletinPaper): Promise<{ name: string; data: Uint8Array }> =>
  document(
    `${period}工作通报`,
    [[...title(`${period}`, '基层组织建设工作通报'), ...lines.flatMap((line) => body(line)), ...signedOff(unit, date)]],
    { grid: true },
  )
