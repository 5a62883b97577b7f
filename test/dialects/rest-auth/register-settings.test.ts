import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { field } from '../../../src/index.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { ANN, ANN_ADDRESS, linkOf, MANDATORY, newcomer, REGISTER, VERIFY } from './support/registration.ts'
import { DETAILS, nonField, tooLong, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const NAMELESS = { email: ANN_ADDRESS, password1: PASSWORD, password2: PASSWORD }

const OPTIONAL_NAME = { signupFields: { username: 'optional' } } as const

describe.each(GENERATIONS)('§9.2 settings of registration in generation %s', (generation) => {
  it('ACCOUNT_SIGNUP_FIELDS, ACCOUNT_USERNAME_REQUIRED: a name that is left out is made of the address, with digits on a clash', async () => {
    const world = newWorld({ generation, ...OPTIONAL_NAME })
    expect((await world.call(REGISTER, { json: NAMELESS })).status).toBe(201)
    expect((await world.call(REGISTER, { json: { ...NAMELESS, email: 'ann@example.net' } })).status).toBe(201)
    const [first, second] = await world.users()
    expect(first?.username).toBe('ann')
    expect(second?.username).toMatch(/^ann\d+$/)
  })

  it('ACCOUNT_USERNAME_REQUIRED: a blank name and null are refused all the same', async () => {
    const world = newWorld({ generation, ...OPTIONAL_NAME })
    const call = async (username: unknown) => told(await world.call(REGISTER, { json: { ...NAMELESS, username } }))
    expect(await call('')).toEqual([400, { username: [WORDS.BLANK] }])
    expect(await call(null)).toEqual([400, { username: [WORDS.NULL] }])
  })

  it('ACCOUNT_USERNAME_REQUIRED: where the model makes names optional, so does registration', async () => {
    const world = newWorld({ generation }, { user: { username: 'optional', email: 'required' } })
    expect((await world.call(REGISTER, { json: NAMELESS })).status).toBe(201)
    expect(await world.stored('ann')).toMatchObject({ username: 'ann' })
  })

  it('a model without names has none at registration', async () => {
    const engine = { user: { username: 'none', email: 'required' }, login: { identifiers: ['email'] } } as const
    const world = newWorld({ generation }, engine)
    expect((await world.call(REGISTER, { json: { ...NAMELESS, username: 'ann' } })).status).toBe(201)
    expect(await world.users()).toMatchObject([{ username: null, email: ANN_ADDRESS }])
  })

  it('ACCOUNT_EMAIL_REQUIRED: an address is required then', async () => {
    const world = newWorld({ generation, signupFields: { email: 'required' } })
    const { email: _, ...json } = ANN
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { email: [WORDS.REQUIRED] }])
  })

  it('ACCOUNT_EMAIL_VERIFICATION mandatory: so it is there, for nobody could prove what there is not', async () => {
    const world = newWorld({ generation, ...MANDATORY })
    const { email: _, ...json } = ANN
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { email: [WORDS.REQUIRED] }])
  })

  it('ACCOUNT_UNIQUE_EMAIL: by `user.emailUnique` an address repeats, and whoever proves it first owns it', async () => {
    const world = newWorld({ generation, ...MANDATORY }, { user: { emailUnique: 'once-proven' } })
    for (const name of ['ann', 'bob']) {
      const json = { ...newcomer(name), email: ANN_ADDRESS }
      expect((await world.call(REGISTER, { json })).status).toBe(201)
    }
    const keys = (await world.mails()).map((mail) => linkOf(mail).split('/').at(-2))
    const [first, second] = keys
    expect(keys).toHaveLength(2)
    expect(told(await world.call(VERIFY, { json: { key: second } }))).toEqual([200, { detail: 'ok' }])
    expect((await world.call(VERIFY, { json: { key: first } })).status).toBe(404)
    const [ann, bob] = await world.users()
    expect([ann?.status, bob?.status, bob?.emailVerifiedAt]).toEqual(['pending', 'active', world.clock.now()])
    // From then on it is as taken as anywhere.
    await world.call(REGISTER, { json: { ...newcomer('cyd'), email: ANN_ADDRESS } })
    expect((await world.mails()).at(-1)).toMatchObject({ to: ANN_ADDRESS, subject: '[Acme] Account Already Exists' })
  })

  it('ACCOUNT_SIGNUP_PASSWORD_ENTER_TWICE, ACCOUNT_SIGNUP_EMAIL_ENTER_TWICE: nothing here depends on them', async () => {
    const world = newWorld({ generation })
    const { password2: _, ...once } = ANN
    expect(told(await world.call(REGISTER, { json: once }))).toEqual([400, { password2: [WORDS.REQUIRED] }])
    expect((await world.call(REGISTER, { json: ANN })).status).toBe(201)
  })

  it('ACCOUNT_USERNAME_MIN_LENGTH', async () => {
    const world = newWorld({ generation, usernameMinLength: 4 })
    const sentence = 'Ensure this field has at least 4 characters.'
    expect(told(await world.call(REGISTER, { json: ANN }))).toEqual([400, { username: [sentence] }])
    expect((await world.call(REGISTER, { json: newcomer('anna') })).status).toBe(201)
  })

  it('ACCOUNT_USERNAME_VALIDATORS: are asked about the name as it would be stored', async () => {
    const asked: string[] = []
    const notBoss = (username: string): string | null => {
      asked.push(username)
      return username === 'boss' ? 'Not you.' : null
    }
    const world = newWorld({ generation, usernameValidators: [notBoss], preserveUsernameCasing: false })
    for (const username of ['boss', 'BOSS', 'ｂｏｓｓ', 'ＢＯＳＳ']) {
      const answer = await world.call(REGISTER, { json: { ...ANN, username } })
      expect([username, ...told(answer)]).toEqual([username, 400, { username: ['Not you.'] }])
    }
    expect(new Set(asked)).toEqual(new Set(['boss']))
  })

  it('ACCOUNT_USERNAME_BLACKLIST: in any case and width', async () => {
    const world = newWorld({ generation, usernameBlacklist: ['Ann'] })
    for (const username of ['ann', 'ANN', 'ａｎｎ']) {
      const answer = await world.call(REGISTER, { json: { ...ANN, username } })
      expect(told(answer)).toEqual([400, { username: [WORDS.BLACKLISTED] }])
    }
  })

  it('ACCOUNT_USERNAME_VALIDATORS: only the first complaint, after the form', async () => {
    const no = (letter: string) => (name: string) => (name.includes(letter) ? `No ${letter}.` : null)
    const world = newWorld({ generation, usernameValidators: [no('a'), no('n')] })
    expect(told(await world.call(REGISTER, { json: ANN }))).toEqual([400, { username: ['No a.'] }])
    const bad = await world.call(REGISTER, { json: { ...ANN, username: 'a n' } })
    expect(told(bad)).toEqual([400, { username: [WORDS.CHARACTERS] }])
    expect((await world.call(REGISTER, { json: newcomer('bob') })).status).toBe(201)
  })

  it('ACCOUNT_PRESERVE_USERNAME_CASING: off, names are stored in lower case', async () => {
    const json = { ...ANN, username: 'AnnLee' }
    const kept = newWorld({ generation })
    await kept.call(REGISTER, { json })
    const lowered = newWorld({ generation, preserveUsernameCasing: false })
    await lowered.call(REGISTER, { json })
    const names = [await kept.stored('annlee'), await lowered.stored('annlee')].map(({ username }) => username)
    expect(names).toEqual(['AnnLee', 'annlee'])
  })

  it('AUTH_USER_MODEL: names as long as the model has them', async () => {
    const user = { email: 'optional', usernameMaxLength: 30 } as const
    const world = newWorld({ generation }, { user })
    const json = { ...ANN, username: 'x'.repeat(31) }
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { username: [tooLong(30)] }])
  })

  it('REGISTER_PERMISSION_CLASSES, REST_AUTH_REGISTER_PERMISSION_CLASSES, rule 13: the message for who has logged in, the usual 403 for who has not', async () => {
    const registerPermission = { allows: () => false, message: 'By invitation only.' }
    const world = newWorld({ generation, registerPermission })
    const { token } = await world.member('boss')
    const refused = [403, { detail: 'By invitation only.' }]
    expect(told(await world.call(REGISTER, { token, json: ANN }))).toEqual(refused)
    expect(told(await world.call(REGISTER, { json: ANN }))).toEqual([403, DETAILS.anonymous])
    // Before method and fields.
    expect(told(await world.call('GET registration/', { token }))).toEqual(refused)
    expect(told(await world.call(REGISTER, { token, json: {} }))).toEqual(refused)
    expect((await world.call('OPTIONS registration/', { token })).status).toBe(403)
    expect(await world.users()).toHaveLength(1)
  })

  it('REGISTER_PERMISSION_CLASSES: 401 where the first scheme has a challenge, and the common words without a message', async () => {
    const authentication = ['token', 'session'] as const
    const world = newWorld({ generation, authentication, registerPermission: ({ caller }) => caller?.isStaff === true })
    const anonymous = await world.call(REGISTER, { json: ANN })
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Token'])
    const { token } = await world.member('bob')
    expect(told(await world.call(REGISTER, { token, json: ANN }))).toEqual([
      403,
      { detail: 'You do not have permission to perform this action.' },
    ])
    const { token: staff } = await world.member('boss', { isStaff: true })
    expect((await world.call(REGISTER, { token: staff, json: ANN })).status).toBe(201)
  })

  it('REGISTER_SERIALIZER, rule 14: a form without passwords makes a user with none, and answers 201 all the same', async () => {
    const register = z.object({ username: z.string(), email: z.email() })
    const world = newWorld({ generation, schemas: { register } })
    const { status, text } = await world.call(REGISTER, { json: { username: 'ann', email: ANN_ADDRESS } })
    expect([status, text]).toEqual([201, expect.stringMatching(/^\{"key":"[0-9a-f]{40}"\}$/)])
    expect((await world.stored('ann')).passwordHash).toBeNull()
    for (const password of ['', ' ', '!', PASSWORD]) {
      expect((await world.call('POST login/', { json: { username: 'ann', password } })).status).toBe(400)
    }
  })

  it('REGISTER_SERIALIZER: the built-in form never makes a user without a password', async () => {
    const world = newWorld({ generation })
    const { password1: _, ...json } = ANN
    expect(told(await world.call(REGISTER, { json }))).toEqual([400, { password1: [WORDS.REQUIRED] }])
  })

  it('REGISTER_SERIALIZER: its own fields, names and sentences; declared fields are stored', async () => {
    const register = z.object({
      username: z.string(),
      password1: z.string(),
      password2: z.string(),
      first_name: z.string(),
      favourite_colour: z.string('Which colour?'),
      terms: z.literal(true, 'Please agree.'),
    })
    const user = {
      email: 'optional',
      fields: { favouriteColour: field.text({ maxLength: 20, default: 'grey' }) },
    } as const
    const world = newWorld({ generation, schemas: { register } }, { user })
    const own = { username: 'ann', password1: PASSWORD, password2: PASSWORD, first_name: 'Ann' }
    expect(told(await world.call(REGISTER, { json: own }))).toEqual([
      400,
      { favourite_colour: ['Which colour?'], terms: ['Please agree.'] },
    ])
    const json = { ...own, favourite_colour: 'teal', terms: true }
    expect((await world.call(REGISTER, { json })).status).toBe(201)
    expect(await world.stored('ann')).toMatchObject({ firstName: 'Ann', fields: { favouriteColour: 'teal' } })
    const differing = await world.call(REGISTER, { json: { ...json, username: 'bob', password2: 'x' } })
    expect(told(differing)).toEqual(nonField("The two password fields didn't match."))
  })

  it('REGISTER_SERIALIZER: the rules about names hold for a form of the site, too', async () => {
    const register = z.object({ username: z.string(), password1: z.string(), password2: z.string() })
    const rules = { usernameBlacklist: ['ann'], usernameMinLength: 3, preserveUsernameCasing: false }
    const world = newWorld({ generation, schemas: { register }, ...rules })
    expect(told(await world.call(REGISTER, { json: ANN }))).toEqual([400, { username: [WORDS.BLACKLISTED] }])
    expect((await world.call(REGISTER, { json: newcomer('bo') })).status).toBe(400)
    expect((await world.call(REGISTER, { json: newcomer('BOB') })).status).toBe(201)
    expect((await world.stored('bob')).username).toBe('bob')
  })

  it('declared fields that a client may write are part of the built-in form', async () => {
    const fields = { city: field.text({ maxLength: 20, required: true }), shoeSize: field.number({ integer: true }) }
    const world = newWorld({ generation }, { user: { email: 'optional', fields } })
    expect(told(await world.call(REGISTER, { json: ANN }))).toEqual([400, { city: [WORDS.REQUIRED] }])
    expect((await world.call(REGISTER, { json: { ...ANN, city: 'Ulm', shoe_size: 39 } })).status).toBe(201)
    expect(await world.stored('ann')).toMatchObject({ fields: { city: 'Ulm', shoeSize: 39 } })
  })

  it('TOKEN_SERIALIZER: the answer in the site’s own form', async () => {
    const serialize = { token: (auth_token: string) => ({ auth_token }) }
    const world = newWorld({ generation, serialize })
    const { status, body } = await world.call(REGISTER, { json: ANN })
    expect([status, Object.keys(Object(body))]).toEqual([201, ['auth_token']])
  })
})

