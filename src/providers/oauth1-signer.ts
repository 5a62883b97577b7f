/**
 * Signs requests as OAuth 1.0a has it: RFC 5849 §3.4 with HMAC-SHA1, the only method that Twitter takes.
 *
 * HMAC stands on SHA-1 being hard to predict, not on collisions being hard to find, so the hash's age does no harm.
 */

/** One request to be signed. */
export interface OAuth1Request {
  readonly method: string
  /** With its query, whose parameters are signed too. */
  readonly url: URL
  /** The fields of a form in the body, if there is one. */
  readonly form?: readonly (readonly [name: string, value: string])[]
  readonly consumer: OAuth1Secret
  /** Leave out where there is none yet: when a request token is asked for. */
  readonly token?: OAuth1Secret
  /** `oauth_callback` or `oauth_verifier`, in the steps that have one. */
  readonly extra?: Readonly<Record<string, string>>
  /** Fresh for each call: together with the moment it is what a replay is known by. */
  readonly nonce: string
  readonly timestampSeconds: number
}

/** A public key and what is signed with. */
export interface OAuth1Secret {
  readonly key: string
  readonly secret: string
}

/** The value of the header `Authorization` for a request. */
export async function signOAuth1(request: OAuth1Request): Promise<string> {
  const protocol = protocolParameters(request)
  const baseText = signatureBase(request, protocol)
  const key = `${encode(request.consumer.secret)}&${encode(request.token?.secret ?? '')}`
  const signed = [...protocol, ['oauth_signature', await hmacSha1(key, baseText)] as const]
  return `OAuth ${signed.map(([name, value]) => `${encode(name)}="${encode(value)}"`).join(', ')}`
}

type Parameter = readonly [name: string, value: string]

/** In a fixed order; `oauth_version` may be left out (§3.1) and Twitter does without it. */
function protocolParameters({ consumer, token, extra, nonce, timestampSeconds }: OAuth1Request): readonly Parameter[] {
  return [
    ['oauth_consumer_key', consumer.key],
    ['oauth_nonce', nonce],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', String(timestampSeconds)],
    ...(token === undefined ? [] : [['oauth_token', token.key] as const]),
    ...Object.entries(extra ?? {}),
  ]
}

/** RFC 5849 §3.4.1: the method, the address without its query, and all parameters in one order. */
function signatureBase({ method, url, form = [] }: OAuth1Request, protocol: readonly Parameter[]): string {
  // `URL` has lower-cased scheme and host and dropped the default port, as §3.4.1.2 wants it.
  const address = `${url.origin}${url.pathname}`
  const parameters = [...url.searchParams, ...form, ...protocol]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
  return [method.toUpperCase(), address, parameters.join('&')].map(encode).join('&')
}

/** By bytes, which encoded texts are ASCII for; a locale would sort otherwise. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** RFC 5849 §3.6: all but the unreserved characters. `encodeURIComponent` leaves five more as they are. */
function encode(text: string): string {
  const wellFormed = text.toWellFormed()
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (character) => `%${hex(character)}`)
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase()
}

async function hmacSha1(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign(algorithm.name, imported, encoder.encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(signature)))
}
