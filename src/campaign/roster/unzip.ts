import { inflateRawSync } from 'node:zlib'

/** The archive unpacks to more than the allowed size. */
export class TooLarge extends Error {
  override name = 'TooLarge'
}

const endMark = 'PK\x05\x06'
const entryMark = 0x02014b50
const headerMark = 0x04034b50

/**
 * The wanted files of a zip archive. We do not trust the sizes that it states: at most `limit` bytes are unpacked in all, otherwise it
 * throws TooLarge. Throws other errors if the file is no archive or is encrypted.
 */
export function unzip(
  file: Uint8Array,
  limit: number,
  wanted: (name: string) => boolean,
): { [name: string]: Uint8Array } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const end = bytes.lastIndexOf(endMark, undefined, 'latin1')
  if (end < 0) throw new TypeError('no zip archive')
  const files: [string, Uint8Array][] = []
  let left = limit
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.readUInt32LE(at) !== entryMark) throw new TypeError('no entry where the archive says')
    const lengths = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const name = bytes.toString('utf8', at + 46, at + 46 + (lengths[0] ?? 0))
    if (wanted(name)) {
      const content = contentOf(bytes, at, left)
      left -= content.length
      files.push([name, content])
    }
    at += 46 + lengths.reduce((sum, length) => sum + length, 0)
  }
  return Object.fromEntries(files)
}

function contentOf(bytes: Buffer, entry: number, limit: number): Uint8Array {
  const header = bytes.readUInt32LE(entry + 42)
  if (bytes.readUInt32LE(header) !== headerMark) throw new TypeError('no file where the archive says')
  if ((bytes.readUInt16LE(entry + 8) & 1) === 1) throw new TypeError('encrypted')
  const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
  const packed = bytes.subarray(from, from + bytes.readUInt32LE(entry + 20))
  switch (bytes.readUInt16LE(entry + 10)) {
    case 0:
      if (packed.length > limit) throw new TooLarge()
      return packed
    case 8:
      return inflated(packed, limit)
    default:
      throw new TypeError('packed in an unknown way')
  }
}

function inflated(packed: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(limit, 1) })
  } catch (error) {
    if (error instanceof RangeError) throw new TooLarge()
    throw error
  }
}
