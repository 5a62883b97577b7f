import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { TokenManagerFactory } from '../../src/contracts/token-manager.ts'
import { jwtTokens } from '../../src/tokens/jwt-tokens.ts'
import { deriveKey } from '../../src/util/secrets.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { leastCpuMilliseconds } from './support/measure.ts'
import {
  closeSites,
  ORIGIN,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
} from './support/open-site.ts'

afterEach(closeSites)

const encode = (value: unknown): string =>
  (typeof value === 'string' ? Buffer.from(value) : Buffer.from(JSON.stringify(value))).toString('base64url')

type Claims = Readonly<Record<string, unknown>>

/** The site's own key, which a test may take from its secret. */
interface Mint {
  readonly site: Site
  readonly header: Claims
  readonly claims: Claims
  readonly publicKey: KeyObject
  /** A token of the given parts, signed as the site signs; without changes it is as good as a real one. */
  mint(changes?: { readonly header?: Claims; readonly claims?: Claims; readonly drop?: string }): string
}

/** RFC 8410 §7: the fixed beginning of a PKCS #8 Ed25519 key, before its 32-byte seed. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

async function openMint(options: SiteOptions = {}): Promise<Mint> {
  const secret = randomSecret()
  const site = await openSite({ secrets: [secret], ...options })
  await site.addUser('ann')
  const { json } = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier: 'jwt' } })
  const [head = '', body = ''] = String(json['accessToken']).split('.')
  const parse = (part: string): Claims => JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims
  const [header, claims] = [parse(head), parse(body)]
  const key = Buffer.concat([PKCS8_PREFIX, deriveKey(secret, 'access-token')])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const mint: Mint['mint'] = (changes = {}) => {
    const changed = Object.entries({ ...claims, ...changes.claims }).filter(([name]) => name !== changes.drop)
    const text = `${encode({ ...header, ...changes.header })}.${encode(Object.fromEntries(changed))}`
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
  }
  return { site, header, claims, publicKey: createPublicKey(privateKey), mint }
}

/** Reads what a token claims and believes it. */
const credulousTokens: TokenManagerFactory = (tools) => {
  const jwt = { audience: ORIGIN, accessLifetimeSeconds: 900, stateless: false, refreshGraceSeconds: 10 }
  return {
    ...jwtTokens(jwt)(tools),
    async authenticate(token) {
      const [, claims = ''] = token.split('.')
      const { sid } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { readonly sid: string }
      return tools.sessions.find({ id: sid })
    },
  }
}

/** Every token must be refused, while the site's own is good. */
async function tryTokens(options: SiteOptions, tokensOf: (mint: Mint) => Readonly<Record<string, string>>) {
  const made = await openMint(options)
  const { must, complaints } = judgement()
  const statusOf = async (token: string) => (await made.site.send('GET /me', { token })).status
  must((await statusOf(made.mint())) === 200, 'a token that is made like the site’s own is refused')
  for (const [name, token] of Object.entries(tokensOf(made))) {
    const status = await statusOf(token)
    must(status === 401, `${name} answered ${status}`)
  }
  return complaints as Complaints
}

const CREDULOUS: SiteOptions = { tokens: [credulousTokens] }

describe('the algorithm of an access token', () => {
  function unsigned({ claims, header, mint }: Mint): Readonly<Record<string, string>> {
    const body = encode(claims)
    const [signature = ''] = mint().split('.').slice(-1)
    const algorithms = ['none', 'None', 'nOnE', 'NONE', '', ' none', null, ['EdDSA'], { alg: 'EdDSA' }, 0]
    const made: Record<string, string> = {}
    for (const alg of algorithms) {
      for (const [end, text] of Object.entries({ 'no signature': '', 'a signature of another': signature })) {
        made[`${JSON.stringify(alg)} with ${end}`] = `${encode({ ...header, alg })}.${body}.${text}`
      }
    }
    const { alg: _, ...withoutAlgorithm } = header
    const other = encode({ ...claims, sub: '2' })
    return {
      ...made,
      'no algorithm': `${encode(withoutAlgorithm)}.${body}.${signature}`,
      'an empty signature': `${encode(header)}.${body}.`,
      'two parts': `${encode(header)}.${body}`,
      'the signature of other claims': `${encode(header)}.${other}.${signature}`,
      'another key of the same kind': resigned(`${encode(header)}.${body}`, generateKeyPairSync('ed25519').privateKey),
    }
  }

  const resigned = (text: string, key: KeyObject): string =>
    `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`

  it('row 142: is never none, however it is written, and a signature is never missing', async () => {
    expect(await tryTokens({}, unsigned)).toEqual(HOLDS)
  })

  it('row 142, control: a manager that does not check signatures is seen through', async () => {
    expect(await tryTokens(CREDULOUS, unsigned)).toEqual(saying('"none" with a signature of another answered 200'))
  })

  function withPublicKeyAsSecret({ claims, header, publicKey }: Mint): Readonly<Record<string, string>> {
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const jwk = publicKey.export({ format: 'jwk' })
    const secrets: Readonly<Record<string, string | Buffer>> = {
      PEM: pem,
      'PEM without a newline': pem.trim(),
      'PEM with CRLF': pem.replaceAll('\n', '\r\n'),
      'PEM with a leading space': ` ${pem}`,
      DER: publicKey.export({ format: 'der', type: 'spki' }),
      JWK: JSON.stringify(jwk),
      'the raw key': Buffer.from(jwk.x ?? '', 'base64url'),
      'the text of the raw key': jwk.x ?? '',
      'an empty text': '',
    }
    const made: Record<string, string> = {}
    for (const [name, secret] of Object.entries(secrets)) {
      for (const size of ['256', '384', '512']) {
        const text = `${encode({ ...header, alg: `HS${size}` })}.${encode(claims)}`
        const mac = createHmac(`sha${size}`, secret).update(text).digest('base64url')
        made[`HS${size} with ${name}`] = `${text}.${mac}`
      }
    }
    return made
  }

  it('rows 143 and 144: is never a MAC under the public key or under nothing', async () => {
    expect(await tryTokens({}, withPublicKeyAsSecret)).toEqual(HOLDS)
  })

  it('rows 143 and 144, control: a manager that does not check signatures is seen through', async () => {
    expect(await tryTokens(CREDULOUS, withPublicKeyAsSecret)).toEqual(saying('HS256 with PEM answered 200'))
  })

  it.each([[undefined], [''], ['short']])('row 144: the start fails with the key %j', async (secret) => {
    await expect(openSite({ secrets: [secret] })).rejects.toThrow(TypeError)
  })
})

