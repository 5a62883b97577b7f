import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD } from '../drf/support/passwords.ts'
import { askedForEmail, askedForReset, linkOf, newcomer, registered, valuesOf } from './support/links.ts'
import { detail, done } from './support/words.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const SECONDS = String(Date.parse('2026-03-01T12:00:00Z') / 1000)

const keysOf = (link: string): readonly string[] => [...new URL(link).searchParams.keys()]

describe('§4 signed links', () => {
  it('L1, L3, REGISTER_VERIFICATION_URL: the page, a question mark, and user_id, timestamp and signature in this order', async () => {
    const world = newWorld()
    await registered(world)
    const link = linkOf((await world.mails())[0])
    expect(link).toMatch(
      new RegExp(`^https://app\\.acme\\.test/verify-user/\\?user_id=1&timestamp=${SECONDS}&signature=[\\w-]{43}$`),
    )
  })

  it('L1, RESET_PASSWORD_VERIFICATION_URL: the same for a new password', async () => {
    const world = newWorld()
    await world.addUser('ann')
    await askedForReset(world)
    const link = linkOf((await world.mails())[0])
    expect([link.split('?')[0], keysOf(link)]).toEqual([
      'https://app.acme.test/reset-password/',
      ['user_id', 'timestamp', 'signature'],
    ])
  })

  it('L1, R33, REGISTER_EMAIL_VERIFICATION_URL: and for another address, which stands behind the user', async () => {
    const world = newWorld()
    const { token } = await world.member('ann')
    await askedForEmail(world, { token, email: 'ann+new@example.net' })
    const link = linkOf((await world.mails()).find(({ to }) => to === 'ann+new@example.net'))
    expect([link.split('?')[0], keysOf(link)]).toEqual([
      'https://app.acme.test/verify-email/',
      ['user_id', 'email', 'timestamp', 'signature'],
    ])
    expect(valuesOf(link).email).toBe('ann+new@example.net')
  })

  it.each([
    ['a query', 'https://app.acme.test/verify?theme=dark', 'https://app.acme.test/verify?theme=dark&user_id=1&'],
    ['a fragment that is a route', 'https://app.acme.test/#/verify', 'https://app.acme.test/#/verify?user_id=1&'],
    ['both', 'https://app.acme.test/?a=b#/verify', 'https://app.acme.test/?a=b#/verify?user_id=1&'],
    ['a page of the site itself', '/verify/', 'https://acme.test/verify/?user_id=1&'],
  ])('L1: a page with %s', async (_, registerVerificationUrl, start) => {
    const world = newWorld({ registerVerificationUrl })
    await world.call('POST register/', { json: newcomer('ann') })
    expect(linkOf((await world.mails())[0]).startsWith(`${start}timestamp=`)).toBe(true)
  })

  it('L1, W11: no header of a request gets into a link', async () => {
    const world = newWorld({ registerVerificationUrl: '/verify/' })
    await world.call('POST register/', {
      json: newcomer('ann'),
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    })
    expect((await world.mails())[0]?.text).not.toContain('evil')
  })

  it('L2: nothing is done by following it: there is no GET', async () => {
    const world = newWorld()
    await registered(world)
    const { search } = new URL(linkOf((await world.mails())[0]))
    expect((await world.call(`GET verify-registration/${search}`)).status).toBe(405)
    expect((await world.stored('ann')).status).toBe('pending')
  })

  it('L3: what it is signed with is kept as a digest only', async () => {
    const inserted: string[] = []
    const world = newWorld(
      {},
      {
        wrapStore: (store) => ({
          ...store,
          codes: {
            ...store.codes,
            insert: (code) => {
              inserted.push(JSON.stringify({ ...code, digest: Buffer.from(code.digest).toString('base64url') }))
              return store.codes.insert(code)
            },
          },
        }),
      },
    )
    const { signature } = await registered(world)
    expect(inserted.length).toBe(1)
    expect(inserted[0]).not.toContain(signature)
  })

  it('L4, R36: a link of each purpose is invalid for the two others', async () => {
    const world = newWorld()
    const { token } = await world.member('ben')
    const links = {
      'verify-registration': await registered(world),
      'verify-email': await askedForEmail(world, { token, email: 'ben@example.net' }),
      'reset-password': await askedForReset(world, 'ben'),
    }
    for (const [path, own] of Object.entries(links)) {
      for (const link of Object.values(links).filter((other) => other !== own)) {
        const json = { email: 'ben@example.net', password: OTHER_PASSWORD, ...link }
        expect(told(await world.call(`POST ${path}/`, { json })), path).toEqual(detail(400, 'Invalid signature'))
      }
    }
  })

  it('L6: several links live at once, and the use of one ends the others', async () => {
    const world = newWorld()
    await world.addUser('ann')
    const [first, second] = [await askedForReset(world), await askedForReset(world)]
    const send = async (link: object) =>
      told(await world.call('POST reset-password/', { json: { ...link, password: OTHER_PASSWORD } }))
    expect([await send(first), await send(second)]).toEqual([
      done('Reset password successful'),
      detail(400, 'Invalid signature'),
    ])
  })

  it('R12, VERIFICATION_URL_BUILDER: a site may put the values into the path', async () => {
    const world = newWorld({
      verificationUrlBuilder: (page, { user_id, timestamp, signature }) =>
        `${page}${user_id}/${timestamp}/${signature}/`,
    })
    await world.call('POST register/', { json: newcomer('ann') })
    const link = linkOf((await world.mails())[0])
    const [, user_id, timestamp, signature] = /\/verify-user\/(\d+)\/(\d+)\/([\w-]{43})\/$/.exec(link) ?? []
    const json = { user_id, timestamp, signature }
    expect(told(await world.call('POST verify-registration/', { json }))).toEqual(done('User verified successfully'))
  })

  it('without a page of its own a site has the product’s', async () => {
    const world = newWorld({
      registerVerificationUrl: null,
      resetPasswordVerificationUrl: null,
      registerEmailVerificationUrl: null,
    })
    await world.call('POST register/', { json: newcomer('ann') })
    expect(linkOf((await world.mails())[0])).toMatch(/^https:\/\/acme\.test\/account\/\S+code=[\w-]{43}$/)
  })
})
