import { describe, expect, it } from 'vitest'
import type { Mail } from '../../../src/model/mail.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { ANN, ANN_ADDRESS, linkOf, MANDATORY, NO_PAGES, newcomer, REGISTER, VERIFY } from './support/registration.ts'
import { GENERATIONS, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

type Calls = Pick<RestAuthWorld, 'call' | 'mails'>

const newest = async (world: Calls): Promise<Mail | undefined> => (await world.mails()).at(-1)

async function resetMail(world: Calls, headers: Readonly<Record<string, string>> = {}): Promise<Mail | undefined> {
  await world.call('POST password/reset/', { json: { email: ANN_ADDRESS }, headers })
  return newest(world)
}

async function confirmMail(world: Calls, headers: Readonly<Record<string, string>> = {}): Promise<Mail | undefined> {
  await world.call(REGISTER, { json: ANN, headers })
  return newest(world)
}

/** The mail to somebody whose address was used once more. */
async function existsMail(world: Calls): Promise<Mail | undefined> {
  await world.call(REGISTER, { json: { ...newcomer('mallory'), email: ANN_ADDRESS } })
  return newest(world)
}

const linesOf = (mail: Mail | undefined): readonly string[] =>
  (mail?.text ?? '').split('\n').filter((line) => line !== '')

const SUBJECTS = {
  '0.9': { reset: 'Password reset on Acme', confirm: '[Acme] Please Confirm Your E-mail Address' },
  '7': { reset: '[Acme] Password Reset Email', confirm: '[Acme] Please Confirm Your Email Address' },
} as const

describe.each(GENERATIONS)('§10 mails of generation %s', (generation) => {
  it('row reset: its subject, the user name, and a link with uid and token on a line of its own', async () => {
    const world = newWorld({ generation })
    const { id } = await world.addUser('ann')
    const mail = await resetMail(world)
    expect([mail?.subject, mail?.to]).toEqual([SUBJECTS[generation].reset, ANN_ADDRESS])
    expect(linesOf(mail)).toContain('Your user name is ann.')
    const uid = generation === '7' ? id.toString() : Buffer.from(String(id)).toString('base64url')
    const [, linked, token] =
      /^https:\/\/acme\.test\/password-reset\/confirm\/(\w+)\/([\w-]{43})\/$/.exec(linkOf(mail)) ?? []
    expect(linked).toBe(uid)
    const json = { uid, token, new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }
    expect((await world.call('POST password/reset/confirm/', { json })).status).toBe(200)
  })

  it('row reset: ids beyond 35 in the way of the generation', async () => {
    const world = newWorld({ generation })
    for (let count = 1; count < 36; count += 1) await world.addUser(`user${count}`, { password: null })
    await world.addUser('ann')
    expect(linkOf(await resetMail(world))).toContain(generation === '7' ? '/confirm/10/' : '/confirm/MzY/')
  })

  it('row confirm: its subject, and a link with the key that verify-email takes', async () => {
    const world = newWorld({ generation })
    const mail = await confirmMail(world)
    expect([mail?.subject, mail?.to]).toEqual([SUBJECTS[generation].confirm, ANN_ADDRESS])
    const [, key] = /^https:\/\/acme\.test\/confirm-email\/([\w-]{43})\/$/.exec(linkOf(mail)) ?? []
    expect((await world.call(VERIFY, { json: { key } })).status).toBe(200)
    expect(mail?.text).not.toContain('user name')
  })

  it('row account exists: to the owner, with a link that holds no secret', async () => {
    const world = newWorld({ generation, ...MANDATORY })
    await world.addUser('ann')
    const mail = await existsMail(world)
    expect([mail?.subject, mail?.to, linkOf(mail)]).toEqual([
      '[Acme] Account Already Exists',
      ANN_ADDRESS,
      'https://acme.test/',
    ])
  })

  it('the text names the site first and thanks last; HTML is the same once more, escaped', async () => {
    const world = newWorld({ generation }, { site: { name: 'A & <b>B</b>', origin: 'https://acme.test' } })
    await world.addUser('ann')
    const mail = await resetMail(world)
    const lines = linesOf(mail)
    expect(lines[0]).toContain('A & <b>B</b>')
    expect(lines.at(-1)).toBe('Thank you for using A & <b>B</b>!')
    expect(mail?.html).toContain('A &amp; &lt;b&gt;B&lt;/b&gt;')
    expect(mail?.html).not.toContain('<b>')
    expect(mail?.html.match(/<p>/g)).toHaveLength(lines.length)
  })

  it('ACCOUNT_EMAIL_SUBJECT_PREFIX: in front of subjects that have one, also an empty one', async () => {
    for (const emailSubjectPrefix of ['Acme: ', '']) {
      const world = newWorld({ generation, emailSubjectPrefix })
      expect((await confirmMail(world))?.subject).toMatch(new RegExp(`^${emailSubjectPrefix}Please Confirm`))
      // As in the original, where the older mail comes from elsewhere.
      const reset = generation === '7' ? `${emailSubjectPrefix}Password Reset Email` : 'Password reset on Acme'
      expect((await resetMail(world))?.subject).toBe(reset)
    }
  })

  it('Sites: their name and domain, and the protocol of ACCOUNT_DEFAULT_HTTP_PROTOCOL', async () => {
    const site = { siteName: 'Ours', domain: 'app.acme.example:8443', defaultHttpProtocol: 'https' } as const
    const world = newWorld(
      { generation, ...site },
      { site: { name: 'Acme', origin: 'http://acme.test' }, environment: 'development' },
    )
    const mail = await confirmMail(world)
    expect(mail?.subject).toMatch(/^\[Ours\] /)
    expect(linkOf(mail)).toMatch(/^https:\/\/app\.acme\.example:8443\/confirm-email\//)
    expect(linkOf(await resetMail(world))).toMatch(/^https:\/\/app\.acme\.example:8443\/password-reset\/confirm\//)
    expect(mail?.text).not.toContain('acme.test')
  })

  it('an HTTPS site mails no links that the line can read', () => {
    expect(() => newWorld({ generation, defaultHttpProtocol: 'http' })).toThrow(
      /defaultHttpProtocol must not be "http"/,
    )
  })

  it('§12, PASSWORD_RESET_USE_SITES_DOMAIN: a forged Host is nowhere in a mail', async () => {
    const world = newWorld({ generation })
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
    const mails = [await confirmMail(world, headers), await resetMail(world, headers)]
    for (const mail of mails) {
      expect(JSON.stringify(mail)).not.toContain('evil')
      expect(linkOf(mail)).toMatch(/^https:\/\/acme\.test\//)
    }
  })

  it('leads to the product’s own pages where the site names none', async () => {
    const world = newWorld({ ...NO_PAGES, generation })
    expect(linkOf(await confirmMail(world))).toMatch(/^https:\/\/acme\.test\/account\/verify-email\?code=[\w-]{43}$/)
    expect(linkOf(await resetMail(world))).toMatch(/^https:\/\/acme\.test\/account\/reset-password\?code=[\w-]{43}$/)
  })

  it('ACCOUNT_EMAIL_VERIFICATION none: nobody is asked to confirm anything; optional and mandatory: one mail', async () => {
    const mailsWith = async (emailVerification: 'none' | 'optional' | 'mandatory') => {
      const world = newWorld({ generation, emailVerification })
      await world.call(REGISTER, { json: ANN })
      return (await world.mails()).length
    }
    expect(await mailsWith('none')).toBe(0)
    expect(await mailsWith('optional')).toBe(1)
    expect(await mailsWith('mandatory')).toBe(1)
  })

  it('ACCOUNT_EMAIL_VERIFICATION none and optional: log-in at once', async () => {
    for (const emailVerification of ['none', 'optional'] as const) {
      const world = newWorld({ generation, emailVerification })
      await world.call(REGISTER, { json: ANN })
      expect((await world.call('POST login/', { json: { username: 'ann', password: PASSWORD } })).status).toBe(200)
    }
  })

  it('no mail on log-in, log-out and registration without an address', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    await world.call('POST logout/', { token })
    await world.call(REGISTER, { json: { username: 'bob', password1: PASSWORD, password2: PASSWORD } })
    expect(await world.mails()).toEqual([])
  })

  it('a difference: the owner is told of a new password, in the product’s own words', async () => {
    const world = newWorld({ generation })
    const { token } = await world.member('ann')
    const json = { new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }
    expect((await world.call('POST password/change/', { token, json })).status).toBe(200)
    const mails = await world.mails()
    expect(mails.map(({ to }) => to)).toEqual([ANN_ADDRESS])
    expect(mails[0]?.subject).not.toMatch(/^\[/)
  })

  it('a mail can be replaced, and the others stay', async () => {
    const seen: unknown[] = []
    const confirmEmail = (input: { readonly url: string | null }) => {
      seen.push(input)
      return { subject: 'Something of our own', text: `Go to ${input.url}`, html: `<p>Go to ${input.url}</p>` }
    }
    const world = newWorld({ generation, mails: { confirmEmail } })
    const mail = await confirmMail(world)
    expect([mail?.subject, mail?.text]).toEqual(['Something of our own', expect.stringMatching(/confirm-email/)])
    expect(seen).toEqual([
      {
        language: 'en',
        siteName: 'Acme',
        domain: 'acme.test',
        user: { id: 1, username: 'ann', email: ANN_ADDRESS },
        url: expect.stringMatching(/^https:\/\/acme\.test\/confirm-email\/[\w-]{43}\/$/),
      },
    ])
    expect((await resetMail(world))?.subject).toBe(SUBJECTS[generation].reset)
  })

  it('DEFAULT_FROM_EMAIL: the sender of all', async () => {
    const world = newWorld({ generation }, { mail: { from: 'webmaster@acme.test' } })
    expect((await confirmMail(world))?.from).toContain('webmaster@acme.test')
  })
})

describe('§10 mails, where the generations differ', () => {
  it('row reset: 7 does not name the user where only addresses log in; 0.9 does', async () => {
    for (const [generation, isNamed] of [
      ['7', false],
      ['0.9', true],
    ] as const) {
      const world = newWorld({ generation }, { login: { identifiers: ['email'], emailMustBeVerified: false } })
      await world.addUser('ann')
      expect(linesOf(await resetMail(world)).includes('Your user name is ann.')).toBe(isNamed)
    }
  })

  it('row reset: a UUID is bare digits in 7, and base64url in 0.9', async () => {
    for (const generation of GENERATIONS) {
      const world = newWorld({ generation }, { ids: 'uuid' })
      const id = String((await world.addUser('ann')).id)
      const uid = generation === '7' ? id.replaceAll('-', '') : Buffer.from(id).toString('base64url')
      expect(linkOf(await resetMail(world))).toContain(`/confirm/${uid}/`)
    }
  })
})
