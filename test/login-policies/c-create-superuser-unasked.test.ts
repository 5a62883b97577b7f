import { existsSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { CONFIGURED_DATABASE, configureUsers } from '../cli/config-file.ts'
import { newWorkplace, type Variables, type Workplace } from '../cli/portress.ts'
import {
  ADDRESS_MODEL,
  DESCRIPTIVE_MODEL,
  EMBEDDED_DATABASE,
  makeUser,
  PASSWORD,
  SUPERUSER_ANN,
  usersIn,
} from './support/superusers.ts'

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

const users = (file: string, more?: string) => usersIn(place, file, more)

describe('portress createsuperuser --noinput', () => {
  it('C5: takes the password from the environment, and everything else from the command line', async () => {
    await configureUsers(place, DESCRIPTIVE_MODEL)
    const given = ['--username', 'ann', '--email', 'ann@example.org', '--field', 'description=By the weir']
    expect(await run(given)).toEqual({ status: 0, output: 'Superuser created successfully.\n', errors: '' })
    expect(users(CONFIGURED_DATABASE, ', description')).toEqual([
      { ...SUPERUSER_ANN, username: 'ann', description: 'By the weir' },
    ])
  })

  it('C5: takes the rest from the environment, too, unless the command line says something else', async () => {
    await configureUsers(place, '{ fields: { homeTown: field.text({ required: true }), motto: field.text() } }')
    const variables = {
      PORTRESS_SUPERUSER_USERNAME: 'ann',
      PORTRESS_SUPERUSER_EMAIL: 'ann@example.org',
      PORTRESS_SUPERUSER_HOME_TOWN: 'Weir',
      PORTRESS_SUPERUSER_MOTTO: 'not asked for',
    }
    expect(await run([], variables)).toMatchObject({ status: 0, errors: '' })
    expect(
      await run(['--username', 'bob', '--email', 'bob@example.org', '--field', 'homeTown=Lock'], variables),
    ).toEqual({ status: 0, output: 'Superuser created successfully.\n', errors: '' })
    expect(users(CONFIGURED_DATABASE, ', home_town, motto')).toEqual([
      { ...SUPERUSER_ANN, username: 'ann', home_town: 'Weir', motto: null },
      { ...SUPERUSER_ANN, username: 'bob', email: 'bob@example.org', home_town: 'Lock', motto: null },
    ])
  })

  it('C5: reads name and address from the environment where nothing is configured', async () => {
    const variables = { PORTRESS_SUPERUSER_USERNAME: 'ann', PORTRESS_SUPERUSER_EMAIL: 'ann@example.org' }
    // Whoever has a program with a database of its own may have meant that one.
    const told = /^There is no portress\.config\.ts here and no --config, .* made \/\S*\/portress\.sqlite3\n$/
    expect(await run([], variables)).toMatchObject({ status: 0, errors: expect.stringMatching(told) })
    expect(users(EMBEDDED_DATABASE)).toEqual([{ ...SUPERUSER_ANN, username: 'ann' }])
    const again = { PORTRESS_SUPERUSER_USERNAME: 'bob', PORTRESS_SUPERUSER_EMAIL: 'bob@example.org' }
    expect(await run([], again)).toMatchObject({ status: 0, errors: '' })
  })

  it.each([
    { missing: 'an address', model: ADDRESS_MODEL, given: [], options: ['--email'] },
    { missing: 'a name', model: '{}', given: ['--email', 'ann@example.org'], options: ['--username'] },
    {
      missing: 'a description',
      model: DESCRIPTIVE_MODEL,
      given: ['--username', 'ann'],
      options: ['--field description=…'],
    },
    { missing: 'name and address', model: '{}', given: [], options: ['--username', '--email'] },
  ])('C5: makes nothing without $missing', async ({ model, given, options }) => {
    await configureUsers(place, model)
    const variables = { PORTRESS_SUPERUSER_EMAIL: '', PORTRESS_SUPERUSER_USERNAME: '' }
    const errors = options.map((option) => `You must use ${option} with --noinput.\n`).join('')
    expect(await run(given, variables)).toEqual({ status: 2, output: '', errors })
    expect(users(CONFIGURED_DATABASE)).toEqual([])
  })

  it('C5: makes nothing without a password, and touches nothing', async () => {
    const { status, output, errors } = await place.run(['createsuperuser', '--noinput', '--username', 'ann'])
    expect({ status, output }).toEqual({ status: 2, output: '' })
    expect(errors).toBe('With --noinput, PORTRESS_SUPERUSER_PASSWORD must hold the password.\n')
    expect(existsSync(place.path(EMBEDDED_DATABASE))).toBe(false)
  })

  it.each([
    ['a taken address', ['--email', 'Ann@EXAMPLE.org'], 'Error: That email address is already taken.\n'],
    ['a bad address', ['--email', 'bob@'], 'Enter a valid email address.\n'],
    ['a blank address', ['--email='], 'Email address cannot be blank.\n'],
    ['a field that there is not', ['--email', 'bob@example.org', '--field', 'x=1'], 'X: There is no such field.\n'],
  ])('C5: refuses %s, and makes nothing', async (_, given, errors) => {
    await configureUsers(place, ADDRESS_MODEL)
    await makeUser(place, { email: 'ann@example.org' })
    expect(await run(given)).toEqual({ status: 1, output: '', errors })
    expect(users(CONFIGURED_DATABASE)).toHaveLength(1)
  })

  it('C5: refuses a taken name in the same words', async () => {
    await makeUser(place, { username: 'ann' })
    expect(await run(['--username', 'ANN'])).toEqual({
      status: 1,
      output: '',
      errors: 'Error: That username is already taken.\n',
    })
  })

  it('C5: tells a program the code and the field', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const { status, output } = await run(['--email', 'bob@', '--json'])
    expect({ status, answer: JSON.parse(output) }).toEqual({
      status: 1,
      answer: {
        error: {
          code: 'validation_failed',
          message: 'Enter a valid email address.',
          fields: { email: ['Enter a valid e-mail address.'] },
        },
      },
    })
  })

  it('C5: refuses a weak password unless that is asked for', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const weak = { PORTRESS_SUPERUSER_PASSWORD: '12345678' }
    const refused = await run(['--email', 'ann@example.org'], weak)
    expect(refused).toMatchObject({ status: 1, errors: expect.stringMatching(/^Password: This password is among/) })
    expect(users(CONFIGURED_DATABASE)).toEqual([])
    const taken = await run(['--email', 'ann@example.org', '--bypass-password-validation'], weak)
    expect(taken).toMatchObject({ status: 0, errors: '' })
  })
})

describe('portress createsuperuser without a terminal', () => {
  it('C6: says that it was skipped, and touches nothing', async () => {
    const { status, output, errors } = await place.run(['createsuperuser', '--username', 'ann'], {
      PORTRESS_SUPERUSER_PASSWORD: PASSWORD,
    })
    expect({ status, output }).toEqual({ status: 1, output: '' })
    expect(errors).toMatch(
      /^Superuser creation skipped due to not running in a TTY\. You can run `portress createsuperuser` at a terminal, or give --noinput /,
    )
    expect(existsSync(place.path(EMBEDDED_DATABASE))).toBe(false)
  })

  it('C6: makes nobody in a database that is there', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const { status, output } = await place.run(['createsuperuser', '--email', 'ann@example.org', '--json'])
    expect({ status, answer: JSON.parse(output) }).toMatchObject({ status: 1, answer: { error: { code: 'refused' } } })
    expect(users(CONFIGURED_DATABASE)).toEqual([])
  })
})

const run = (args: readonly string[], variables: Variables = {}): ReturnType<Workplace['run']> =>
  place.run(['createsuperuser', '--noinput', ...args], { PORTRESS_SUPERUSER_PASSWORD: PASSWORD, ...variables })
