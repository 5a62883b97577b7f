import { describe, expect, it } from 'vitest'
import type { MailTemplateInput } from '../contracts/mail-template.ts'
import { catalogues, messagesFor } from '../messages/catalogues.ts'
import { de } from '../messages/de.ts'
import { en } from '../messages/en.ts'
import type { WordedMailKind } from '../model/mail.ts'
import { renderMail } from './render-mail.ts'

const KINDS = Object.keys(en.mails) as WordedMailKind[]
const LINKLESS = KINDS.filter((kind) => en.mails[kind].button === null)
const UNPROVEN: readonly WordedMailKind[] = ['verify-email', 'already-registered', 'no-account', 'confirm-email-change']
const LINK = 'https://app.example/account/x?code=abc&next=%22'

describe.each(Object.values(catalogues))('renderMail in $language', (messages) => {
  it.each(KINDS)('writes both parts of %s completely', (kind) => {
    const { subject, text, html } = renderMail(kind, input(), messages)
    const words = messages.mails[kind]
    expect(subject).toMatch(/^\P{Cc}+$/u)
    expect(subject).toContain('Acme')
    expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|NaN|\[object/)
    const sentences = [...words.after(FACTS), messages.mail.footer('Acme')]
    for (const sentence of sentences) expect(text).toContain(sentence)
    expect(readable(html)).toBe(readable(html).normalize())
    for (const sentence of sentences) expect(readable(html)).toContain(sentence)
    expect(html).toContain(`<html lang="${messages.language}">`)
  })

  it.each(KINDS)('puts the link into %s exactly where it belongs', (kind) => {
    const { text, html } = renderMail(kind, input(), messages)
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => readable(target))
    if (LINKLESS.includes(kind)) {
      expect(targets).toEqual([])
      expect(text).not.toContain('://')
      return
    }
    expect(new Set(targets)).toEqual(new Set([LINK]))
    expect(text.split('\n').filter((line) => line.includes('://'))).toEqual([LINK])
    expect(text).toContain(
      messages.mail.linkExpires(
        messages.language === 'de' ? '21. November 2026 um 23:33 UTC' : 'November 21, 2026 at 23:33 UTC',
      ),
    )
  })

  it.each(KINDS)('fetches nothing and needs neither table nor style sheet in %s', (kind) => {
    const { html } = renderMail(kind, input(), messages)
    expect(html).not.toMatch(/<(?:table|img|link|script|style|iframe|form)\b|url\(|\bsrc=|@import/i)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    for (const tag of ['p', 'a', 'small', 'body', 'html', 'title']) {
      const count = (pattern: string): number => html.match(new RegExp(pattern, 'g'))?.length ?? 0
      expect(count(`<${tag}[ >]`), tag).toBe(count(`</${tag}>`))
    }
  })

  it.each(KINDS)('carries no text of a stranger into %s as markup, link or header (attacks 13 and 14)', (kind) => {
    const hostile = '<a href=//evil>x</a> http://evil.example "\'&\r\nBcc: eve@evil.example\u202e'
    const data = {
      newEmail: hostile,
      until: hostile,
      at: hostile,
      userAgent: hostile,
      address: hostile,
      provider: hostile,
    }
    const { subject, text, html } = renderMail(kind, input({ userName: hostile, data }), messages)
    const harmless = renderMail(kind, input({ data: {} }), messages)
    expect(subject).toBe(harmless.subject)
    expect(html.match(/<[^>]*>/g)).toEqual(harmless.html.match(/<[^>]*>/g))
    expect(`${text}${html}`).not.toMatch(/evil\.example|evil>|\/\/evil|\u202e|\r/)
    expect(text.split('\n')).toHaveLength(harmless.text.split('\n').length)
  })

  it('greets by name only where the address is proven', () => {
    for (const kind of KINDS) {
      const { text, html } = renderMail(kind, input({ userName: 'Jürgen <b>' }), messages)
      expect(text.includes('Jürgen'), kind).toBe(!UNPROVEN.includes(kind))
      expect(html.includes('Jürgen'), kind).toBe(!UNPROVEN.includes(kind))
    }
  })
})

describe('renderMail', () => {
  it('escapes what it puts into HTML, the site name included', () => {
    const { subject, html, text } = renderMail('verify-email', input({ siteName: 'A&B <"\'>' }), en)
    expect(subject).toBe(`Confirm your e-mail address for A&B <"'>`)
    expect(text).toContain(`registered at A&B <"'>`)
    expect(html).toContain('registered at A&#38;B &#60;&#34;&#39;&#62;')
    expect(html).not.toContain('A&B')
  })

  it('keeps every subject on one line, whatever the site is called', () => {
    const { subject } = renderMail('verify-email', input({ siteName: 'Acme\r\nBcc: eve@evil.example\u2028\0' }), en)
    expect(subject).toBe('Confirm your e-mail address for Acme Bcc: eve@evil.example')
  })

  it('tells what happened', () => {
    const data = {
      newEmail: 'new@example.org',
      until: new Date('2026-11-21T23:40:00Z'),
      at: '2026-11-21T23:33:00.000Z',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
      address: '2001:db8::1',
    }
    expect(renderMail('email-change-requested', input({ data }), en).text).toContain('New address: new@example.org')
    expect(renderMail('email-changed', input({ data }), en).text).toContain('New address: new@example.org')
    expect(renderMail('locked-out', input({ data }), en).text).toContain('Locked until: November 21, 2026 at 23:40 UTC')
    expect(renderMail('new-device', input({ data }), messagesFor('de')).text).toContain(
      'Gerät: Firefox, Linux\nNetzwerkadresse: 2001:db8::1\nZeit: 21. November 2026 um 23:33 UTC',
    )
    expect(renderMail('new-device', input({ data: {} }), en).text).toContain(
      'Device: unknown\nNetwork address: unknown',
    )
  })

  it('promises no end of a lock that has none', () => {
    const texts = [en, de].map((words) => renderMail('locked-out', input({ data: { until: null } }), words).text)
    expect(texts[0]).toContain('nobody can log in from a new device until it is unlocked.')
    expect(texts[1]).toContain('ist die Anmeldung von neuen Geräten bis zur Entsperrung gesperrt.')
    for (const text of texts) expect(text).not.toMatch(/null|unknown|unbekannt|Locked until|Gesperrt bis/)
  })

  it('refuses to write a mail without the link it is for, or with one that is no web address', () => {
    for (const link of [null, '', '/verify?code=x', 'javascript:alert(1)', 'data:text/html,x']) {
      expect(() => renderMail('verify-email', input({ link }), en), `${link}`).toThrow(TypeError)
    }
    expect(renderMail('password-changed', input({ link: null }), en).text).not.toContain('://')
  })

  it('says nothing about an expiry that it does not know', () => {
    const { text, html } = renderMail('verify-email', input({ expiresAt: null }), en)
    expect(`${text}${html}`).not.toContain('works once')
  })
})

const FACTS = { siteName: 'Acme', newEmail: '', until: '', at: '', agent: '', address: '', provider: '' }

function input(changes: Partial<MailTemplateInput> = {}): MailTemplateInput {
  const expiresAt = new Date('2026-11-21T23:33:20Z')
  return { siteName: 'Acme', language: 'en', userName: null, link: LINK, expiresAt, data: {}, ...changes }
}

/** The text of HTML, with its character references resolved. */
function readable(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}
