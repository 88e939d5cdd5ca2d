/** Codes of a platform that ask for the same, as they stand in the log, blanks between; what they mean, and what the administrator does. */
export type ErrorCodes = { codes: string; means: string; todo: string }

export const listed = (codes: string): string[] => codes.trim().split(/\s+/)

/** What to do about a code; undefined where the table does not know it. DingTalk's old API packs some into `88/…`. */
export const adviceOn = (table: readonly ErrorCodes[], code: string): ErrorCodes | undefined =>
  table.find(({ codes }) => listed(codes).includes(code.replace(/^88\//, '')))

/** One line of `npm run doctor`: what is well, or what to do. */
export type Check = { ok: boolean; line: string }
