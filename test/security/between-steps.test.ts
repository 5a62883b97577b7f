/**
 * What happens between two steps of a command, or between a request and the mail it caused: somebody who is already in
 * must not stay in, or get in again, once the owner has acted.
 */
import { describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import { hashLane } from '../../src/hashers/hash-lane.ts'
import { activeUser, codeIn, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../support/accounts.ts'
import { delayedDelivery } from '../support/delayed-delivery.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'

const OWNERS_NEW = 'a heron at the mill pond'
const ATTACKERS_NEW = 'mallory was here before'
const EMAIL = 'ann@example.org'

function bearer(token: string): Request {
  return new Request('https://acme.test/', { headers: { authorization: `Bearer ${token}` } })
}

/** Resets by mail, as the owner of the mailbox. */
async function resetAsOwner(site: TestAuth, newPassword = OWNERS_NEW): Promise<void> {
  await site.auth.requestPasswordReset({ email: EMAIL })
  await site.auth.confirmPasswordReset({ code: await newestCode(site, EMAIL), newPassword })
}

interface Gate {
  readonly hasher: PasswordHasher
  /** Lets the next password check come to its end, but keeps its result back until `open`. */
  hold(): { readonly reached: Promise<void>; readonly open: () => void }
}

function gatedHasher(): Gate {
  const lane = hashLane({ argon2: { memoryKiB: 8, passes: 1, parallelism: 1 }, workers: 1, maxQueueSeconds: 3 })
  let held: { readonly reached: () => void; readonly opened: Promise<void> } | null = null
  return {
    hasher: {
      ...lane,
      async verify(request, encoded) {
        const isRight = await lane.verify(request, encoded)
        const mine = held
        held = null
        mine?.reached()
        await mine?.opened
        return isRight
      },
    },
    hold() {
      const reached = Promise.withResolvers<void>()
      const opened = Promise.withResolvers<void>()
      held = { reached: () => reached.resolve(), opened: opened.promise }
      return { reached: reached.promise, open: () => opened.resolve() }
    },
  }
}

describe('a proof from before the owner reset the password', () => {
  const commands = {
    changePassword: ({ auth }: TestAuth, actor: Actor) =>
      auth.changePassword({ currentPassword: GOOD_PASSWORD, newPassword: ATTACKERS_NEW }, { actor }),
    changeUsername: ({ auth }: TestAuth, actor: Actor) =>
      auth.changeUsername({ newUsername: 'mallory', currentPassword: GOOD_PASSWORD }, { actor }),
    deleteAccount: ({ auth }: TestAuth, actor: Actor) =>
      auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, { actor }),
  }
  type Actor = Awaited<ReturnType<typeof logIn>>['issued']

  it.each(Object.keys(commands) as (keyof typeof commands)[])('does nothing any more: %s', async (name) => {
    const gate = gatedHasher()
    const site = testAuth({ passwords: { hasher: gate.hasher } })
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const held = gate.hold()
    const late = refusalOf(commands[name](site, issued))
    await held.reached
    await resetAsOwner(site)
    held.open()
    expect(await late).toBe('token_invalid')
    expect((await logIn(site.auth, 'ann', OWNERS_NEW)).user.username).toBe('ann')
    expect(await refusalOf(logIn(site.auth, 'ann', ATTACKERS_NEW))).toBe('invalid_credentials')
  })

  it('is worth nothing to an access token that is not asked about either', async () => {
    const site = testAuth({ jwt: { stateless: true } })
    await activeUser(site)
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'jwt' })
    const request = (path: string, body: unknown): Request =>
      new Request(`https://acme.test/api${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${issued.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    await site.auth.authenticate(bearer(issued.token))
    await resetAsOwner(site)
    const answer = await site.auth.fetch(
      request('/password/change', { currentPassword: GOOD_PASSWORD, newPassword: ATTACKERS_NEW }),
    )
    expect(answer.status).toBe(403)
    expect(await refusalOf(logIn(site.auth, 'ann', ATTACKERS_NEW))).toBe('invalid_credentials')
  })
})

describe('a change of address', () => {
  it('that was asked for before a reset never happens, however late its mail is written', async () => {
    const delivery = delayedDelivery()
    const site = testAuth({ store: delivery.factory })
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    await site.auth.flush()
    site.mailer.clear()
    await site.auth.requestPasswordReset({ email: EMAIL })
    const code = await newestCode(site, EMAIL)
    delivery.holdUp()
    await site.auth.changeEmail({ newEmail: 'mallory@evil.test', currentPassword: GOOD_PASSWORD }, { actor: issued })
    await site.auth.confirmPasswordReset({ code, newPassword: OWNERS_NEW })
    delivery.goOn()
    await site.auth.flush()
    expect(site.mailer.sent.filter(({ to }) => to === 'mallory@evil.test')).toEqual([])
  })

  it('can be undone by the owner whatever the one who made it did afterwards', async () => {
    const site = testAuth()
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    const caller = { actor: issued }
    await site.auth.changeEmail({ newEmail: 'mallory@evil.test', currentPassword: GOOD_PASSWORD }, caller)
    await site.auth.confirmEmailChange({ code: await newestCode(site, 'mallory@evil.test') })
    const undo = await newestCode(site, EMAIL)
    await site.auth.changePassword({ currentPassword: GOOD_PASSWORD, newPassword: ATTACKERS_NEW }, caller)
    await site.auth.requestPasswordReset({ email: 'mallory@evil.test' })
    const reset = { code: await newestCode(site, 'mallory@evil.test'), newPassword: `${ATTACKERS_NEW} again` }
    await site.auth.confirmPasswordReset(reset)
    await site.auth.cancelEmailChange({ code: undo })
    expect(await site.auth.findUser(EMAIL)).toMatchObject({ username: 'ann' })
    expect(await refusalOf(logIn(site.auth, 'ann', reset.newPassword))).toBe('invalid_credentials')
    await site.auth.confirmPasswordReset({ code: await newestCode(site, EMAIL), newPassword: OWNERS_NEW })
    expect((await logIn(site.auth, 'ann', OWNERS_NEW)).user.email).toBe(EMAIL)
  })

  /** Mallory has changed the address twice, and holds an undo link of her own beside the owner's. */
  async function changedTwice() {
    const site = testAuth()
    await activeUser(site)
    const caller = { actor: (await logIn(site.auth, 'ann')).issued }
    await site.auth.changeEmail({ newEmail: 'mallory@evil.test', currentPassword: GOOD_PASSWORD }, caller)
    await site.auth.confirmEmailChange({ code: await newestCode(site, 'mallory@evil.test') })
    const owners = { code: await newestCode(site, EMAIL) }
    site.clock.advance({ minutes: 1 })
    await site.auth.changeEmail({ newEmail: 'other@evil.test', currentPassword: GOOD_PASSWORD }, caller)
    await site.auth.confirmEmailChange({ code: await newestCode(site, 'other@evil.test') })
    return { site, owners, thiefs: { code: await newestCode(site, 'mallory@evil.test') } }
  }

  it('can be undone by the owner after the one who made it changed it once more, and undid that', async () => {
    const { site, owners, thiefs } = await changedTwice()
    await site.auth.cancelEmailChange(thiefs)
    await site.auth.cancelEmailChange(owners)
    expect(await site.auth.findUser(EMAIL)).toMatchObject({ username: 'ann' })
  })

  it('that the owner has undone cannot be made once more by an undo of the one who made it', async () => {
    const { site, owners, thiefs } = await changedTwice()
    await site.auth.cancelEmailChange(owners)
    expect(await refusalOf(site.auth.cancelEmailChange(thiefs))).toBe('code_invalid')
    expect(await site.auth.findUser(EMAIL)).toMatchObject({ username: 'ann' })
  })

  it.each(['first', 'second'])('ends with the owner where both undo it at once and the owner is %s', async (place) => {
    const { site, owners, thiefs } = await changedTwice()
    const order = place === 'first' ? [owners, thiefs] : [thiefs, owners]
    await Promise.allSettled(order.map((link) => site.auth.cancelEmailChange(link)))
    expect(await site.auth.findUser(EMAIL)).toMatchObject({ username: 'ann' })
  })

  it('that is undone brings its reset link also to an address that has had many mails', async () => {
    const site = testAuth({ rateLimits: { mailsPerRecipient: { count: 3, perSeconds: 3600 } } })
    await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    await site.auth.changeEmail({ newEmail: 'mallory@evil.test', currentPassword: GOOD_PASSWORD }, { actor: issued })
    const undo = await newestCode(site, EMAIL)
    for (let more = 0; more < 5; more += 1) await site.auth.requestPasswordReset({ email: EMAIL })
    await site.auth.flush()
    site.mailer.clear()
    await site.auth.cancelEmailChange({ code: undo })
    await site.auth.flush()
    expect(site.mailer.sent.map((mail) => [mail.to, codeIn(mail) !== null])).toEqual([[EMAIL, true]])
  })
})

describe('a refresh token', () => {
  it('holds nothing that opens the session by itself', async () => {
    const site = testAuth()
    await activeUser(site)
    const { issued } = await site.auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'jwt' })
    const bytes = Buffer.from(issued.refreshToken ?? '', 'base64url')
    expect(bytes.length).toBeGreaterThan(64)
    for (let start = 0; start + 32 <= bytes.length; start += 1) {
      const part = bytes.subarray(start, start + 32).toString('base64url')
      expect(await refusalOf(site.auth.authenticate(bearer(part)))).toBe('token_invalid')
    }
  })
})

describe('a reset of a registration that nobody confirmed', () => {
  it('gives the account to whoever reads the mailbox, and takes it from whoever registered it', async () => {
    const site = testAuth()
    await site.auth.register({ username: 'ann', email: EMAIL, password: ATTACKERS_NEW })
    await resetAsOwner(site)
    expect(await refusalOf(logIn(site.auth, 'ann', ATTACKERS_NEW))).toBe('invalid_credentials')
    expect((await logIn(site.auth, 'ann', OWNERS_NEW)).user.emailVerifiedAt).not.toBeNull()
  })
})

describe('a known device', () => {
  it('has no count of its own any more once the password was reset', async () => {
    const site = testAuth()
    await activeUser(site)
    const devices: string[] = []
    for (let index = 0; index < 4; index += 1) devices.push((await logIn(site.auth, 'ann')).deviceToken)
    await resetAsOwner(site)
    let evaluated = 0
    for (const deviceToken of devices) {
      for (let guess = 0; guess < 3; guess += 1) {
        await refusalOf(site.auth.login({ identifier: 'ann', password: `guess ${guess}` }, { deviceToken }))
      }
    }
    const attempts = await site.auth.listAttempts({ scope: 'all', filter: { outcome: 'wrong_password', limit: 100 } })
    evaluated = attempts.length
    expect(evaluated).toBe(3)
  })
})
