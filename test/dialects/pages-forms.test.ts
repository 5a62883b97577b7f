/** The pages that mailed links lead to: the forms for a new password and for a new user name. */
import { describe, expect, it } from 'vitest'
import { AuthError } from '../../src/errors.ts'
import { NO_RATE_LIMITS } from '../../src/testing/test-options.ts'
import { codeOf, NEW_PASSWORD, PASSWORD, pageSites, resetLink } from '../support/page-site.ts'
import { replacedStore } from '../support/replaced-store.ts'

const startSite = pageSites()

describe('the form for a new password', () => {
  it('comes back with its code and the complaints, and without what was typed', async () => {
    const site = startSite()
    const code = codeOf(await resetLink(site))
    const answer = await site.send('/account/reset-password', {
      code,
      new_password: '12345678',
      new_password_again: '12345678',
    })
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(text).toContain('role="alert">Please check what you entered.')
    expect(text).toContain('This password is among those that are guessed first.')
    expect(text).toContain('A password cannot consist of digits alone.')
    expect(text).toContain(`name="code" value="${code}"`)
    expect(text).toContain('aria-describedby="new_password_notes" aria-invalid="true"')
    expect(text).not.toContain('12345678')
    const fields = { code, new_password: NEW_PASSWORD, new_password_again: NEW_PASSWORD }
    expect((await site.send('/account/reset-password', fields)).status).toBe(200)
  })

  it('asks for the same password twice, before the code is used', async () => {
    const site = startSite()
    const code = codeOf(await resetLink(site))
    const fields = { code, new_password: NEW_PASSWORD, new_password_again: `${NEW_PASSWORD} ` }
    const answer = await site.send('/account/reset-password', fields, { 'accept-language': 'de' })
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(text).toContain('Das ist nicht dasselbe Passwort.')
    expect(text).not.toContain(NEW_PASSWORD)
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).resolves.toBeDefined()
  })

  it('says what is missing', async () => {
    const site = startSite()
    const code = codeOf(await resetLink(site))
    const answer = await site.send('/account/reset-password', { code })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('This is required.')
  })

  it('is made for password managers, for pasting and for screen readers', async () => {
    const text = await (await startSite().open(`/account/reset-password?code=${'A'.repeat(43)}`)).text()
    for (const name of ['new_password', 'new_password_again']) {
      expect(text).toContain(`<label for="${name}">`)
      expect(text).toContain(`<input type="password" id="${name}" name="${name}" autocomplete="new-password" required`)
    }
    expect(text).toContain('Use a password of at least 8 characters.')
    expect(text).not.toMatch(/\son[a-z]+=|maxlength|readonly/i)
  })

  it('can be sent again where somebody must wait, and says how long', async () => {
    const site = startSite({ rateLimits: { ...NO_RATE_LIMITS, codesPerAddress: { count: 1, perSeconds: 60 } } })
    const fields = { code: 'A'.repeat(43), new_password: NEW_PASSWORD, new_password_again: NEW_PASSWORD }
    expect((await site.send('/account/reset-password', fields)).status).toBe(400)
    const answer = await site.send('/account/reset-password', fields)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    const text = await answer.text()
    expect(text).toContain('in 60 seconds')
    expect(text).toContain(`name="code" value="${fields.code}"`)
  })

  it('can be sent again when the store is back', async () => {
    const store = replacedStore(({ codes }) => ({
      codes: { ...codes, find: () => Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 7 })) },
    }))
    const answer = await startSite({ store }).send('/account/unlock', { code: 'A'.repeat(43) })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7'])
    expect(await answer.text()).toContain('<form')
  })
})

describe('the form for a new user name', () => {
  it('comes back with its code and the complaint, and without what was typed', async () => {
    const site = startSite()
    await site.auth.createUser({
      username: 'bertha',
      password: null,
      email: 'b@example.org',
      passwordCheck: 'bypassed',
    })
    await site.addAnn()
    await site.auth.requestUsernameReset({ email: 'ann@example.org' })
    const code = codeOf(await site.mailedLink('ann@example.org'))
    const answer = await site.send('/account/reset-username', { code, new_username: 'BERTHA' })
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(text).toContain('<p class="problem">This is already taken.</p>')
    expect(text).toContain(`name="code" value="${code}"`)
    expect(text).not.toContain('BERTHA')
    expect((await site.send('/account/reset-username', { code, new_username: 'anna' })).status).toBe(200)
  })

  it('has a label and says what it is for', async () => {
    const text = await (await startSite().open(`/account/reset-username?code=${'A'.repeat(43)}`)).text()
    expect(text).toContain('<label for="new_username">New user name</label>')
    expect(text).toContain('<input type="text" id="new_username" name="new_username" autocomplete="username" required>')
  })
})
