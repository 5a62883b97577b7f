/** Section 2, the rows of reset; sections 2.3 and 2.4; E5, E6 and E7 of section 3; K2, K3 and K4 of section 10. */
import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import {
  type DjmongoauthSite,
  djmongoauthSites,
  empty,
  OTHER_PASSWORD,
  PASSWORD,
  refused,
  type SiteOptions,
} from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const NO_LINK = 'Cannot process email verification request: '

const UNKNOWN = `${NO_LINK}TemporaryAuthenticator matching query does not exist.`

async function member(options: SiteOptions = {}): Promise<{ readonly site: DjmongoauthSite; readonly token: string }> {
  const site = newSite(options)
  await site.addUser('ann')
  return { site, token: await site.tokenOf('ann') }
}

/** A fresh link, as its mail has it. */
async function resetCode(site: DjmongoauthSite): Promise<string> {
  await site.call('POST reset', { json: { username: 'ann' } })
  return site.mailedCode()
}

const put = async (site: DjmongoauthSite, code: string, json: unknown): Promise<readonly [number, unknown]> =>
  told(await site.call(`PUT reset?a=${code}`, { json }))

describe('§2 reset, POST', () => {
  it('with a token mails a link to the stored address and answers 200 without a body', async () => {
    const { site, token } = await member()
    expect(empty(await site.call('POST reset', { token }))).toBe(200)
    expect((await site.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
  })

  it.each([{ username: 'ann' }, { username: 'ANN' }, { email: 'ann@example.org' }, { email: 'Ann@Example.org' }])(
    'K3: without a token it takes %j, from whoever cannot log in any more',
    async (json) => {
      const { site } = await member()
      expect(empty(await site.call('POST reset', { json }))).toBe(200)
      expect((await site.mails()).map(({ to }) => to)).toEqual(['ann@example.org'])
    },
  )

  it.each([{ username: 'nobody' }, { email: 'nobody@example.org' }, { username: 'ann@example.org' }])(
    'K3: answers the same for %j, whom nobody is, and mails nothing',
    async (json) => {
      const { site } = await member()
      expect(empty(await site.call('POST reset', { json }))).toBe(200)
      expect(await site.mails()).toEqual([])
    },
  )

  it('K3: mails nothing to a user without an address, or whom an operator has disabled', async () => {
    const { site } = await member()
    await site.addUser('bob', { email: null })
    const { id } = await site.addUser('eve')
    await site.auth.setStatus({ userId: id, status: 'disabled' })
    for (const username of ['bob', 'eve']) {
      expect(empty(await site.call('POST reset', { json: { username } }))).toBe(200)
    }
    expect(await site.mails()).toEqual([])
  })

  it.each([{ username: null }, { username: 7 }, { email: ['x'] }, { email: {} }, { username: '' }, { email: 'a\0' }])(
    'K3: %j names nobody, and is refused in words',
    async (json) => {
      const answer = await newSite().call('POST reset', { json })
      expect(told(answer)).toEqual([400, { error: expect.stringMatching(/^(?:username|email): /) }])
    },
  )
})

describe('§2.3 send-mail errors of reset', () => {
  it.each(['', '{}', '[]', '{', '{"other": 1}'])('no header, and a body that names nobody: %j', async (body) => {
    expect(told(await newSite().call('POST reset', { body }))).toEqual(refused("'HTTP_AUTHORIZATION'"))
  })

  it('a token that cannot be parsed, or is of three parts', async () => {
    const site = newSite()
    const ask = async (token: string) => told(await site.call('POST reset', { token }))
    expect(await ask('x')).toEqual(refused('Failed to parse x_auth_token: x'))
    expect(await ask('exp=1&user_id=2&username=ann')).toEqual(refused('list index out of range'))
  })

  it('K2: a forged token, and one of an ended session, whatever the body says', async () => {
    const { site, token } = await member()
    await site.call('POST logout', { token })
    const forged = 'exp=1900000000&user_id=1&username=ann&session_key=x'
    for (const bad of [forged, token]) {
      const answer = await site.call('POST reset', { token: bad, json: { username: 'ann' } })
      expect(told(answer)).toEqual(refused('User not found!'))
    }
    expect(await site.mails()).toEqual([])
  })

  it('a mail that can go nowhere', async () => {
    const site = newSite()
    await site.addUser('ann', { email: null })
    const answer = await site.call('POST reset', { token: await site.tokenOf('ann') })
    expect(told(answer)).toEqual(refused('Failed to send password reset email: the account has no e-mail address'))
  })
})

describe('§2 reset, PUT', () => {
  it('E5: sets the password, and ends every session', async () => {
    const { site, token } = await member()
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const code = await resetCode(site)
    expect(empty(await site.call(`PUT reset?a=${code}`, { json: { new_password: OTHER_PASSWORD } }))).toBe(200)
    for (const old of [token, issued.token]) {
      expect(told(await site.call('POST logout', { token: old }))).toEqual(refused('Session key not found!'))
    }
    expect((await site.call('POST login', { json: { username: 'ann', password: PASSWORD } })).status).toBe(400)
    expect(await site.tokenOf('ann', OTHER_PASSWORD)).not.toBe(token)
  })

  it('E6: any of several links works, once; the others are dead then', async () => {
    const { site } = await member()
    const [first, second] = [await resetCode(site), await resetCode(site)]
    expect((await put(site, first, { new_password: OTHER_PASSWORD }))[0]).toBe(200)
    expect(await put(site, first, { new_password: PASSWORD })).toEqual(refused(UNKNOWN))
    expect(await put(site, second, { new_password: PASSWORD })).toEqual(refused(UNKNOWN))
  })

  it('E7: a link survives a log-out', async () => {
    const { site, token } = await member()
    const code = await resetCode(site)
    await site.call('POST logout', { token })
    expect((await put(site, code, { new_password: OTHER_PASSWORD }))[0]).toBe(200)
  })
})

describe('§2.4 link errors of reset', () => {
  it.each(['', '?a=', '?A=x'])('no `a`: %j', async (query) => {
    const answer = await newSite().call(`PUT reset${query}`, { json: { new_password: OTHER_PASSWORD } })
    expect(told(answer)).toEqual(refused(NO_LINK))
  })

  it('unknown', async () => {
    expect(await put(newSite(), 'A'.repeat(43), { new_password: OTHER_PASSWORD })).toEqual(refused(UNKNOWN))
  })

  it('expired', async () => {
    const { site } = await member()
    const code = await resetCode(site)
    site.clock.advance({ hours: 1 })
    const answer = await put(site, code, { new_password: OTHER_PASSWORD })
    expect(answer).toEqual(refused(`${NO_LINK}Invalid session!`))
  })

  it('without `new_password`, with an empty or a bad body: the link is not used up', async () => {
    const { site } = await member()
    const code = await resetCode(site)
    expect(await put(site, code, {})).toEqual(refused(`${NO_LINK}'new_password'`))
    for (const body of ['', '{', '[]']) {
      const answer = await site.call(`PUT reset?a=${code}`, { body })
      expect(told(answer)).toEqual(refused(`${NO_LINK}The request could not be read.`))
    }
    expect((await put(site, code, { new_password: OTHER_PASSWORD }))[0]).toBe(200)
  })

  it.each([
    ['', 'new_password: This is required.'],
    [null, 'new_password: This is required.'],
    [7, 'new_password: This must be text.'],
    ['short', 'new_password: Use a password of at least 8 characters.'],
    ['password123', 'new_password: This password is among those that are guessed first.'],
  ])('§4 new_password %j is refused in words, and the link is not used up', async (password, text) => {
    const { site } = await member()
    const code = await resetCode(site)
    expect(await put(site, code, { new_password: password })).toEqual(refused(NO_LINK + text))
    expect((await put(site, code, { new_password: OTHER_PASSWORD }))[0]).toBe(200)
  })

  it('K4: a link that proves an address resets no password', async () => {
    const site = newSite()
    await site.call('POST register', { json: { username: 'ann', email: 'ann@example.org', password: PASSWORD } })
    await site.call('POST verify', { token: await site.tokenOf('ann') })
    const code = await site.mailedCode()
    expect(await put(site, code, { new_password: OTHER_PASSWORD })).toEqual(refused(UNKNOWN))
    expect(await site.tokenOf('ann')).toMatch(/^\S+$/)
  })
})
