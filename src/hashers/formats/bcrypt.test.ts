import { Buffer } from 'node:buffer'
import { describe, expect, it, vi } from 'vitest'
import { bcrypt } from './bcrypt.ts'
import { type BcryptLibrary, bcryptLibrary } from './bcrypt-library.ts'
import { bcryptSha256 } from './bcrypt-sha256.ts'

const PASSWORD = Buffer.from('correct horse battery staple')
const TEXT = 'bcrypt$$2b$04$abcdefghijklmnopqrstuOLrQtgp40oX1Fmk37fL.bL3cqygiriji'
const OF_72_X = 'bcrypt$$2b$04$abcdefghijklmnopqrstuOHAaFgMEOClarCCel/CCFxFJxa3fcx7i'

describe('bcrypt', () => {
  const format = bcrypt(bcryptLibrary())

  it.each(['2a', '2b', '2y'])('makes the text again, with its prefix %s', (prefix) => {
    const encoded = TEXT.replace('2b', prefix)
    expect(format.reencode(PASSWORD, encoded)).toBe(encoded)
  })

  it('takes 72 bytes, and never cuts what is longer', () => {
    expect(format.reencode(Buffer.from('x'.repeat(72)), OF_72_X)).toBe(OF_72_X)
    expect(format.reencode(Buffer.from(`${'x'.repeat(72)}y`), OF_72_X)).toBeNull()
    expect(format.reencode(Buffer.from('é'.repeat(37)), OF_72_X)).toBeNull()
  })

  it('lets every byte of a long password count where it is digested first', () => {
    const digested = bcryptSha256(bcryptLibrary())
    const encoded = `bcrypt_sha256$${TEXT.slice('bcrypt$'.length)}`
    const first = digested.reencode(Buffer.from(`${'x'.repeat(72)}y`), encoded)
    expect(first).toMatch(/^bcrypt_sha256\$\$2b\$04\$/)
    expect(digested.reencode(Buffer.from(`${'x'.repeat(72)}z`), encoded)).not.toBe(first)
  })

  it.each([
    ['a cost that a server should not pay', TEXT.replace('$04$', '$15$')],
    ['a cost that does not exist', TEXT.replace('$04$', '$03$')],
    ['the broken variant of old PHP', TEXT.replace('2b', '2x')],
    ['another spelling of a salt', TEXT.replace('stuO', 'stuP')],
    ['a short text', TEXT.slice(0, -1)],
    ['a newline behind', `${TEXT}\n`],
  ])('computes nothing for %s', (_, encoded) => {
    expect(format.reencode(PASSWORD, encoded)).toBeNull()
  })

  it('loads its library once, when the first text comes', () => {
    const load = vi.fn((): BcryptLibrary => ({ hashSync: (_password, { salt }) => `${salt}hash` }))
    const lazy = bcrypt(bcryptLibrary(load))
    expect(load).not.toHaveBeenCalled()
    lazy.reencode(PASSWORD, TEXT)
    lazy.reencode(PASSWORD, TEXT)
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('computes nothing where the library is missing, and asks for it once', () => {
    const load = vi.fn((): BcryptLibrary => {
      throw new Error("Cannot find module '@node-rs/bcrypt'")
    })
    const library = bcryptLibrary(load)
    expect(bcrypt(library).reencode(PASSWORD, TEXT)).toBeNull()
    expect(bcryptSha256(library).reencode(PASSWORD, `bcrypt_sha256$${TEXT.slice('bcrypt$'.length)}`)).toBeNull()
    expect(load).toHaveBeenCalledTimes(1)
  })
})
