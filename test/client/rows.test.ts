/** Every row of the API through the method that the client has for it, over real connections. */
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PortressClient } from '../../src/client/index.ts'
import { DESCRIPTIONS } from '../../src/dialects/portress-api/descriptions.ts'
import { OTHER_PASSWORD, PASSWORD } from '../support/api-world.ts'
import { type SampleProvider, sampleProvider } from '../support/sample-provider.ts'
import { brought, browserFetch, type ClientSite, clientSites, codeOf } from './client-site.ts'

const newSite = clientSites()

const ANN = { username: 'ann', email: 'ann@example.org', password: PASSWORD }

const CARRIERS = ['cookie', 'token', 'jwt'] as const

const THIRD_PASSWORD = 'walnut-cake-6-midnight'

/** Comes in, as somebody new does. */
async function joins(client: PortressClient, site: ClientSite): Promise<void> {
  const registered = brought(await client.register({ ...ANN, firstName: 'Ann' }))
  expect(registered).toMatchObject({ status: 'verification_required', user: { username: 'ann', firstName: 'Ann' } })
  brought(await client.resendActivation({ email: ANN.email }))
  const verified = brought(await client.activate({ code: await site.mailedCode(ANN.email) }))
  expect(verified.user.emailVerified).toBe(true)
  const begun = brought(await client.login({ identifier: 'ann', password: PASSWORD }))
  expect(begun.session.isCurrent).toBe(true)
}

/** Sees to the own account. */
async function looksAfterIt(client: PortressClient): Promise<void> {
  expect(brought(await client.currentUser()).user.email).toBe(ANN.email)
  expect(brought(await client.updateProfile({ lastName: 'Lee' })).user.lastName).toBe('Lee')
  expect(brought(await client.listAttempts()).attempts).toMatchObject([{ outcome: 'success', identifier: 'ann' }])
  expect(brought(await client.exportUser())).toMatchObject({ user: { lastName: 'Lee' }, identities: [] })
  const renamed = await client.changeUsername({ newUsername: 'annlee', currentPassword: PASSWORD })
  expect(brought(renamed).user.username).toBe('annlee')
  brought(await client.changePassword({ currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }))
  expect(brought(await client.currentUser()).user.username).toBe('annlee')
}

/** Moves to another address, and back. */
async function moves(client: PortressClient, site: ClientSite): Promise<void> {
  brought(await client.changeEmail({ newEmail: 'lee@example.net', currentPassword: OTHER_PASSWORD }))
  const code = await site.mailedCode('lee@example.net')
  expect(brought(await client.confirmEmailChange({ code })).user.email).toBe('lee@example.net')
  brought(await client.changeEmail({ newEmail: 'third@example.net', currentPassword: OTHER_PASSWORD }))
  brought(await client.cancelEmailChange({ code: await site.mailedCode('lee@example.net') }))
}

/** The cancellation has ended everything: it begins again with a new password. */
async function forgets(client: PortressClient, site: ClientSite): Promise<void> {
  expect(codeOf(await client.currentUser())).toBe('token_invalid')
  brought(await client.requestPasswordReset({ email: 'lee@example.net' }))
  const code = await site.mailedCode('lee@example.net')
  brought(await client.confirmPasswordReset({ code, newPassword: THIRD_PASSWORD }))
  for (let guess = 0; guess < 3; guess += 1) await client.login({ identifier: 'annlee', password: 'wrong' })
  expect(codeOf(await client.login({ identifier: 'annlee', password: THIRD_PASSWORD }))).toBe('invalid_credentials')
  brought(await client.unlock({ code: await site.mailedCode('lee@example.net') }))
  brought(await client.login({ identifier: 'annlee', password: THIRD_PASSWORD }))
}

/** Ends sessions, and the account. */
async function leaves(client: PortressClient, other: PortressClient): Promise<void> {
  const credentials = { identifier: 'annlee', password: THIRD_PASSWORD }
  brought(await other.login(credentials))
  const { sessions } = brought(await client.listSessions())
  const sessionId = sessions.find(({ isCurrent }) => !isCurrent)?.id ?? ''
  brought(await client.revokeSession({ sessionId }))
  expect(codeOf(await client.revokeSession({ sessionId }))).toBe('not_found')
  expect(codeOf(await other.currentUser())).toBe('token_invalid')
  brought(await other.login(credentials))
  brought(await client.revokeOtherSessions())
  expect(codeOf(await other.currentUser())).toBe('token_invalid')
  brought(await client.logout())
  expect(codeOf(await client.currentUser())).toBe('not_authenticated')
  brought(await client.login(credentials))
  brought(await client.deleteAccount({ currentPassword: THIRD_PASSWORD }))
  expect(codeOf(await client.login(credentials))).toBe('invalid_credentials')
}

