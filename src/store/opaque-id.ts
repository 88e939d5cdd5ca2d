import { createHash } from 'node:crypto'

/** A short id for a part of a key that must not hold what it stands for: accounts, codes, names of platforms. */
export const opaqueId = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
