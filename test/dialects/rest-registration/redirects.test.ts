import { describe, expect, it } from 'vitest'
import { AuthError } from '../../../src/errors.ts'
import { told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { askedForEmail, askedForReset, FORGED, type LinkValues, registered } from './support/links.ts'
import { NOT_FOUND } from './support/words.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const REDIRECTS = {
  verifyRegistrationSuccessUrl: '/welcome/',
  verifyRegistrationFailureUrl: 'https://app.acme.test/sorry',
  verifyEmailSuccessUrl: '/email/done/',
  verifyEmailFailureUrl: '/email/failed/',
  resetPasswordSuccessUrl: '/password/done/',
  resetPasswordFailureUrl: '/password/failed/',
} as const

const OPTIONS = { verificationRedirects: REDIRECTS } as const

const to = (target: string): unknown => [302, new URL(target, 'https://acme.test').href, '']

type World = ReturnType<typeof newWorld>

/** A link of a mail, followed by a browser: `press(world, 'GET verify-email', …)`. */
async function press(world: World, row: string, values: object) {
  const [method, path] = row.split(' ')
  const { status, headers, text } = await world.call(
    `${method} redirects/${path}/?${new URLSearchParams({ ...values })}`,
  )
  return [status, headers.get('location'), text]
}

describe('§10 redirects/verify-registration', () => {
  it('VERIFY_REGISTRATION_SUCCESS_URL: a good link leads there, also the second time, and logs nobody in', async () => {
    const world = newWorld({ ...OPTIONS, registerVerificationAutoLogin: true })
    const link = await registered(world)
    const path = `GET redirects/verify-registration/?${new URLSearchParams({ ...link })}`
    const { status, headers, cookies } = await world.call(path, { headers: { accept: 'text/html' } })
    expect([status, headers.get('location'), cookies]).toEqual([302, 'https://acme.test/welcome/', []])
    expect((await world.stored('ann')).status).toBe('active')
    expect(await press(world, 'GET verify-registration', link)).toEqual(to('/welcome/'))
  })

  it('VERIFY_REGISTRATION_FAILURE_URL: any other leads there, and so does what is missing', async () => {
    const world = newWorld(OPTIONS)
    const link = await registered(world)
    for (const values of [{}, { ...link, signature: FORGED }, { ...link, timestamp: 'x' }, { ...link, user_id: '9' }]) {
      expect(await press(world, 'GET verify-registration', values)).toEqual(to('https://app.acme.test/sorry'))
    }
    world.clock.advance({ days: 8 })
    expect(await press(world, 'GET verify-registration', link)).toEqual(to('https://app.acme.test/sorry'))
    expect((await world.stored('ann')).status).toBe('pending')
  })

  it('leads there as well where registrations are not verified, or there were too many tries', async () => {
    const off = newWorld({ ...OPTIONS, registerVerificationEnabled: false })
    expect(await press(off, 'GET verify-registration', {})).toEqual(to('https://app.acme.test/sorry'))
    const limited = newWorld(OPTIONS, { rateLimits: { codesPerAddress: { count: 1, perSeconds: 60 } } })
    const values = { user_id: '1', timestamp: '1', signature: FORGED }
    for (let count = 0; count < 3; count += 1) {
      expect(await press(limited, 'GET verify-registration', values)).toEqual(to('https://app.acme.test/sorry'))
    }
  })

  it('row wrong method: HEAD is 405 without a body and uses no link up; POST needs the CSRF token first', async () => {
    const world = newWorld(OPTIONS)
    const link = await registered(world)
    const [status, , text] = await press(world, 'HEAD verify-registration', link)
    expect([status, text, (await world.stored('ann')).status]).toEqual([405, '', 'pending'])
    const refused = await world.call('POST redirects/verify-registration/', { form: { ...link } })
    expect(told(refused)).toEqual([403, { detail: 'CSRF Failed: Referer checking failed - no Referer.' }])
    const cookie = `csrftoken=${'a'.repeat(32)}`
    const headers = { cookie, 'x-csrftoken': 'a'.repeat(32) }
    const wrong = await world.call('POST redirects/verify-registration/', { form: { ...link }, headers })
    expect([wrong.status, wrong.text, wrong.headers.get('allow')]).toEqual([405, '', 'GET'])
  })

  it('a bad credential beside it is not looked at', async () => {
    const world = newWorld(OPTIONS)
    const link = await registered(world)
    const path = `GET redirects/verify-registration/?${new URLSearchParams({ ...link })}`
    expect((await world.call(path, { token: 'x' })).status).toBe(302)
  })

  it('a store that cannot be reached is told, and is no fault of the link', async () => {
    const database: { isAway: boolean } = { isAway: false }
    const world = newWorld(OPTIONS, {
      wrapStore: (store) => ({
        ...store,
        codes: {
          ...store.codes,
          find: (...of) => (database.isAway ? Promise.reject(new AuthError('unavailable')) : store.codes.find(...of)),
        },
      }),
    })
    const link = await registered(world)
    database.isAway = true
    expect((await press(world, 'GET verify-registration', link))[0]).toBe(503)
    database.isAway = false
    expect(await press(world, 'GET verify-registration', link)).toEqual(to('/welcome/'))
  })
})

