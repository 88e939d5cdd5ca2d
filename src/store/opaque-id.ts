import { createHash } from 'node:crypto'

/** A short id for a part of a key that must not reveal its content: accounts, codes, names on platforms. */
export const opaqueId = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