describe('the key of an access token', () => {
  function withKeysOfTheirOwn({ header, claims, mint }: Mint): Readonly<Record<string, string>> {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const signed = (more: Claims): string => {
      const text = `${encode({ ...header, ...more })}.${encode(claims)}`
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
    }
    const jwk = publicKey.export({ format: 'jwk' })
    const kids = ['../../dev/null', "' OR 1", '__proto__', 'constructor', 'https://evil.test/key', '', 'x'.repeat(5000)]
    return {
      'a key in the header': signed({ jwk, kid: undefined }),
      'a key in the header beside the known name': signed({ jwk }),
      'an address of keys': signed({ jku: 'https://evil.test/jwks.json', x5u: 'https://evil.test/x5u' }),
      'a certificate': signed({ x5c: [publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] }),
      'no name of a key': mint({ header: { kid: undefined } }),
      'a critical header that nobody knows': mint({ header: { crit: ['urn:unknown'], 'urn:unknown': 1 } }),
      ...Object.fromEntries(kids.map((kid) => [`the name ${kid.slice(0, 20)}`, mint({ header: { kid } })])),
    }
  }

  it('row 145: is one that was loaded, never one that the token brings', async () => {
    expect(await tryTokens({}, withKeysOfTheirOwn)).toEqual(HOLDS)
  })

  it('row 145, control: a manager that does not check signatures is seen through', async () => {
    expect(await tryTokens(CREDULOUS, withKeysOfTheirOwn)).toEqual(saying('a key in the header answered 200'))
  })
})

