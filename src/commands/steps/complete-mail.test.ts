import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, newestCode } from '../../../test/support/accounts.ts'
import { delayedDelivery } from '../../../test/support/delayed-delivery.ts'
import { openStore } from '../../../test/support/open-store.ts'
import { knock, plainStyle, styledDoor, tellAll } from '../../../test/support/styled-door.ts'
import { TEST_SECRET, type TestAuth, testAuth } from '../../../test/support/test-auth.ts'
import type { MailStyle } from '../../contracts/mail-style.ts'
import { createKeyring } from './keyring.ts'
import { openSealedMail, sealMail } from './sealed-mail.ts'

const EMAIL = 'ann@example.org'

const ann = { username: 'ann', email: EMAIL, password: GOOD_PASSWORD }

const siteWith = (style: Partial<MailStyle>, options: Parameters<typeof testAuth>[0] = {}): TestAuth =>
  testAuth({ mounts: { '/styled': styledDoor(plainStyle(style)) }, ...options })

async function subjects({ auth, mailer }: TestAuth): Promise<readonly string[]> {
  await auth.flush()
  return mailer.sent.map(({ subject }) => subject)
}

describe('a mail that was asked for at a door with a style', () => {
  it('is written in the words of the style, which is given the link, the code and whom it is about', async () => {
    const site = siteWith({
      mails: { 'reset-password': tellAll },
      link: ({ purpose, code, userId }) => `https://front.acme.test/#/${purpose}/${userId}/${code}`,
    })
    const { id } = await activeUser(site)
    expect(await knock(site, '/reset-password', { email: 'ANN@example.org' })).toBe(204)
    expect(await subjects(site)).toContain('Styled on Acme')
    const { recipient, code, link } = JSON.parse(site.mailer.sent.at(-1)?.text ?? '') as Record<string, unknown>
    expect(recipient).toEqual({ id, username: 'ann', email: EMAIL })
    expect(link).toBe(`https://front.acme.test/#/reset-password/${id}/${code}`)
    await site.auth.confirmPasswordReset({ code: String(code), newPassword: 'a heron at the mill pond' })
  })

  it('has a link of the style made of whose it is, where it goes, and when its code was made', async () => {
    const made: unknown[] = []
    const site = siteWith({
      link({ username, email, issuedAt, purpose }) {
        made.push({ username, email, issuedAt, purpose })
        return null
      },
    })
    await activeUser(site)
    await knock(site, '/reset-password', { email: 'ANN@example.org' })
    site.clock.advance({ seconds: 90 })
    const before = site.clock.now()
    await site.auth.flush()
    expect(made).toEqual([{ username: 'ann', email: EMAIL, issuedAt: before, purpose: 'reset-password' }])
  })

  it('is written in the product’s words where the style has none, with the link of the style', async () => {
    const site = siteWith({ link: ({ code }) => `https://front.acme.test/?code=${code}` })
    await activeUser(site)
    await knock(site, '/reset-password', { email: EMAIL })
    expect((await subjects(site)).at(-1)).toBe('Set a new password for Acme')
    expect(site.mailer.sent.at(-1)?.text).toMatch(/https:\/\/front\.acme\.test\/\?code=[\w-]{43}\n/)
  })

  it('leads to the product’s own page where the style makes no link', async () => {
    const site = siteWith({ mails: { 'reset-password': tellAll } })
    await activeUser(site)
    await knock(site, '/reset-password', { email: EMAIL })
    await site.auth.flush()
    expect(site.mailer.sent.at(-1)?.text).toContain('https://acme.test/account/reset-password?code=')
  })

  it('is not sent where the style says so, makes no code, and changes no answer', async () => {
    const shared = openStore()
    const site = siteWith({ mails: { 'reset-password': 'none' } }, { store: shared.factory })
    await activeUser(site)
    site.mailer.clear()
    expect(await knock(site, '/reset-password', { email: EMAIL })).toBe(204)
    expect(await subjects(site)).toEqual([])
    // The one row left is the activation's, done with.
    expect(await shared.store.outbox.list(10)).toHaveLength(1)
  })

  it('is the product’s own at any other door', async () => {
    const site = siteWith({ mails: { 'reset-password': tellAll } })
    await activeUser(site)
    await site.auth.requestPasswordReset({ email: EMAIL })
    expect((await subjects(site)).at(-1)).toBe('Set a new password for Acme')
  })

  it('falls back to the product’s words when the door is gone by the time it is sent', async () => {
    const delivery = delayedDelivery()
    const before = siteWith({ mails: { 'reset-password': tellAll } }, { store: delivery.factory })
    await activeUser(before)
    delivery.holdUp()
    await knock(before, '/reset-password', { email: EMAIL })
    const after = testAuth({ store: delivery.prompt, clock: before.clock })
    await after.auth.flush()
    expect((await subjects(after)).at(-1)).toBe('Set a new password for Acme')
  })

  it('has a subject of one line, whatever the style puts there', async () => {
    const subject = 'Hello ann\r\nBcc: eve@evil.example\u2028\u202e\0!'
    const site = siteWith({ mails: { 'reset-password': () => ({ subject, text: 'x', html: 'x' }) } })
    await activeUser(site)
    await knock(site, '/reset-password', { email: EMAIL })
    expect((await subjects(site)).at(-1)).toBe('Hello ann Bcc: eve@evil.example !')
  })

  it('is not sent with a link that is no web address', async () => {
    for (const link of ['javascript:alert(1)', '/activate', 'data:text/html,x', '']) {
      const site = siteWith({ mails: { 'reset-password': tellAll }, link: () => link })
      await activeUser(site)
      site.mailer.clear()
      await knock(site, '/reset-password', { email: EMAIL })
      expect(await subjects(site), link).toEqual([])
    }
  })
})

