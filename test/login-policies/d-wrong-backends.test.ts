/** D8 of the contract about login policies: backends, and answers of theirs, that are none. */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend, BackendTools, Credentials } from '../../src/contracts/authentication-backend.ts'
import { field } from '../../src/model/declare-field.ts'
import type { User, UserId } from '../../src/model/user.ts'
import { closeSites, PASSWORD } from '../security/support/open-site.ts'
import { byAddress, byName, siteWith } from './support/backends.ts'
import { addPerson, enter, REFUSED } from './support/people.ts'

afterEach(closeSites)

describe('a backend of a wrong shape', () => {
  const fine = { name: 'fine', candidates: async () => [], authenticate: async () => ({ outcome: 'unproven' }) }

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /login\.backends\[0\] must be a backend/],
    ['a path to a module', 'app.backends.EmailBackend', /login\.backends\[0\] must be a backend/],
    ['a factory that was not called', passwordBackend, /login\.backends\[0\] is a function or a class: call it/],
    ['no name', { ...fine, name: undefined }, /login\.backends\[0\]\.name must be 1 to 64/],
    ['an empty name', { ...fine, name: '' }, /login\.backends\[0\]\.name must be 1 to 64/],
    ['a name with a line break', { ...fine, name: 'a\nb' }, /login\.backends\[0\]\.name must be 1 to 64/],
    ['the name of no backend', { ...fine, name: 'registration' }, /login\.backends\[0\]\.name is what sessions say/],
    ['no candidates', { ...fine, candidates: undefined }, /login\.backends\[0\]\.candidates must be a function/],
    ['candidates that are a list', { ...fine, candidates: [] }, /login\.backends\[0\]\.candidates must be a function/],
    ['no authenticate', { ...fine, authenticate: null }, /login\.backends\[0\]\.authenticate must be a function/],
    ['a getUser that is none', { ...fine, getUser: true }, /login\.backends\[0\]\.getUser must be a function, if any/],
    ['a hasPermission that is none', { ...fine, hasPermission: [] }, /hasPermission must be a function, if any/],
    ['a countedAs that is none', { ...fine, countedAs: 'x' }, /countedAs must be a function, if any/],
    ['a number of evaluations that is none', { ...fine, evaluations: '1' }, /evaluations must be a whole number/],
    ['identifiers that are none', { ...fine, identifiers: 'email' }, /identifiers must be a list of names/],
    [
      'a field that is not declared',
      { ...fine, identifiers: ['phone'] },
      /names "phone", which is no declared text field/,
    ],
    ['a field that is not unique', { ...fine, identifiers: ['nick'] }, /names "nick", which is no declared text field/],
    [
      'a field of Object',
      { ...fine, identifiers: ['__proto__', 'a.b'] },
      /names "__proto__", which is no declared text field/,
    ],
  ])('D8: is refused at the start: %s', async (_, backend, message) => {
    const user = { fields: { nick: field.text(), no: field.number({ unique: true }) } }
    await expect(siteWith([backend as AuthenticationBackend], { user })).rejects.toThrow(message)
    await expect(siteWith([backend as AuthenticationBackend], { user })).rejects.toThrow(TypeError)
  })

  it('D8: is refused at the start together with everything else that is wrong', async () => {
    const wrong = [{ ...fine, name: '' }, null, byName, byName] as readonly AuthenticationBackend[]
    const error: unknown = await siteWith(wrong).catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(/backends\[0\]\.name/)
    expect(String(error)).toMatch(/backends\[1\] must be a backend/)
    expect(String(error)).toMatch(/two called "names"/)
    await expect(siteWith([])).rejects.toThrow('login.backends must hold at least one backend')
  })

  it('D8: may be an instance of a class with state of its own', async () => {
    class CountingBackend implements AuthenticationBackend {
      readonly name = 'class'
      #asked = 0
      get asked(): number {
        return this.#asked
      }
      candidates(identifier: string, tools: BackendTools): Promise<readonly User[]> {
        this.#asked += 1
        return byName.candidates(identifier, tools)
      }
      authenticate(...call: Parameters<AuthenticationBackend['authenticate']>) {
        this.#asked += 1
        return byName.authenticate(...call)
      }
      getUser(id: UserId, { users }: BackendTools): Promise<User | null> {
        this.#asked += 1
        return users.findById(id)
      }
    }
    const backend = new CountingBackend()
    const site = await siteWith([backend])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by class')
    expect(backend.asked).toBe(2)
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    expect((await site.send('GET /me', { token: issued.token })).status).toBe(200)
    expect(backend.asked).toBe(5)
  })
})

