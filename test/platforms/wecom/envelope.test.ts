import { encrypt, getSignature } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openEnvelope, type Signed, sealEnvelope } from '../../../src/platforms/wecom/envelope.ts'
import { vectors } from './fixture.ts'

const keys = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'wx5823bf96d3bd56c7',
}
const at = { timestamp: 1_409_659_813, nonce: '1372623149' }
const seal = (message: string, receiveId = keys.receiveId): Signed => {
  const { encrypted, signature } = sealEnvelope({ ...keys, receiveId }, message, at)
  return { encrypted, signature, timestamp: String(at.timestamp), nonce: at.nonce }
}
const signed = (encrypted: string): Signed => ({
  encrypted,
  timestamp: String(at.timestamp),
  nonce: at.nonce,
  signature: getSignature(keys.token, at.timestamp, at.nonce, encrypted),
})
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 })

describe('vectors', () => {
  const signedOnes = vectors.filter(({ kind }) => kind !== 'aes_only')
  it.each(signedOnes.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const opened = openEnvelope(
      { token: vector.token, encodingAesKey: vector.encodingAESKey, receiveId: vector.receiveid },
      {
        signature: vector.msg_signature,
        timestamp: vector.timestamp,
        nonce: vector.nonce,
        encrypted: vector.encrypt ?? vector.echostr,
      },
    )
    if (vector.valid) expect(opened).toEqual({ message: vector.plaintext })
    else expect(opened).toMatchObject({ refused: vector.id === 'neg-public-wrong-nonce' ? 401 : 400 })
  })

  it('wxjava-aes-1, which nobody signed', () => {
    const vector = vectors.find(({ kind }) => kind === 'aes_only')
    expect(vector).toBeDefined()
    if (!vector) return
    const encrypted = vector.encrypt ?? ''
    const own = { token: keys.token, encodingAesKey: vector.encodingAESKey, receiveId: vector.receiveid }
    expect(openEnvelope(own, signed(encrypted))).toEqual({ message: vector.plaintext })
  })
})

describe('an envelope', () => {
  it('gives back what was sealed, for an app and for 智能机器人, which has an empty receiveid', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(keys.receiveId, ''), (message, receiveId) => {
        expect(openEnvelope({ ...keys, receiveId }, seal(message, receiveId))).toEqual({ message })
      }),
    )
  })

  it('is refused with 401 where any byte of what was signed, or of the signature, is another', () => {
    const parts = ['encrypted', 'timestamp', 'nonce', 'signature'] as const
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...parts),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        (message, part, where, by) => {
          const sealed = seal(message)
          const before = sealed[part] ?? ''
          const i = where % before.length
          const changed = `${before.slice(0, i)}${String.fromCharCode(before.charCodeAt(i) ^ by)}${before.slice(i + 1)}`
          expect(openEnvelope(keys, { ...sealed, [part]: changed })).toMatchObject({ refused: 401 })
        },
      ),
    )
  })

  it('is refused with 401 without signature, timestamp or nonce, whatever else is wrong', () => {
    for (const part of ['signature', 'timestamp', 'nonce'] as const)
      expect(openEnvelope(keys, { ...seal('a'), encrypted: undefined, [part]: undefined })).toMatchObject({
        refused: 401,
      })
  })

  it('is refused with 400 where a right signature is over no ciphertext, or one that nobody can read', () => {
    const good = seal('<xml></xml>').encrypted ?? ''
    const damaged = [
      '',
      'AAAA',
      'no base64!',
      good.slice(0, -4),
      good.slice(0, 44),
      `${good}\n`,
      good.replace(/=+$/, ''),
    ]
    for (const encrypted of damaged) {
      if (encrypted === good) continue
      expect(openEnvelope(keys, signed(encrypted)), encrypted).toMatchObject({ refused: 400 })
    }
    expect(openEnvelope(keys, { ...signed(good), encrypted: undefined })).toMatchObject({ refused: 400 })
  })

  it('is refused with 400 where ciphertext of another key was signed rightly', () => {
    fc.assert(
      fc.property(text, (message) => {
        const foreign = encrypt('kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR', message, keys.receiveId)
        expect(openEnvelope(keys, signed(foreign))).toMatchObject({ refused: 400 })
      }),
    )
  })

  it('is refused with 400 for another company, and where there is no message', () => {
    expect(openEnvelope(keys, seal('帮助', 'wxsomebodyelse'))).toEqual({ refused: 400, check: 'receiveid' })
    expect(openEnvelope(keys, seal('帮助', ''))).toEqual({ refused: 400, check: 'receiveid' })
    expect(openEnvelope(keys, seal(''))).toEqual({ refused: 400, check: 'no message' })
  })

  it('keeps its whole ciphertext: its beginning cannot be moved into the nonce under the same signature', () => {
    const own = { token: '!', encodingAesKey: keys.encodingAesKey, receiveId: keys.receiveId }
    const encrypted = `${'0'.repeat(64)}${seal('a').encrypted ?? ''}`
    const signature = getSignature(own.token, '1', '0', encrypted)
    const moved = { signature, timestamp: '1', nonce: `0${encrypted.slice(0, 64)}`, encrypted: encrypted.slice(64) }
    expect(openEnvelope(own, moved)).toMatchObject({ refused: 401 })
  })
})
