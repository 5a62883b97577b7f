/** Section 7 of the contract, and the settings of section 9 that mails are made of. */
import { describe, expect, it } from 'vitest'
import type { Mail } from '../../../src/model/mail.ts'
import { djmongoauthSites, PASSWORD, type SiteOptions } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const linesOf = ({ text }: Mail): readonly string[] => text.split('\n').filter((line) => line !== '')

/** Both mails, as somebody gets them who has registered. */
async function bothMails(options: SiteOptions = {}, username = 'test_user'): Promise<{ verify: Mail; reset: Mail }> {
  const site = newSite(options)
  await site.call('POST register', { json: { username, email: 'test@example.org', password: PASSWORD } })
  const token = await site.tokenOf(username)
  await site.call('POST verify', { token })
  await site.call('POST reset', { token })
  const [verify, reset] = await site.mails()
  if (verify === undefined || reset === undefined) throw new Error('two mails must be sent')
  return { verify, reset }
}

describe('§7 mails', () => {
  it('their subjects name the site', async () => {
    const { verify, reset } = await bothMails()
    expect(verify.subject).toBe('Verify your e-mail to finish signing up for test.com')
    expect(reset.subject).toBe('Reset your password on test.com')
  })

  it('go to the stored address, from `mail.from`', async () => {
    for (const mail of Object.values(await bothMails({ mail: { from: 'no-reply@test.com' } }))) {
      expect([mail.to, mail.from]).toEqual(['test@example.org', 'no-reply@test.com'])
    }
  })

  it.each([
    ['verify', 'Hello test_user:'],
    ['reset', 'Hello test_user,'],
  ] as const)(
    '%s: greets, names the site, and says until when the link is good, in both parts',
    async (name, hello) => {
      const { [name]: mail } = await bothMails({ codes: { verifyEmailSeconds: 3600 } })
      const lines = linesOf(mail)
      expect(lines[0]).toBe(hello)
      const link = lines.find((line) => line.includes('://')) ?? ''
      expect(link).toMatch(new RegExp(`^https://test\\.com/${name}\\?a=[\\w-]{43}$`))
      const order = ['test.com', link, '2026-03-01 13:00:00 UTC'].map((fact) => mail.text.indexOf(fact))
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      expect(order).not.toContain(-1)
      for (const fact of [hello, 'test.com', `href="${link}"`, '2026-03-01 13:00:00 UTC']) {
        expect(mail.html).toContain(fact)
      }
    },
  )

  it('verify ends with thanks that name the site, reset with what to do if nobody asked', async () => {
    const { verify, reset } = await bothMails()
    expect(linesOf(verify).at(-1)).toMatch(/^Thank.*test\.com/)
    expect(linesOf(reset).at(-1)).toContain('ignore this mail')
  })

  it('the text of reset names the site of the setting', async () => {
    const { reset } = await bothMails({ door: { siteUrl: 'app.acme.example:8443' } })
    expect(reset.text).toContain('on app.acme.example:8443.')
    expect(reset.text).toContain('https://app.acme.example:8443/reset?a=')
  })

  it('IS_HTTPS: links begin as it says', async () => {
    const { verify } = await bothMails({ door: { isHttps: false } })
    expect(verify.text).toContain('http://test.com/verify?a=')
  })

  it('without SITE_URL they name the host of the site, and lead to its own pages', async () => {
    const site = newSite({ door: { siteUrl: undefined } as object })
    await site.call('POST register', { json: { username: 'ann', email: 'ann@example.org', password: PASSWORD } })
    await site.call('POST verify', { token: await site.tokenOf('ann') })
    const mail = (await site.mails()).at(-1)
    expect(mail?.subject).toContain('acme.test')
    expect(mail?.text).toMatch(/https:\/\/acme\.test\/account\/verify-email\?code=[\w-]{43}/)
  })

  it('a link in the place of a name stays no link for whoever has not proven the address', async () => {
    const { verify } = await bothMails({}, 'www.evil.example')
    expect(verify.text).not.toContain('evil.example')
    expect(linesOf(verify)[0]).toBe('Hello www. evil. example:')
    const site = newSite()
    await site.addUser('john.smith')
    await site.call('POST reset', { json: { username: 'john.smith' } })
    expect((await site.mails()).at(-1)?.text).toContain('Hello john.smith,')
  })

  it('never takes the host from the request', async () => {
    const site = newSite()
    await site.addUser('ann')
    await site.call('POST reset', { json: { username: 'ann' }, headers: { 'x-forwarded-host': 'evil.example' } })
    expect((await site.mails()).at(-1)?.text).not.toContain('evil')
  })
})
