import { describe, expect, it } from 'vitest'
import { maskFields } from './mask-fields.ts'

describe('maskFields', () => {
  it.each([
    'password',
    'newPassword',
    'passwordHash',
    'token',
    'refresh_token',
    'code',
    'secret',
    'PORTRESS_SECRET',
    'Authorization',
    'cookie',
    'set-cookie',
    'apiKey',
    'sessionId',
  ])('masks %s, at any depth', (name) => {
    const fields = { outer: [{ [name]: 'canary' }], [name]: { deep: 'canary' } }
    expect(JSON.stringify(maskFields(fields))).not.toContain('canary')
  })

  it('keeps what is no secret', () => {
    const fields = { method: 'GET', path: '/api/me', status: 200, at: new Date(0), list: ['a', null, true] }
    expect(maskFields(fields)).toEqual(fields)
  })

  it('takes user, query and fragment out of addresses, in messages too', () => {
    const error = new Error('cannot reach smtps://ann:canary@mail.example.org/x?y=canary#canary sorry')
    const { err } = maskFields({ err: error }) as { err: { message: string; stack: string } }
    expect(err.message).toBe('cannot reach smtps://mail.example.org/x sorry')
    expect(err.stack).not.toContain('canary')
  })

  it('keeps of an error only what every error has', () => {
    const cause = Object.assign(new Error('the driver'), { code: '23505', detail: 'Key (email)=(canary)' })
    const masked = maskFields({ err: new Error('outer', { cause }) })
    expect(masked).toMatchObject({ err: { message: 'outer', cause: { message: 'the driver', code: '23505' } } })
    expect(JSON.stringify(masked)).not.toContain('canary')
  })

  it('cuts what is long, wide or deep', () => {
    const deep: { inner?: unknown } = {}
    deep.inner = deep
    const masked = maskFields({ long: 'x'.repeat(1_000_000), wide: new Array(1000).fill(1), deep })
    expect(JSON.stringify(masked).length).toBeLessThan(2000)
  })

  it('leaves nothing that a terminal would obey once it is JSON', () => {
    const text = JSON.stringify(maskFields({ agent: 'a\u001b[2J\u009b2J\u202e\u2028\u007fb', ['\u009bname']: 1 }))
    expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u)
  })
})