/** Comes by a provider, with what an app got there. */
async function comesByProvider(client: PortressClient, provider: SampleProvider): Promise<void> {
  expect(brought(await client.listProviders()).providers).toEqual([{ name: 'sample', title: 'The sample' }])
  const accessToken = provider.tokenFor({ subject: '1', email: 'bob@example.org', emailVerified: true })
  const begun = brought(await client.socialLogin({ provider: 'sample', accessToken }))
  expect(begun).toMatchObject({ isNew: true, user: { email: 'bob@example.org' } })
  const second = provider.tokenFor({ subject: '2' })
  const { identity } = brought(await client.socialConnect({ provider: 'sample', accessToken: second }))
  expect(brought(await client.listIdentities()).identities).toHaveLength(2)
  brought(await client.socialDisconnect({ identityId: identity.id }))
  expect(brought(await client.listIdentities()).identities).toMatchObject([{ subject: '1' }])
}

/** Goes to the provider's own pages and comes back with a code. */
async function goesToProvider(client: PortressClient, site: ClientSite, provider: SampleProvider): Promise<void> {
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  let cookie = ''
  const going = site.client({
    async fetch(input, init) {
      const response = await fetch(input, init)
      cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
      return response
    },
  })
  const begun = await going.beginSocialLogin({ provider: 'sample', next: '/welcome', challenge })
  const params = provider.visit(brought(begun).url, { subject: '1' })
  const callback = `${site.origin}/account/social/sample/callback?${params}`
  const back = await fetch(callback, { headers: { cookie }, redirect: 'manual' })
  const { hash } = new URL(back.headers.get('location') ?? '', site.origin)
  const code = new URLSearchParams(hash.slice(1)).get('code') ?? ''
  expect(codeOf(await client.exchangeHandoverCode({ code, verifier: 'guessed' }))).toBe('code_invalid')
  expect(brought(await client.exchangeHandoverCode({ code, verifier })).isNew).toBe(false)
  expect(brought(await client.currentUser()).user.email).toBe('bob@example.org')
}

describe.each(CARRIERS)('with the carrier %s', (carrier) => {
  it('a person lives a whole life', async () => {
    const site = await newSite()
    const client = site.client({ carrier, fetch: browserFetch(site.origin) })
    await joins(client, site)
    await looksAfterIt(client)
    await moves(client, site)
    await forgets(client, site)
    await leaves(client, site.client({ carrier, fetch: browserFetch(site.origin) }))
  })

  it('a person comes by a provider', async () => {
    const provider = sampleProvider()
    const site = await newSite({ social: { providers: [provider.factory] } })
    const client = site.client({ carrier, fetch: browserFetch(site.origin) })
    await comesByProvider(client, provider)
    await goesToProvider(client, site, provider)
    const connecting = await client.beginSocialConnect({ provider: 'sample', next: '/me' })
    if (carrier === 'cookie') expect(new URL(brought(connecting).url).origin).toBe('https://sample.test')
    else expect(codeOf(connecting)).toBe('forbidden')
  })
})

describe('the methods', () => {
  it('are one for each row of the API', async () => {
    const rows = new Set<string>()
    const client = (await newSite()).client({
      carrier: 'jwt',
      async fetch(input, init) {
        rows.add(`${init?.method} ${new URL(String(input)).pathname.slice('/api'.length)}`)
        return new Response('{}')
      },
    })
    const input = { provider: ':provider', sessionId: ':id', identityId: ':id' } as never
    for (const method of Object.values(client)) await (method as (given: never) => Promise<unknown>)(input)
    expect(new Set([...rows].map(decodeURIComponent))).toEqual(new Set(Object.keys(DESCRIPTIONS)))
  })

  it('have tokens renewed, keys and the description on demand', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    const [first, second] = [brought(await client.rotateToken()), brought(await client.rotateToken())]
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(brought(await client.currentUser()).user.username).toBe('ann')
    expect(brought(await client.listPublicKeys()).keys).toMatchObject([{ kty: 'OKP' }])
    expect(brought(await client.openApiDocument()).openapi).toBe('3.1.1')
    expect(codeOf(await site.client({ carrier: 'jwt' }).rotateToken())).toBe('token_invalid')
  })

  it('put what belongs into a path there, and nothing else', async () => {
    const site = await newSite()
    const client = await site.loggedIn('ann')
    expect(codeOf(await client.revokeSession({ sessionId: '../me?x=#' }))).toBe('not_found')
    expect(site.requests.at(-1)).toBe('DELETE /api/sessions/..%2Fme%3Fx%3D%23')
  })
})
