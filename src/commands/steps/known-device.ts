import type { User } from '../../model/user.ts'
import { fromBase64Url, toBase64Url } from '../../util/base64url.ts'
import { equalBytes, hmacSha256 } from '../../util/secrets.ts'
import type { Engine } from '../context.ts'

/** How many users a device remembers; the one logged in longest ago goes first. */
const MAX_USERS = 5

/**
 * The signed value of the known-device cookie: a random device id, then one proof for each user who logged in there.
 * It names nobody, opens nothing, and only gives the device its own count of wrong guesses.
 */
interface DeviceToken {
  readonly deviceId: string
  readonly proofs: readonly string[]
}

/** Whom a device knows. */
type DeviceUser = Pick<User, 'id' | 'sessionEpoch'>

/** The device's id if this user has logged in from it before, or `null`. */
export function knownDeviceOf(engine: Pick<Engine, 'keys'>, user: DeviceUser, token: string | null): string | null {
  const device = parse(token)
  if (device === null) return null
  for (const key of engine.keys.keysFor('known-device')) {
    const expected = proofFor(key, device.deviceId, user)
    if (device.proofs.some((proof) => isSame(proof, expected))) return device.deviceId
  }
  return null
}

/** The token with this user in it; a new device when there was none. */
export function rememberOnDevice(
  engine: Pick<Engine, 'keys' | 'random'>,
  user: DeviceUser,
  token: string | null,
): string {
  const { deviceId, proofs } = parse(token) ?? { deviceId: toBase64Url(engine.random.bytes(16)), proofs: [] }
  const [key] = engine.keys.keysFor('known-device')
  const proof = toBase64Url(proofFor(key, deviceId, user))
  const others = proofs.filter((other) => other !== proof)
  return [deviceId, proof, ...others].slice(0, 1 + MAX_USERS).join('.')
}

function parse(token: string | null): DeviceToken | null {
  if (token === null || token.length > 400) return null
  const [deviceId = '', ...proofs] = token.split('.')
  return /^[\w-]{22}$/.test(deviceId) && proofs.length <= MAX_USERS ? { deviceId, proofs } : null
}

/** A new password makes strangers of all devices: whoever logged in with the old one must not keep their own count. */
const proofFor = (key: Uint8Array, deviceId: string, { id, sessionEpoch }: DeviceUser): Uint8Array =>
  hmacSha256(key, `${deviceId}.${typeof id}.${id}.${sessionEpoch}`)

function isSame(proof: string, expected: Uint8Array): boolean {
  const bytes = fromBase64Url(proof)
  return bytes !== null && equalBytes(bytes, expected)
}
