import type { Engine } from '../../commands/context.ts'
import { fromBase64Url, toBase64Url } from '../../util/base64url.ts'
import { equalBytes, hmacSha256 } from '../../util/secrets.ts'

/** What a signed text is for; one made for one thing is refused for every other. */
export type SignedFor = 'notice' | 'position'

/** Longer ones are none of ours, and cost no digest. */
const MAX_LENGTH = 4096

/** Makes a text that may travel through a browser: readable there, and of no use once it is changed. */
export function signText({ keys }: Pick<Engine, 'keys'>, purpose: SignedFor, text: string): string {
  const [key] = keys.keysFor('admin-pages')
  return `${toBase64Url(new TextEncoder().encode(text))}.${toBase64Url(hmacSha256(key, `${purpose}:${text}`))}`
}

/** The text that `signText` was given, or `null` for anything else. */
export function openSignedText({ keys }: Pick<Engine, 'keys'>, purpose: SignedFor, signed: string): string | null {
  if (signed.length > MAX_LENGTH) return null
  const [body = '', mac = '', ...others] = signed.split('.')
  const [bytes, given] = [fromBase64Url(body), fromBase64Url(mac)]
  if (bytes === null || given === null || others.length > 0) return null
  const text = new TextDecoder().decode(bytes)
  const isOurs = keys.keysFor('admin-pages').some((key) => equalBytes(hmacSha256(key, `${purpose}:${text}`), given))
  return isOurs ? text : null
}