describe('the mail that an account is active', () => {
  const mails = { 'account-activated': tellAll }

  it('is sent by a style that has it, after an activation', async () => {
    const site = siteWith({ mails })
    await knock(site, '/register', ann)
    expect(await subjects(site)).toEqual(['Confirm your e-mail address for Acme'])
    await knock(site, '/activate', { code: await newestCode(site, EMAIL) })
    expect(await subjects(site)).toEqual(['Confirm your e-mail address for Acme', 'Styled on Acme'])
    expect(site.mailer.sent.at(-1)?.text).toContain('"code":null,"link":null')
  })

  it('is sent after a registration that needs no activation, and then not once more with the proof', async () => {
    const site = siteWith({ mails }, { login: { emailMustBeVerified: false } })
    await knock(site, '/register', ann)
    expect((await subjects(site)).toSorted()).toEqual(['Confirm your e-mail address for Acme', 'Styled on Acme'])
    const link = site.mailer.sent.find(({ text }) => text.includes('?code='))?.text ?? ''
    await knock(site, '/activate', { code: /code=([\w-]+)/.exec(link)?.[1] })
    expect(await subjects(site)).toHaveLength(2)
  })

  it('goes neither to who registers with a taken address, nor to its owner', async () => {
    const site = siteWith({ mails }, { login: { emailMustBeVerified: false } })
    await activeUser(site)
    site.mailer.clear()
    expect(await knock(site, '/register', { ...ann, username: 'mallory' })).toBe(204)
    expect(await subjects(site)).toEqual(['You already have an account at Acme'])
  })

  it('is sent by nobody else', async () => {
    const site = testAuth()
    await activeUser(site)
    expect(await subjects(site)).toEqual(['Confirm your e-mail address for Acme'])
  })
})

describe('a mail that an earlier release left in the outbox', () => {
  it('is written as it would have been then', () => {
    const engine = { keys: createKeyring([TEST_SECRET]), random: { bytes: (length: number) => new Uint8Array(length) } }
    const {
      style: _style,
      onlyFor: _onlyFor,
      ...old
    } = {
      kind: 'verify-email',
      to: EMAIL,
      userId: 1,
      sessionEpoch: 0,
      isOwed: false,
      language: 'en',
      data: {},
      onlyFor: null,
      style: 'plain',
    } as const
    const body = sealMail(engine, { job: old as never })
    expect(openSealedMail(engine, { body })?.job).toEqual({ ...old, style: null, onlyFor: null })
  })
})
