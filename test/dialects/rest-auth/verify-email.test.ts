import { describe, expect, it } from 'vitest'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import {
  ANN,
  ANN_ADDRESS,
  linkOf,
  MANDATORY,
  mailedKey,
  NO_PAGES,
  newcomer,
  REGISTER,
  VERIFY,
} from './support/registration.ts'
import { DETAILS, nonField, WORDS } from './support/words.ts'
import { GENERATIONS, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const OK = [200, { detail: 'ok' }] as const

const NOT_FOUND = [404, DETAILS.notFound] as const

const RESEND = 'POST registration/resend-email/'

const LOGIN = { json: { username: 'ann', password: PASSWORD } } as const

/** Registers ann and gives the key that she is mailed. */
async function registered(world: Pick<RestAuthWorld, 'call' | 'mails'>): Promise<string> {
  await world.call(REGISTER, { json: ANN })
  return mailedKey(world)
}

describe.each(GENERATIONS)('§5 verify-email in generation %s', (generation) => {
  it('rule 15: no log-in before the address is proven, and one mail; after it there is one', async () => {
    const world = newWorld({ generation, ...MANDATORY })
    const key = await registered(world)
    expect(await world.mails()).toHaveLength(1)
    expect(told(await world.call('POST login/', LOGIN))).toEqual(nonField(WORDS.NOT_VERIFIED))
    expect(await world.mails()).toHaveLength(1)
    expect(told(await world.call(VERIFY, { json: { key } }))).toEqual(OK)
    expect((await world.call('POST login/', LOGIN)).status).toBe(200)
  })

  it('row 200: proves the address, logs nobody in and sets no cookie', async () => {
    const world = newWorld({ generation })
    const key = await registered(world)
    expect((await world.stored('ann')).emailVerifiedAt).toBeNull()
    const answer = await world.call(VERIFY, { json: { key } })
    expect([told(answer), answer.cookies]).toEqual([OK, []])
    expect((await world.stored('ann')).emailVerifiedAt).toEqual(world.clock.now())
  })

  it.each([
    ['missing', {}, WORDS.REQUIRED],
    ['null', { key: null }, WORDS.NULL],
    ['blank', { key: '' }, WORDS.BLANK],
    ['a list', { key: ['x'] }, WORDS.STRING],
    ['with a NUL', { key: 'a\0' }, WORDS.NUL],
  ])('row body: a key that is %s', async (_, json, sentence) => {
    expect(told(await newWorld({ generation }).call(VERIFY, { json }))).toEqual([400, { key: [sentence] }])
  })

  it.each([
    ['that never was', 'x'.repeat(43)],
    ['of an older site', 'MQ:1xUsEQ:hmMxQJ1nYl0m2mQ4cV3j6y8w9z0'],
    ['that is a number', 4711],
    ['of a megabyte, nearly', 'x'.repeat(30_000)],
  ])('row 404: a key %s', async (_, key) => {
    expect(told(await newWorld({ generation }).call(VERIFY, { json: { key } }))).toEqual(NOT_FOUND)
  })

  it('row 404: an expired key, and one of a user who is gone', async () => {
    const world = newWorld({ generation, ...MANDATORY }, { codes: { verifyEmailSeconds: 259_200 } })
    const key = await registered(world)
    world.clock.advance({ seconds: 259_201 })
    expect(told(await world.call(VERIFY, { json: { key } }))).toEqual(NOT_FOUND)
    await world.call(REGISTER, { json: newcomer('bob') })
    const gone = await mailedKey(world, 'bob@example.org')
    await world.store.users.delete((await world.stored('bob')).id)
    expect(told(await world.call(VERIFY, { json: { key: gone } }))).toEqual(NOT_FOUND)
  })

  it('row life, ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS: a key is good until it expires', async () => {
    const world = newWorld({ generation, ...MANDATORY }, { codes: { verifyEmailSeconds: 259_200 } })
    const key = await registered(world)
    world.clock.advance({ seconds: 259_199 })
    expect(told(await world.call(VERIFY, { json: { key } }))).toEqual(OK)
  })

  it('row life, re-use: 0.9 says ok every time until the key expires, 7 only once', async () => {
    const world = newWorld({ generation, ...MANDATORY }, { codes: { verifyEmailSeconds: 3600 } })
    const key = await registered(world)
    const verify = async () => told(await world.call(VERIFY, { json: { key } }))
    expect(await verify()).toEqual(OK)
    const again = generation === '0.9' ? OK : NOT_FOUND
    expect([await verify(), await verify()]).toEqual([again, again])
    world.clock.advance({ seconds: 3601 })
    expect(await verify()).toEqual(NOT_FOUND)
  })

  it('a difference: a user whom an operator has disabled stays so, and the key is dead', async () => {
    const world = newWorld({ generation })
    const key = await registered(world)
    await world.auth.setStatus({ userId: (await world.stored('ann')).id, status: 'disabled' })
    expect(told(await world.call(VERIFY, { json: { key } }))).toEqual(NOT_FOUND)
    expect(await world.stored('ann')).toMatchObject({ status: 'disabled', emailVerifiedAt: null })
  })

  it('row GET, HEAD: 405, with the original’s Allow; rule 16', async () => {
    const world = newWorld({ generation })
    const get = await world.call('GET registration/verify-email/')
    expect(told(get)).toEqual([405, { detail: 'Method "GET" not allowed.' }])
    expect(get.headers.get('allow')).toBe('POST, OPTIONS, HEAD')
    expect((await world.call('HEAD registration/verify-email/')).status).toBe(405)
  })

  it('§1.4: a bad credential beside a right key is refused, unless the site ignores it', async () => {
    const token = '0'.repeat(40)
    const strict = newWorld({ generation })
    const key = await registered(strict)
    expect((await strict.call(VERIFY, { token, json: { key } })).status).toBe(403)
    const lenient = newWorld({ generation, ignoreStaleCredentials: true })
    expect((await lenient.call(VERIFY, { token, json: { key: await registered(lenient) } })).status).toBe(200)
  })

  it('§1.2 OPTIONS: names the view', async () => {
    const { status, body } = await newWorld({ generation }).call('OPTIONS registration/verify-email/')
    expect([status, body]).toEqual([200, expect.objectContaining({ name: 'Verify Email' })])
  })
})

describe.each(GENERATIONS)('§5 account-confirm-email in generation %s', (generation) => {
  it('row GET: leads to the page of the site and proves nothing, however often', async () => {
    const world = newWorld({ generation })
    const key = await registered(world)
    for (const method of ['GET', 'GET', 'HEAD']) {
      const { status, headers, text } = await world.call(`${method} registration/account-confirm-email/${key}/`)
      expect([status, headers.get('location'), text]).toEqual([302, `https://acme.test/confirm-email/${key}/`, ''])
    }
    expect((await world.stored('ann')).emailVerifiedAt).toBeNull()
    expect(told(await world.call(VERIFY, { json: { key } }))).toEqual(OK)
  })

  it('row GET: a browser is led there as well, and gets no cookie', async () => {
    const world = newWorld({ generation })
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', cookie: 'sessionid=stale' }
    const answer = await world.call('GET registration/account-confirm-email/MQ:1xUsEQ:hmMx/', { headers })
    expect([answer.status, answer.headers.get('location'), answer.cookies]).toEqual([
      302,
      'https://acme.test/confirm-email/MQ:1xUsEQ:hmMx/',
      [],
    ])
  })

  it('row GET: leads to the product’s own page, which asks before it proves, where the site names none or this very path', async () => {
    const mount = generation === '7' ? '/dj-rest-auth' : '/rest-auth'
    const here = { accountConfirmEmailUrl: `${mount}/registration/account-confirm-email/{key}/` }
    for (const options of [NO_PAGES, here]) {
      const world = newWorld({ ...options, generation })
      const { status, headers } = await world.call('GET registration/account-confirm-email/abc/')
      expect([status, headers.get('location')]).toEqual([302, 'https://acme.test/account/verify-email?code=abc'])
    }
  })

  it('row key pattern: letters, digits, _, - and : and nothing else', async () => {
    const world = newWorld({ generation })
    for (const key of ['a.b', 'a%2Fb', 'a%0d%0aset-cookie:x', '', 'a/b', '%E2%80%AE']) {
      expect((await world.call(`GET registration/account-confirm-email/${key}/`)).status, key).toBe(404)
    }
  })

  it('row OPTIONS: 200; §1.1: without its final slash it leads to the path with it', async () => {
    const world = newWorld({ generation })
    expect((await world.call('OPTIONS registration/account-confirm-email/abc/')).status).toBe(200)
    const bare = await world.call('GET registration/account-confirm-email/abc')
    expect([bare.status, bare.headers.get('location')]).toEqual([
      301,
      `${world.mount}/registration/account-confirm-email/abc/`,
    ])
  })
})

describe('§5 resend-email and account-email-verification-sent, which only 7 has', () => {
  it('rule 16: 200 and one more mail, whose key works, too', async () => {
    const world = newWorld(MANDATORY)
    await registered(world)
    expect(told(await world.call(RESEND, { json: { email: ANN_ADDRESS } }))).toEqual(OK)
    const [first, second, ...more] = await world.mails()
    expect([second?.subject, second?.to, more]).toEqual([first?.subject, ANN_ADDRESS, []])
    expect(linkOf(second)).not.toBe(linkOf(first))
    expect(told(await world.call(VERIFY, { json: { key: await mailedKey(world) } }))).toEqual(OK)
  })

  it('rule 16: 200 and no mail for an unknown address, and for one that is proven', async () => {
    const world = newWorld()
    await world.addUser('ann')
    for (const email of ['nobody@example.org', ANN_ADDRESS]) {
      expect(told(await world.call(RESEND, { json: { email } }))).toEqual(OK)
    }
    expect(await world.mails()).toEqual([])
  })

  it('row mail: also for a user who is in already and whose address is not proven', async () => {
    const world = newWorld()
    await registered(world)
    // A difference: the original wants the exact letters.
    await world.call(RESEND, { json: { email: 'ANN@example.org' } })
    expect((await world.mails()).map(({ to }) => to)).toEqual([ANN_ADDRESS, ANN_ADDRESS])
  })

  it.each([
    ['missing, where the site needs one', {}, WORDS.REQUIRED],
    ['null', { email: null }, WORDS.NULL],
    ['blank', { email: '' }, WORDS.BLANK],
    ['no address', { email: 'ann' }, WORDS.EMAIL],
    ['a list', { email: [ANN_ADDRESS] }, WORDS.EMAIL],
  ])('row body: an address that is %s', async (_, json, sentence) => {
    const world = newWorld(MANDATORY)
    expect([400, { email: [sentence] }]).toEqual(told(await world.call(RESEND, { json })))
  })

  it('row body: one that is missing is no fault where the site needs none, and neither is one that is too long', async () => {
    const world = newWorld()
    expect(told(await world.call(RESEND, { json: {} }))).toEqual(OK)
    expect(told(await world.call(RESEND, { json: { email: `${'x'.repeat(250)}@example.org` } }))).toEqual(OK)
    expect(await world.mails()).toEqual([])
  })

  it('a difference: one address is not mailed without end', async () => {
    const world = newWorld(MANDATORY, { rateLimits: { mailsPerRecipient: { count: 3, perSeconds: 3600 } } })
    await registered(world)
    for (let time = 0; time < 6; time += 1) await world.call(RESEND, { json: { email: ANN_ADDRESS } })
    expect(await world.mails()).toHaveLength(3)
  })

  it('§1.1: with and without the final slash', async () => {
    const world = newWorld()
    for (const path of ['resend-email', 'verify-email', 'account-email-verification-sent']) {
      for (const slash of ['', '/']) {
        const { status } = await world.call(`OPTIONS registration/${path}${slash}`)
        expect([path + slash, status]).toEqual([path + slash, 200])
      }
    }
  })

  it('account-email-verification-sent leads to the page of the site, by default its start page', async () => {
    const path = 'GET registration/account-email-verification-sent/'
    const plain = await newWorld().call(path)
    expect([plain.status, plain.headers.get('location')]).toEqual([302, 'https://acme.test/'])
    const named = await newWorld({ emailVerificationSentUrl: 'check-your-mail', domain: 'app.acme.test' }).call(path)
    expect(named.headers.get('location')).toBe('https://app.acme.test/check-your-mail')
  })

  it('0.9 has neither', async () => {
    const world = newWorld({ generation: '0.9' })
    expect((await world.call(RESEND, { json: { email: ANN_ADDRESS } })).status).toBe(404)
    expect((await world.call('GET registration/account-email-verification-sent/')).status).toBe(404)
  })
})
