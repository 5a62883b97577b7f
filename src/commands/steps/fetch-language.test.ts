import { describe, expect, it } from 'vitest'
import { activeUser } from '../../../test/support/accounts.ts'
import { knock, plainStyle, styledDoor, tellAll } from '../../../test/support/styled-door.ts'
import { testAuth } from '../../../test/support/test-auth.ts'
import type { MailStyle } from '../../contracts/mail-style.ts'
import type { Dialect } from '../../http/dialect.ts'

const unreadable = (): Promise<void> => Promise.reject(new Error('there is no such file'))

function siteWith(door: Partial<Dialect>, style: Partial<MailStyle>) {
  const complaints: string[] = []
  const logger = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (_: object, message: string) => complaints.push(message),
  }
  const mounts = { '/styled': { ...styledDoor(plainStyle(style)), ...door } }
  return { ...testAuth({ mounts, logger }), complaints }
}

describe('a language that is fetched when it is needed', () => {
  it('is there before the door looks at the request, and before the mail is written', async () => {
    const fetched: string[] = []
    const loadLanguage = async (language: string) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      fetched.push(language)
    }
    const style: Partial<MailStyle> = {
      mails: { 'reset-password': (input) => ({ ...tellAll(input), subject: fetched.join() }) },
      loadLanguage,
    }
    const site = siteWith({ loadLanguage, languages: ['en'] }, style)
    await activeUser(site)
    expect(await knock(site, '/reset-password', { email: 'ann@example.org' })).toBe(204)
    expect(fetched.slice(0, 1)).toEqual(['en'])
    await site.auth.flush()
    expect(site.mailer.sent.at(-1)?.subject).toBe('en,en')
  })

  it('costs neither the answer nor the mail where it cannot be had', async () => {
    const style: Partial<MailStyle> = { mails: { 'reset-password': tellAll }, loadLanguage: unreadable }
    const site = siteWith({ loadLanguage: unreadable }, style)
    await activeUser(site)
    expect(await knock(site, '/reset-password', { email: 'ann@example.org' })).toBe(204)
    await site.auth.flush()
    expect(site.mailer.sent.at(-1)?.subject).toBe('Styled on Acme')
    expect(site.complaints).toEqual(['a language could not be loaded', 'a language could not be loaded'])
  })
})
