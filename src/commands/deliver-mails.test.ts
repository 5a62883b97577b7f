import { describe, expect, it, vi } from 'vitest'
import { activeUser, codeIn, GOOD_PASSWORD, newestCode } from '../../test/support/accounts.ts'
import { openStore } from '../../test/support/open-store.ts'
import { TEST_SECRET, type TestAuth, testAuth } from '../../test/support/test-auth.ts'

const OTHER_SECRET = 'Qm8vB3xL6tR1nYc5Kp9Wz2Hs7Jd4Gf0A'

const registerAnn = ({ auth }: TestAuth): Promise<unknown> =>
  auth.register({ username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD })

describe('delivering mails', () => {
  it('tries again later, and not before', async () => {
    const site = testAuth()
    site.mailer.failWith(new Error('451 try later'))
    await registerAnn(site)
    await site.auth.flush()
    expect(site.mailer.sent).toHaveLength(0)
    site.mailer.failWith(null)
    await site.auth.flush()
    expect(site.mailer.sent).toHaveLength(0)
    site.clock.advance({ seconds: 31 })
    const code = await newestCode(site, 'ann@example.org')
    expect((await site.auth.activate({ code })).user.status).toBe('active')
    expect(site.mailer.sent).toHaveLength(1)
  })

  it('gives a mail up after its last try, and says so without naming the address', async () => {
    const abandoned: { readonly kind: string; readonly error: string }[] = []
    const site = testAuth({ events: { mailAbandoned: (event) => void abandoned.push(event) } })
    site.mailer.failWith(new Error('550 <ann@example.org> unknown here'))
    await registerAnn(site)
    for (let round = 0; round < 20; round += 1) {
      await site.auth.flush()
      site.clock.advance({ hours: 7 })
    }
    expect(abandoned).toHaveLength(1)
    expect(abandoned[0]).toMatchObject({ kind: 'verify-email', error: expect.not.stringContaining('ann@') })
    site.mailer.failWith(null)
    await site.auth.flush()
    expect(site.mailer.sent).toHaveLength(0)
  })

  it('writes nothing readable into the store, and erases the body once it was sent', async () => {
    const shared = openStore()
    const site = testAuth({ store: shared.factory })
    site.mailer.failWith(new Error('down'))
    await registerAnn(site)
    await site.auth.flush()
    const [waiting] = await shared.store.outbox.list(1)
    expect(Buffer.from(waiting?.body ?? []).toString('latin1')).not.toMatch(/ann@|code=|verify/)
    site.mailer.failWith(null)
    site.clock.advance({ minutes: 1 })
    await site.auth.flush()
    const [sent] = await shared.store.outbox.list(1)
    expect(sent).toMatchObject({ body: null, sentAt: site.clock.now() })
  })

  it('goes on with what another process left behind, once its lease is over', async () => {
    const shared = openStore()
    const dying = testAuth({ store: shared.factory })
    const release = dying.mailer.hang()
    await registerAnn(dying)
    const taken = dying.auth.flush()
    await vi.waitFor(async () => expect(await shared.store.outbox.list(1)).toMatchObject([{ tries: 1 }]))
    const heir = testAuth({ store: shared.factory, clock: dying.clock })
    await heir.auth.flush()
    expect(heir.mailer.sent).toHaveLength(0)
    dying.clock.advance({ minutes: 3 })
    await heir.auth.flush()
    expect(heir.mailer.sent).toHaveLength(1)
    release()
    await taken
  })

  it('opens what an older secret sealed, and gives up what no secret opens', async () => {
    const shared = openStore()
    const old = testAuth({ store: shared.factory })
    old.mailer.failWith(new Error('down'))
    await registerAnn(old)
    await old.auth.flush()
    old.clock.advance({ minutes: 5 })
    const without = testAuth({ store: shared.factory, clock: old.clock, secrets: [OTHER_SECRET] })
    const withBoth = testAuth({ store: shared.factory, clock: old.clock, secrets: [OTHER_SECRET, TEST_SECRET] })
    await withBoth.auth.flush()
    expect(withBoth.mailer.sent).toHaveLength(1)
    await old.auth.resendActivation({ email: 'ann@example.org' })
    await old.auth.flush()
    old.clock.advance({ minutes: 5 })
    await without.auth.flush()
    expect(without.mailer.sent).toHaveLength(0)
  })

  it('sends nobody more than the budget, and keeps most of it for links that were asked for', async () => {
    const site = testAuth({ rateLimits: { mailsPerAddress: false, registrationsPerAddress: false } })
    await activeUser(site)
    site.clock.advance({ hours: 2 })
    site.mailer.clear()
    for (let index = 0; index < 10; index += 1) {
      await site.auth.register({ username: `mallory${index}`, email: 'ann@example.org', password: GOOD_PASSWORD })
      await site.auth.resendActivation({ email: 'ann@example.org' })
    }
    for (let index = 0; index < 10; index += 1) await site.auth.requestPasswordReset({ email: 'ann@example.org' })
    await site.auth.flush()
    expect(site.mailer.sent.filter((mail) => codeIn(mail) === null)).toHaveLength(2)
    expect(site.mailer.sent.filter((mail) => codeIn(mail) !== null)).toHaveLength(3)
  })
})
