import { describe, expect, it } from 'vitest'
import { systemRandom } from '../../util/system-random.ts'
import { createKeyring } from './keyring.ts'
import { knownDeviceOf, rememberOnDevice } from './known-device.ts'

const keys = createKeyring(['Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ'])
const user = (id: number | string, sessionEpoch = 0): { id: number | string; sessionEpoch: number } => ({
  id,
  sessionEpoch,
})
const engine = { keys, random: systemRandom }

describe('the token of a known device', () => {
  it('knows the users who logged in there, and nobody else', () => {
    const token = rememberOnDevice(engine, user(2), rememberOnDevice(engine, user(1), null))
    expect(knownDeviceOf(engine, user(1), token)).toBe(knownDeviceOf(engine, user(2), token))
    expect(knownDeviceOf(engine, user(1), token)).not.toBeNull()
    expect(knownDeviceOf(engine, user(3), token)).toBeNull()
  })

  it('tells a number from the text that looks like it', () => {
    expect(knownDeviceOf(engine, user('1'), rememberOnDevice(engine, user(1), null))).toBeNull()
  })

  it('keeps its device when users come and go, and remembers five of them', () => {
    let token: string | null = null
    for (let userId = 1; userId <= 7; userId += 1) token = rememberOnDevice(engine, user(userId), token)
    const known = [1, 2, 3, 4, 5, 6, 7].filter((userId) => knownDeviceOf(engine, user(userId), token) !== null)
    expect(known).toEqual([3, 4, 5, 6, 7])
  })

  it('is nothing under another secret, unless that secret only came in front', () => {
    const token = rememberOnDevice(engine, user(1), null)
    const other = 'Qm8vB3xL6tR1nYc5Kp9Wz2Hs7Jd4Gf0A'
    const foreign = { keys: createKeyring([other]) }
    const rotated = { keys: createKeyring([other, 'Zr4u7xKaQ2mV9bN1cT6yL3pD8fG0hSwJ']) }
    expect(knownDeviceOf(foreign, user(1), token)).toBeNull()
    expect(knownDeviceOf(rotated, user(1), token)).not.toBeNull()
  })

  it.each(['', '.', 'x'.repeat(10_000), 'AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAA.', '\0', 'a.b.c.d.e.f.g.h'])(
    'is not disturbed by %j',
    (token) => {
      expect(knownDeviceOf(engine, user(1), token)).toBeNull()
      expect(knownDeviceOf(engine, user(1), rememberOnDevice(engine, user(1), token))).not.toBeNull()
    },
  )

  it('is forgotten with a new password', () => {
    const token = rememberOnDevice(engine, user(1), null)
    expect(knownDeviceOf(engine, user(1, 1), token)).toBeNull()
  })

  it('cannot be moved to another device', () => {
    const [device] = rememberOnDevice(engine, user(1), null).split('.')
    const [, proof] = rememberOnDevice(engine, user(1), null).split('.')
    expect(knownDeviceOf(engine, user(1), `${device}.${proof}`)).toBeNull()
  })
})