describe('the claims of an access token', () => {
  function withOddTimes({ site, mint, claims }: Mint): Readonly<Record<string, string>> {
    const now = Math.floor(site.clock.now().getTime() / 1000)
    const raw = (name: string, number: string): string => mint({ claims: { [name]: `@${number}@` } })
    return {
      'no end': mint({ drop: 'exp' }),
      'no beginning': mint({ drop: 'iat' }),
      'an end in text': mint({ claims: { exp: String(claims['exp']) } }),
      'an end of null': mint({ claims: { exp: null } }),
      'an end that is no number': raw('exp', 'NaN'),
      'an end of 1e400': raw('exp', '1e400'),
      'a negative end': mint({ claims: { exp: -1 } }),
      'an end in the past': mint({ claims: { exp: now - 6 } }),
      'a use that is not allowed yet': mint({ claims: { nbf: now + 61 } }),
      'a beginning in the future': mint({ claims: { iat: now + 61 } }),
      'a beginning a year ago': mint({ claims: { iat: now - 365 * 86_400 } }),
    }
  }

  it('row 146: have an end and a beginning that are numbers and make sense', async () => {
    expect(await tryTokens({}, withOddTimes)).toEqual(HOLDS)
  })

  it('row 146, control: a manager that does not look at the times is seen through', async () => {
    expect(await tryTokens(CREDULOUS, withOddTimes)).toEqual(saying('no end answered 200'))
  })

  it('row 146: no token outlives a day, whatever end it claims', async () => {
    const { site, mint } = await openMint({ sessions: { idleSeconds: 30 * 86_400 } })
    const token = mint({ claims: { exp: 4_102_444_800 } })
    site.clock.advance({ hours: 23 })
    expect((await site.send('GET /me', { token })).status).toBe(200)
    site.clock.advance({ hours: 1, seconds: 11 })
    expect((await site.send('GET /me', { token })).status).toBe(401)
  })

  function fromElsewhere({ mint }: Mint): Readonly<Record<string, string>> {
    return {
      'no issuer': mint({ drop: 'iss' }),
      'an issuer within': mint({ claims: { iss: ORIGIN.slice(0, -1) } }),
      'an issuer around': mint({ claims: { iss: `${ORIGIN}.evil.test` } }),
      'an issuer with a slash': mint({ claims: { iss: `${ORIGIN}/` } }),
      'a list of issuers': mint({ claims: { iss: [ORIGIN] } }),
      'no audience': mint({ drop: 'aud' }),
      'an empty list of audiences': mint({ claims: { aud: [] } }),
      'another audience': mint({ claims: { aud: ['https://other.example'] } }),
      'an audience within': mint({ claims: { aud: ORIGIN.slice(0, -1) } }),
      'an empty audience': mint({ claims: { aud: '' } }),
    }
  }

  it('row 147: name this issuer and this audience, exactly', async () => {
    expect(await tryTokens({}, fromElsewhere)).toEqual(HOLDS)
  })

  it('row 147, control: a manager that does not look at them is seen through', async () => {
    expect(await tryTokens(CREDULOUS, fromElsewhere)).toEqual(saying('no audience answered 200'))
  })

  function ofAnotherKind({ mint }: Mint): Readonly<Record<string, string>> {
    return {
      'no type': mint({ header: { typ: undefined } }),
      'the plain type': mint({ header: { typ: 'JWT' } }),
      'the type of an ID token': mint({ header: { typ: 'id+jwt' } }),
      'the type of a refresh token': mint({ header: { typ: 'refresh+jwt' } }),
      'no session': mint({ drop: 'sid' }),
      'no subject': mint({ drop: 'sub' }),
      'another subject': mint({ claims: { sub: '2' } }),
      'a subject that is a number': mint({ claims: { sub: 1 } }),
      'another session': mint({ claims: { sid: 'A'.repeat(22) } }),
    }
  }

  it('row 148: make it an access token of its session’s user and nothing else', async () => {
    expect(await tryTokens({}, ofAnotherKind)).toEqual(HOLDS)
  })

  it('row 148, control: a manager that looks for the session alone is seen through', async () => {
    expect(await tryTokens(CREDULOUS, ofAnotherKind)).toEqual(saying('the plain type answered 200'))
  })

  it('row 148: a session of another carrier is not reached through an access token', async () => {
    const { site, mint } = await openMint()
    await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD } })
    const user = await site.auth.findUser('ann')
    const sessions = await site.store.sessions.listForUser(user?.id ?? 0, site.clock.now())
    const sid = sessions.find(({ carrier }) => carrier === 'token')?.id
    expect((await site.send('GET /me', { token: mint({ claims: { sid } }) })).status).toBe(401)
  })
})

describe('access tokens in other spellings', () => {
  function respelled(token: string): Readonly<Record<string, string>> {
    const [head = '', body = '', signature = ''] = token.split('.')
    // 64 bytes leave two bits of the last character unused.
    const last = signature.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const twin = alphabet[(alphabet.indexOf(last) & ~15) | ((alphabet.indexOf(last) + 1) & 15)] ?? ''
    return {
      'unused bits': `${head}.${body}.${signature.slice(0, -1)}${twin}`,
      padding: `${head}.${body}.${signature}==`,
      'a newline': `${head}.${body}.${signature}\n`,
      'plain base64': `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
      'a fourth part': `${token}.`,
    }
  }

  it('row 151: are no way around a log-out', async () => {
    const { site, mint } = await openMint()
    const token = mint()
    expect((await site.send('POST /logout', { token })).status).toBe(204)
    for (const [name, text] of Object.entries({ 'as it was': token, 'made again': mint(), ...respelled(token) })) {
      expect((await site.send('GET /me', { headers: { authorization: `Bearer ${text}` } })).status, name).toBe(401)
    }
  })

  it('row 151, control: the token was good before', async () => {
    const { site, mint } = await openMint()
    expect((await site.send('GET /me', { token: mint() })).status).toBe(200)
  })

  it.each([
    ['a megabyte of dots', () => '.'.repeat(2 ** 20)],
    ['a megabyte in three parts', () => `${'a'.repeat(2 ** 20)}.b.c`],
    ['eight thousand dots', () => '.'.repeat(8000)],
    [
      'a compressed payload',
      ({ header, claims }: Mint) => `${encode({ ...header, zip: 'DEF' })}.${encode(claims)}.AAAA`,
    ],
    [
      'a key derived in a billion rounds',
      () => `${encode({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 1e9, p2s: 'AAAA' })}.AAAA.AAAA.AAAA.AAAA`,
    ],
  ])('row 153: %s is refused at once', async (_, make) => {
    const made = await openMint()
    // Made before it is timed: a host does not hand over headers of a megabyte in the first place.
    const request = new Request(`${ORIGIN}/api/me`, { headers: { authorization: `Bearer ${make(made)}` } })
    let status = 0
    const milliseconds = await leastCpuMilliseconds(async () => {
      status = (await made.site.auth.fetch(request)).status
    }, 20)
    expect(status).toBe(401)
    expect(milliseconds).toBeLessThan(10)
  })
})
