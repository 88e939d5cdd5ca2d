/**
 * A platform's codes with the same remedy, as they stand in the log, separated by blanks: their meaning, and what the administrator must
 * do.
 */
export type ErrorCodes = { codes: string; means: string; todo: string }

export const listed = (codes: string): string[] => codes.trim().split(/\s+/)

/** The remedy for a code, or undefined if the table does not know it. DingTalk's old API packs some codes into `88/…`. */
export const adviceOn = (table: readonly ErrorCodes[], code: string): ErrorCodes | undefined =>
  table.find(({ codes }) => listed(codes).includes(code.replace(/^88\//, '')))

/** One line of `npm run doctor`: what is well, or what to do. */
export type Check = { ok: boolean; line: string }
