import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { CONFIGURED_DATABASE, configureUsers } from '../cli/config-file.ts'
import { newWorkplace, type Variables, type Workplace } from '../cli/portress.ts'
import { hasPseudoTerminals, openTerminal, type TerminalSession } from '../cli/terminal-session.ts'

const PASSWORD = 'quiet otter by the weir'
const OTHER_PASSWORD = 'loud heron at the lock'
const ENTER = '\r'
const CONTROL_C = '\u0003'
const CONTROL_D = '\u0004'

const EMBEDDED_DATABASE = 'portress.sqlite3'

/** A3: people are known by their address alone. */
const ADDRESS_MODEL = "{ username: 'none' }"

/** A1: a short name and a description that the operator has to give. */
const DESCRIPTIVE_MODEL = `{
  email: 'optional',
  usernameMaxLength: 15,
  fields: { description: field.text({ maxLength: 50, default: 'None', required: true }) },
}`

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

describe('portress createsuperuser at a terminal', () => {
  beforeEach(({ skip }) => {
    if (!hasPseudoTerminals && !process.env['CI']) skip('`script` of util-linux is not there')
  })

  it('C1: asks an address model for address and password alone, and hides the password', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const terminal = openTerminal(place, ['createsuperuser'])
    await answer(terminal, 'Email address: ', 'ann@example.org')
    await typePassword(terminal, PASSWORD)
    expect(await terminal.end()).toEqual({
      status: 0,
      screen: [
        'Email address: ann@example.org',
        'Password: ',
        'Password (again): ',
        'Superuser created successfully.',
        '',
      ].join('\n'),
    })
    expect(users(CONFIGURED_DATABASE)).toEqual([SUPERUSER_ANN])
  })

  it('C1: asks a descriptive model for the description as well', async () => {
    await configureUsers(place, DESCRIPTIVE_MODEL)
    const terminal = openTerminal(place, ['createsuperuser'])
    await answer(terminal, 'Username: ', 'ann')
    await answer(terminal, 'Email address: ', '')
    await answer(terminal, 'Description: ', '')
    await answer(terminal, 'Error: This field cannot be blank.\nDescription: ', 'x'.repeat(51))
    await answer(terminal, 'Error: Use at most 50 characters.\nDescription: ', 'By the weir')
    await typePassword(terminal, PASSWORD)
    await succeeds(terminal)
    expect(users(CONFIGURED_DATABASE, ', description')).toEqual([
      { ...SUPERUSER_ANN, username: 'ann', email: null, description: 'By the weir' },
    ])
  })

  it('C1: asks for a name and for an address that may be left out where nothing is configured', async () => {
    const terminal = openTerminal(place, ['createsuperuser'])
    await answer(terminal, 'Username: ', 'bob\b\b\bann')
    await answer(terminal, 'Email address: ', '')
    await typePassword(terminal, PASSWORD)
    await succeeds(terminal)
    expect(users(EMBEDDED_DATABASE)).toEqual([{ ...SUPERUSER_ANN, username: 'ann', email: null }])
  })

  it('C1: asks for nothing that was given, and prints only JSON where JSON is wanted', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const terminal = openTerminal(place, [
      'createsuperuser',
      '--json',
      '--email',
      'ann@example.org',
      '|',
      'tr',
      'a',
      'A',
    ])
    await typePassword(terminal, PASSWORD)
    const { status, screen } = await terminal.end()
    const [first, second, third, ...rest] = screen.split('\n')
    expect({ status, first, second, rest }).toEqual({
      status: 0,
      first: 'Password: ',
      second: 'Password (again): ',
      rest: [''],
    })
    expect(JSON.parse(third ?? '')).toMatchObject({ user: { emAil: 'Ann@exAmple.org', isSuperuser: true } })
  })

  it('C1: shows no password that is typed or pasted before it is asked for', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const terminal = openTerminal(place, ['createsuperuser'])
    await answer(terminal, 'Email address: ', `ann@example.org${ENTER}${PASSWORD}${ENTER}${PASSWORD}`)
    const { status, screen } = await terminal.end()
    expect({ status, screen }).toEqual({ status: 0, screen: expect.not.stringContaining('otter') })
    expect(users(CONFIGURED_DATABASE)).toEqual([SUPERUSER_ANN])
  })

  it.each([
    ['Ctrl-C at the first prompt', [], CONTROL_C],
    ['Ctrl-D at the first prompt', [], CONTROL_D],
    ['Ctrl-C while a password is typed', ['ann@example.org'], `quiet${CONTROL_C}`],
    ['Ctrl-D instead of the password', ['ann@example.org'], CONTROL_D],
    ['Ctrl-C at the last question', ['ann@example.org', '12345678', '12345678'], CONTROL_C],
  ])('C1: makes nothing after %s', async (_, answers, key) => {
    await configureUsers(place, ADDRESS_MODEL)
    const prompts = ['Email address: ', 'Password: ', 'Password (again): ', '[y/N]: ']
    const terminal = openTerminal(place, ['createsuperuser'])
    for (const [index, text] of answers.entries()) await answer(terminal, prompts[index] ?? '', text)
    await terminal.see(prompts[answers.length] ?? '')
    terminal.type(key)
    const { status, screen } = await terminal.end()
    expect({ status, screen }).toEqual({ status: 1, screen: expect.stringMatching(/: \nOperation cancelled\.\n$/) })
    expect(users(CONFIGURED_DATABASE)).toEqual([])
  })

  it('C2: asks again for an address that is blank, bad or taken', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    await make({ email: 'ann@example.org' })
    const terminal = openTerminal(place, ['createsuperuser'])
    await answer(terminal, 'Email address: ', '')
    await answer(terminal, 'Error: This field cannot be blank.\nEmail address: ', 'bob@')
    await answer(terminal, 'Error: Enter a valid email address.\nEmail address: ', 'ANN@example.org')
    await answer(terminal, 'Error: That email address is already taken.\nEmail address: ', 'bob@example.org')
    await typePassword(terminal, PASSWORD)
    await succeeds(terminal)
    expect(users(CONFIGURED_DATABASE).map(({ email }) => email)).toEqual(['ann@example.org', 'bob@example.org'])
  })

  it('C2: asks again for a name that is blank, bad or taken, also where it was given', async () => {
    await make({ username: 'ann', email: 'ann@example.org' })
    const terminal = openTerminal(place, ['createsuperuser', '--username', 'ANN', '--email', 'ann@example.org'])
    await answer(terminal, 'Error: That username is already taken.\nUsername: ', '')
    await answer(terminal, 'Error: This field cannot be blank.\nUsername: ', 'not a name')
    await answer(terminal, 'Error: Use letters and digits of one alphabet', 'bob')
    await answer(terminal, 'Error: That email address is already taken.\nEmail address: ', 'bob@example.org')
    await typePassword(terminal, PASSWORD)
    await succeeds(terminal)
  })

  it('C2: writes nothing to the terminal that could steer it', async () => {
    const complaint = "{ code: 'custom', params: { message: 'No\\u001b[2J, not \\u202ethat' } }"
    await configureUsers(place, ADDRESS_MODEL, `passwords: { validators: [{ validate: () => [${complaint}] }] },`)
    const terminal = openTerminal(place, ['createsuperuser', '--email', 'ann@example.org'])
    await typePassword(terminal, PASSWORD)
    await terminal.see('\nNo\u{FFFD}[2J, not \u{FFFD}that\n')
    terminal.type(CONTROL_C)
    expect((await terminal.end()).status).toBe(1)
  })

  it('C3: asks again where the passwords differ or are blank', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const terminal = openTerminal(place, ['createsuperuser', '--email', 'ann@example.org'])
    await typePassword(terminal, PASSWORD, OTHER_PASSWORD)
    await terminal.see("Error: Your passwords didn't match.\n")
    await typePassword(terminal, '')
    await terminal.see("Error: Blank passwords aren't allowed.\n")
    await typePassword(terminal, '   ')
    await terminal.see("Error: Blank passwords aren't allowed.\n")
    await typePassword(terminal, PASSWORD)
    await succeeds(terminal)
  })

  it('C4: takes a weak password only from somebody who insists', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const terminal = openTerminal(place, ['createsuperuser', '--email', 'ann@example.org'])
    for (const refusal of ['', 'n', 'yo']) {
      await typePassword(terminal, '1234567')
      await terminal.see(
        [
          'Use a password of at least 8 characters.',
          'This password is among those that are guessed first.',
          'A password cannot consist of digits alone.',
          'Bypass password validation and create user anyway? [y/N]: ',
        ].join('\n'),
      )
      terminal.type(refusal + ENTER)
    }
    expect(users(CONFIGURED_DATABASE)).toEqual([])
    await typePassword(terminal, '12345678')
    await answer(terminal, 'create user anyway? [y/N]: ', 'Yes')
    await succeeds(terminal)
    expect(users(CONFIGURED_DATABASE)).toEqual([SUPERUSER_ANN])
  })

  it('C4: never takes what cannot be hashed', async () => {
    await configureUsers(place, ADDRESS_MODEL)
    const terminal = openTerminal(place, ['createsuperuser', '--email', 'ann@example.org'])
    await typePassword(terminal, 'x'.repeat(4097))
    await terminal.see('This password is too long.\nPassword: ')
    terminal.type(CONTROL_C)
    expect((await terminal.end()).status).toBe(1)
  })
})

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
    await make({ email: 'ann@example.org' })
    expect(await run(given)).toEqual({ status: 1, output: '', errors })
    expect(users(CONFIGURED_DATABASE)).toHaveLength(1)
  })

  it('C5: refuses a taken name in the same words', async () => {
    await make({ username: 'ann' })
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

const SUPERUSER_ANN = { username: null, email: 'ann@example.org', status: 'active', is_staff: 1, is_superuser: 1 }

/** Everybody in the database, as they are stored. */
function users(file: string, more = ''): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(place.path(file), { readOnly: true })
  const rows = database
    .prepare(`SELECT username, email, status, is_staff, is_superuser${more} FROM portress_users ORDER BY id`)
    .all()
  database.close()
  return rows.map((row) => ({ ...row }))
}

const run = (args: readonly string[], variables: Variables = {}): ReturnType<Workplace['run']> =>
  place.run(['createsuperuser', '--noinput', ...args], { PORTRESS_SUPERUSER_PASSWORD: PASSWORD, ...variables })

/** Somebody who was there before. */
async function make(user: { readonly username?: string; readonly email?: string }): Promise<void> {
  const args = Object.entries(user).flatMap(([name, value]) => [`--${name}`, value])
  await place.json(['createuser', '--noinput', ...args], { PORTRESS_USER_PASSWORD: PASSWORD })
}

async function answer(terminal: TerminalSession, prompt: string, text: string): Promise<void> {
  await terminal.see(prompt)
  terminal.type(text + ENTER)
}

async function typePassword(terminal: TerminalSession, first: string, second = first): Promise<void> {
  await answer(terminal, 'Password: ', first)
  await answer(terminal, 'Password (again): ', second)
}

async function succeeds(terminal: TerminalSession): Promise<void> {
  const { status, screen } = await terminal.end()
  expect({ status, screen }).toEqual({
    status: 0,
    screen: expect.stringMatching(/Superuser created successfully\.\n$/),
  })
}