describe('an answer of a backend that is no verdict', () => {
  const VERDICTS: readonly (readonly [string, unknown, RegExp])[] = [
    ['nothing', undefined, /"odd" answered undefined; is there a path without a return\?/],
    ['null', null, /answered null; write \{ outcome: 'unproven' \} instead/],
    ['false', false, /answered false; write \{ outcome: 'unproven' \} instead/],
    ['true', true, /answered true; write \{ outcome: 'proven', user \}/],
    ['a user', 'the user', /answered a user; write \{ outcome: 'proven', user \} instead/],
    ['a text', 'proven', /answered a text; it must be/],
    ['another word', { outcome: 'ok' }, /answered an object with the keys outcome; it must be/],
    ['a proof without a user', { outcome: 'proven' }, /answered an object with the keys outcome; it must be/],
    ['a proof of an id', { outcome: 'proven', user: 1 }, /answered an object with the keys outcome, user; it must be/],
    ['a proof of nobody', { outcome: 'proven', user: null }, /it must be/],
    ['a list', [{ outcome: 'proven' }], /answered a list; it must be/],
    ['a function', () => ({ outcome: 'proven' }), /answered a function; it must be/],
  ]

  it.each(VERDICTS)('D8: is a fault that says what to write, and lets nobody in: %s', async (_, answer, message) => {
    const odd = {
      ...byName,
      name: 'odd',
      authenticate: async (_credentials: Credentials, [user]: readonly User[]) =>
        answer === 'the user' ? user : answer,
    } as unknown as AuthenticationBackend
    const site = await siteWith([odd, byAddress])
    await addPerson(site, { username: 'ann' })
    const told = await enter(site, 'ann')
    expect(told).toMatch(/^TypeError: authenticate\(\) of the backend "odd"/)
    expect(told).toMatch(message)
    const { status, text } = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD } })
    expect(status).toBe(500)
    expect(text).not.toContain('odd')
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /candidates\(\) of the backend "odd" answered undefined; answer with a list of users/],
    ['null', null, /answered null; answer with a list of users, \[\] for nobody/],
    ['a user', 'the user', /answered a user; put the user into a list: \[user\]/],
    ['a list of ids', [1], /answered a list; answer with a list of users/],
    ['a list with nothing in it', [undefined], /answered a list; answer with a list of users/],
  ])('D8: is a fault for candidates, too: %s', async (_, answer, message) => {
    const odd = {
      ...byName,
      name: 'odd',
      candidates: async (identifier: string, tools: BackendTools) =>
        answer === 'the user' ? (await byName.candidates(identifier, tools))[0] : answer,
    } as unknown as AuthenticationBackend
    const site = await siteWith([odd])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toMatch(message)
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /getUser\(\) of the backend "odd" answered undefined/],
    ['true', true, /answered true/],
    ['another user', 'the other', /answered another user/],
  ])('D8: is a fault for getUser, and shows nobody else: %s', async (_, answer, message) => {
    const problems: string[] = []
    const note = (fields: object, text: string): void => {
      problems.push(`${text} ${String((fields as { readonly err?: unknown }).err)}`)
    }
    const logger = { debug() {}, info() {}, warn: note, error: note }
    let other: User | null = null
    const odd = {
      ...byName,
      name: 'odd',
      getUser: async () => (answer === 'the other' ? other : answer),
    } as unknown as AuthenticationBackend
    const site = await siteWith([odd], { logger })
    await addPerson(site, { username: 'ann' })
    other = await addPerson(site, { username: 'bob' })
    const { issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const { status, text } = await site.send('GET /me', { token: issued.token })
    expect(status).toBe(500)
    expect(text).not.toContain('bob')
    expect(problems.join('\n')).toMatch(message)
  })

  it('D8: counts like a wrong guess, so that a fault is no way to go on guessing', async () => {
    const odd = { ...byName, authenticate: () => undefined } as unknown as AuthenticationBackend
    const site = await siteWith([odd], { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann' })
    for (let guess = 0; guess < 3; guess += 1) expect(await enter(site, 'ann')).toMatch(/^TypeError/)
    expect(await enter(site, 'ann')).toBe(REFUSED)
  })

  it('D8: may be given at once, without a promise, as long as it is one', async () => {
    const immediate = {
      ...byName,
      name: 'immediate',
      authenticate: (_credentials: Credentials, [user]: readonly User[]) => ({ outcome: 'proven', user }),
    } as unknown as AuthenticationBackend
    const site = await siteWith([immediate])
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by immediate')
  })
})
