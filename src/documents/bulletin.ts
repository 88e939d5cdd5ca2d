import { body, document, signedOff, title } from './paper.ts'

/** `period`: with its year. `lines`: a paragraph each. `unit`: who issues it; seal and number stay empty (decision 10). */
export type BulletinPaper = { period: string; lines: readonly string[]; unit: string; date: string }

/** A draft of a bulletin (J8, 通报). */
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
