/** Codes of a platform that ask for the same: what they mean, and what the administrator does. Codes as they stand in the log. */
export type ErrorCodes = { codes: readonly string[]; means: string; todo: string }

/** What to do about a code; undefined where the table does not know it. DingTalk's old API packs some into `88/…`. */
export const adviceOn = (table: readonly ErrorCodes[], code: string): ErrorCodes | undefined =>
  table.find(({ codes }) => codes.includes(code) || codes.includes(code.replace(/^88\//, '')))

/** `4` and `7`: `4`, `5`, `6`, `7`. */
export const from = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => String(first + i))

/** One line of `npm run doctor`: what is well, or what to do. */
export type Check = { ok: boolean; line: string }
