import { describe, expect, it } from 'vitest'
import { systemRandom } from '../../util/system-random.ts'
import { createKeyring } from './keyring.ts'
import { knownDeviceOf, rememberOnDevice } from './known-device.ts'

const keys = createKeyring(['Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ'])
const engine = { keys, random: systemRandom }

describe('the token of a known device', () => {
  it('knows the users who logged in there, and nobody else', () => {
    const token = rememberOnDevice(engine, 2, rememberOnDevice(engine, 1, null))
    expect(knownDeviceOf(engine, 1, token)).toBe(knownDeviceOf(engine, 2, token))
    expect(knownDeviceOf(engine, 1, token)).not.toBeNull()
    expect(knownDeviceOf(engine, 3, token)).toBeNull()
  })

  it('tells a number from the text that looks like it', () => {
    expect(knownDeviceOf(engine, '1', rememberOnDevice(engine, 1, null))).toBeNull()
  })

  it('keeps its device when users come and go, and remembers five of them', () => {
    let token: string | null = null
    for (let userId = 1; userId <= 7; userId += 1) token = rememberOnDevice(engine, userId, token)
    const known = [1, 2, 3, 4, 5, 6, 7].filter((userId) => knownDeviceOf(engine, userId, token) !== null)
    expect(known).toEqual([3, 4, 5, 6, 7])
  })

  it('is nothing under another secret, unless that secret only came in front', () => {
    const token = rememberOnDevice(engine, 1, null)
    const other = 'Qm8vB3xL6tR1nYc5Kp9Wz2Hs7Jd4Gf0A'
    const foreign = { keys: createKeyring([other]) }
    const rotated = { keys: createKeyring([other, 'Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ']) }
    expect(knownDeviceOf(foreign, 1, token)).toBeNull()
    expect(knownDeviceOf(rotated, 1, token)).not.toBeNull()
  })

  it.each(['', '.', 'x'.repeat(10_000), 'AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAA.', '\0', 'a.b.c.d.e.f.g.h'])(
    'is not disturbed by %j',
    (token) => {
      expect(knownDeviceOf(engine, 1, token)).toBeNull()
      expect(knownDeviceOf(engine, 1, rememberOnDevice(engine, 1, token))).not.toBeNull()
    },
  )

  it('cannot be moved to another device', () => {
    const [device] = rememberOnDevice(engine, 1, null).split('.')
    const [, proof] = rememberOnDevice(engine, 1, null).split('.')
    expect(knownDeviceOf(engine, 1, `${device}.${proof}`)).toBeNull()
  })
})