describe('§10 redirects/verify-email', () => {
  it('VERIFY_EMAIL_SUCCESS_URL and VERIFY_EMAIL_FAILURE_URL', async () => {
    const world = newWorld(OPTIONS)
    const { token } = await world.member('ann')
    const link = await askedForEmail(world, { token, email: 'ann@example.net' })
    const { email: _, ...without } = link
    expect(await press(world, 'GET verify-email', without)).toEqual(to('/email/failed/'))
    expect(await press(world, 'GET verify-email', { ...link, email: 'eve@example.net' })).toEqual(to('/email/failed/'))
    expect(await press(world, 'GET verify-email', link)).toEqual(to('/email/done/'))
    expect((await world.stored('ann')).email).toBe('ann@example.net')
    expect(await press(world, 'GET verify-email', link)).toEqual(to('/email/failed/'))
  })
})

describe('§10 redirects/reset-password', () => {
  const RESET = 'POST redirects/reset-password/'
  const CSRF = 'c'.repeat(32)
  const headers = { cookie: `csrftoken=${CSRF}` }

  const formOf = (link: LinkValues, changes: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    ...link,
    password: OTHER_PASSWORD,
    csrfmiddlewaretoken: CSRF,
    ...changes,
  })

  async function asked(options: Parameters<typeof newWorld>[0] = OPTIONS) {
    const world = newWorld(options)
    await world.addUser('ann')
    const link = await askedForReset(world)
    const post = async (changes?: Readonly<Record<string, string>>) => {
      const answer = await world.call(RESET, { form: formOf(link, changes), headers })
      return [answer.status, answer.headers.get('location'), answer.text]
    }
    return { world, link, post }
  }

  it('RESET_PASSWORD_SUCCESS_URL: a form with a good link and the CSRF token sets the password, and logs nobody in', async () => {
    const { world, post } = await asked()
    expect(await post()).toEqual(to('/password/done/'))
    const login = async (password: string) =>
      (await world.call('POST login/', { json: { login: 'ann', password } })).status
    expect([await login(OTHER_PASSWORD), await login(PASSWORD)]).toEqual([200, 400])
    expect(await post()).toEqual(to('/password/failed/'))
  })

  it('RESET_PASSWORD_FAILURE_URL: a weak password, a bad link, JSON', async () => {
    const { world, link, post } = await asked()
    expect(await post({ password: '123' })).toEqual(to('/password/failed/'))
    expect(await post({ signature: FORGED })).toEqual(to('/password/failed/'))
    const json = { ...link, password: OTHER_PASSWORD }
    const answer = await world.call(RESET, { json, headers: { ...headers, 'x-csrftoken': CSRF } })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://acme.test/password/failed/'])
    expect(await post()).toEqual(to('/password/done/'))
  })

  it('row CSRF: without the token 403, whatever else is right', async () => {
    const { world, link, post } = await asked()
    expect((await post({ csrfmiddlewaretoken: 'd'.repeat(32) }))[0]).toBe(403)
    expect((await world.call(RESET, { form: formOf(link) })).status).toBe(403)
    expect((await world.call(RESET, { form: formOf(link), headers, origin: 'https://evil.example' })).status).toBe(403)
    expect(await post()).toEqual(to('/password/done/'))
  })

  it('the repetition is asked for where the site wants it', async () => {
    const { post } = await asked({ ...OPTIONS, resetPasswordSerializerPasswordConfirm: true })
    expect(await post()).toEqual(to('/password/failed/'))
    expect(await post({ password_confirm: OTHER_PASSWORD })).toEqual(to('/password/done/'))
  })

  it('row wrong method: 405 without a body', async () => {
    const { world } = await asked()
    const { status, text, headers: sent } = await world.call('GET redirects/reset-password/')
    expect([status, text, sent.get('allow')]).toEqual([405, '', 'POST'])
  })
})

describe('§10 REST_REGISTRATION_VERIFICATION_REDIRECTS', () => {
  it('without it there are no such views', async () => {
    expect((await newWorld().call('GET redirects/verify-registration/')).status).toBe(404)
  })

  it('a page that is null is 404, and nothing is done without one to lead to', async () => {
    const world = newWorld({ verificationRedirects: { verifyRegistrationFailureUrl: '/sorry/' } })
    const link = await registered(world)
    const path = `GET redirects/verify-registration/?${new URLSearchParams({ ...link })}`
    expect(told(await world.call(path))).toEqual([404, NOT_FOUND])
    expect((await world.stored('ann')).status).toBe('pending')
    expect(told(await world.call('GET redirects/verify-email/'))).toEqual([404, NOT_FOUND])
  })
})
