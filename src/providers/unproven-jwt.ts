import { fromBase64Url } from '../util/base64url.ts'
import { type Answer, asObject } from './answers.ts'

/**
 * What a JWT says before anybody has looked at its signature, or `null` where it is none.
 *
 * Good only for choosing against what it is to be checked; nothing may be believed of it.
 */
export function unprovenJwt(token: string): { readonly header: Answer; readonly claims: Answer } | null {
  // The length comes before the split: a megabyte of dots would be a million parts.
  if (token.length > MAX_LENGTH) return null
  const parts = token.split('.')
  const header = decode(parts[0])
  const claims = decode(parts[1])
  return parts.length === 3 && header !== null && claims !== null ? { header, claims } : null
}

const MAX_LENGTH = 65_536

function decode(part: string | undefined): Answer | null {
  const bytes = part === undefined ? null : fromBase64Url(part)
  if (bytes === null) return null
  try {
    return asObject(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}
