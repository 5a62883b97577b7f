import { describe, expect, it } from 'vitest'
import { writeMail } from './write-mail.ts'

const MAIL = {
  siteName: 'Acme',
  language: 'en',
  to: 'ann@example.org',
  user: null,
  link: 'https://acme.test/account/reset-username?code=x',
  code: 'x',
  expiresAt: null,
  data: {},
  style: null,
} as const

describe('writeMail', () => {
  it('takes the words of a style before those of a template, and those before the product’s own', () => {
    const says = (subject: string) => () => ({ subject, text: '', html: '' })
    const style = { name: 'a', mails: { 'reset-username': says('style') }, link: () => null }
    const templates = { 'reset-username': says('template') }
    expect(writeMail('reset-username', { ...MAIL, style }, templates).subject).toBe('style')
    expect(writeMail('reset-username', MAIL, templates).subject).toBe('template')
    expect(writeMail('reset-username', MAIL, {}).subject).toBe('Choose a new user name for Acme')
  })

  it('leaves a subject as one line, whoever wrote it', () => {
    const split = () => ({ subject: 'Hello\r\nBcc: eve@evil.example', text: '', html: '' })
    const style = { name: 'a', mails: { 'username-changed': split }, link: () => null }
    expect(writeMail('username-changed', { ...MAIL, style }, {}).subject).toBe('Hello Bcc: eve@evil.example')
    expect(writeMail('username-changed', MAIL, { 'username-changed': split }).subject).not.toMatch(/[\r\n]/)
  })

  it('has no words of its own for an activation', () => {
    expect(() => writeMail('account-activated', { ...MAIL, link: null }, {})).toThrow(TypeError)
  })
})