describe('§9.2 settings of registration, where the generations differ', () => {
  it('ACCOUNT_USERNAME_MIN_LENGTH: a name that 7 makes up is as long, one of 0.9 need not be', async () => {
    for (const [generation, pattern] of [
      ['7', /^bo\d{2,}$/],
      ['0.9', /^bo$/],
    ] as const) {
      const world = newWorld({ generation, ...OPTIONAL_NAME, usernameMinLength: 4 })
      await world.call(REGISTER, { json: { ...NAMELESS, email: 'bo@example.org' } })
      expect((await world.users())[0]?.username).toMatch(pattern)
    }
  })

  it('ACCOUNT_USERNAME_BLACKLIST: a name that is made up is none of those', async () => {
    const world = newWorld({ ...OPTIONAL_NAME, usernameBlacklist: ['ann'] })
    await world.call(REGISTER, { json: NAMELESS })
    expect((await world.users())[0]?.username).toMatch(/^ann\d+$/)
  })

  it('the throttle of dj_rest_auth counts registrations, and 0.9 has none', async () => {
    const world = newWorld({ throttleRate: { requests: 2, windowSeconds: 60 } })
    const statuses: number[] = []
    for (const name of ['ann', 'bob', 'cyd']) {
      statuses.push((await world.call(REGISTER, { json: newcomer(name) })).status)
    }
    expect(statuses).toEqual([201, 201, 429])
  })
})
