/** Section 2, the rows of verify; sections 2.3 and 2.4; E4, E6 and E8 of section 3; K2 and K4 of section 10. */
import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import {
  type DjmongoauthSite,
  djmongoauthSites,
  empty,
  PASSWORD,
  refused,
  type SiteOptions,
} from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const NO_LINK = 'Cannot process email verification request: '

const UNKNOWN = `${NO_LINK}TemporaryAuthenticator matching query does not exist.`

/** Somebody who has registered and logged in, with an address that is not proven. */
async function newcomer(
  options: SiteOptions = {},
): Promise<{ readonly site: DjmongoauthSite; readonly token: string }> {
  const site = newSite(options)
  await site.call('POST register', { json: { username: 'ann', email: 'ann@example.org', password: PASSWORD } })
  return { site, token: await site.tokenOf('ann') }
}

const ask = async (site: DjmongoauthSite, token?: string): Promise<readonly [number, unknown]> =>
  told(await site.call('POST verify', token === undefined ? {} : { token }))

describe('§2 verify, POST', () => {
  it('mails a link to the stored address and answers 201 without a body', async () => {
    const { site, token } = await newcomer()
    expect(empty(await site.call('POST verify', { token }))).toBe(201)
    expect((await site.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it('E8: may be asked again after verification; there is nothing to mail then', async () => {
    const { site, token } = await newcomer()
    await ask(site, token)
    await site.call(`PUT verify?a=${await site.mailedCode()}`)
    site.mailer.clear()
    expect(empty(await site.call('POST verify', { token }))).toBe(201)
    expect(await site.mails()).toEqual([])
  })
})

describe('§2.3 send-mail errors of verify', () => {
  it('no header', async () => {
    expect(await ask(newSite())).toEqual(refused("'HTTP_AUTHORIZATION'"))
  })

  it.each(['', 'x', 'exp=1&user_id=2'])('a token that cannot be parsed: %j', async (token) => {
    expect(await ask(newSite(), token)).toEqual(refused(`Failed to parse x_auth_token: ${token}`))
  })

  it('a token of three parts', async () => {
    expect(await ask(newSite(), 'exp=1&user_id=2&username=ann')).toEqual(refused('list index out of range'))
  })

  it('K2: a forged token with a user id, one of an ended session and one of an expired session', async () => {
    const { site, token } = await newcomer()
    const user = await site.auth.findUser('ann')
    const forged = `exp=1900000000&user_id=${user?.id}&username=ann&session_key=x`
    expect(await ask(site, forged)).toEqual(refused('User not found!'))
    await site.call('POST logout', { token })
    expect(await ask(site, token)).toEqual(refused('User not found!'))
    const again = await site.tokenOf('ann')
    site.clock.advance({ hours: 168 })
    expect(await ask(site, again)).toEqual(refused('User not found!'))
    expect(await site.mails()).toEqual([])
  })

  it('a mail that can go nowhere', async () => {
    const site = newSite()
    await site.addUser('ann', { email: null })
    const text = 'Failed to send verification email: the account has no e-mail address'
    expect(await ask(site, await site.tokenOf('ann'))).toEqual(refused(text))
  })
})

describe('§2 verify, PUT', () => {
  it('E4: proves the address now, and looks at no header', async () => {
    const { site, token } = await newcomer()
    await ask(site, token)
    const code = await site.mailedCode()
    site.clock.advance({ minutes: 5 })
    expect(empty(await site.call(`PUT verify?a=${code}`, { token: 'nonsense' }))).toBe(200)
    const user = await site.auth.findUser('ann')
    expect(user?.emailVerifiedAt).toEqual(site.clock.now())
  })

  it('E6: any number of links may be outstanding, and any of them works; the others are dead then', async () => {
    const { site, token } = await newcomer()
    await ask(site, token)
    const first = await site.mailedCode()
    await ask(site, token)
    const second = await site.mailedCode()
    expect(first).not.toBe(second)
    expect(empty(await site.call(`PUT verify?a=${first}`))).toBe(200)
    expect(told(await site.call(`PUT verify?a=${second}`))).toEqual(refused(UNKNOWN))
  })
})

describe('§2.4 link errors of verify', () => {
  it.each(['', '?a=', '?A=x', '?b=x'])('no `a`: %j', async (query) => {
    expect(told(await newSite().call(`PUT verify${query}`))).toEqual(refused(NO_LINK))
  })

  it('only the query counts, and the last of repeated ones', async () => {
    const { site, token } = await newcomer()
    await ask(site, token)
    const code = await site.mailedCode()
    expect(told(await site.call('PUT verify', { json: { a: code } }))).toEqual(refused(NO_LINK))
    expect(told(await site.call(`PUT verify?a=${code}&a=x`))).toEqual(refused(UNKNOWN))
    expect(empty(await site.call(`PUT verify?a=x&a=${code}`))).toBe(200)
  })

  it.each(['x', 'A'.repeat(43), 'A'.repeat(86), '%00', '%ED%A0%80'])('unknown: %s', async (code) => {
    expect(told(await newSite().call(`PUT verify?a=${code}`))).toEqual(refused(UNKNOWN))
  })

  it('already used', async () => {
    const { site, token } = await newcomer()
    await ask(site, token)
    const code = await site.mailedCode()
    await site.call(`PUT verify?a=${code}`)
    expect(told(await site.call(`PUT verify?a=${code}`))).toEqual(refused(UNKNOWN))
  })

  it('expired', async () => {
    const { site, token } = await newcomer({ codes: { verifyEmailSeconds: 3600 } })
    await ask(site, token)
    const code = await site.mailedCode()
    site.clock.advance({ hours: 1 })
    expect(told(await site.call(`PUT verify?a=${code}`))).toEqual(refused(`${NO_LINK}Invalid session!`))
  })

  it('K4: a link that resets the password proves no address by this way', async () => {
    const { site, token } = await newcomer()
    await site.call('POST reset', { token })
    const code = await site.mailedCode()
    expect(told(await site.call(`PUT verify?a=${code}`))).toEqual(refused(UNKNOWN))
    expect((await site.auth.findUser('ann'))?.emailVerifiedAt).toBeNull()
  })
})
