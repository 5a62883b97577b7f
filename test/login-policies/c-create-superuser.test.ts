import { beforeEach, describe, expect, it } from 'vitest'
import { CONFIGURED_DATABASE, configureUsers } from '../cli/config-file.ts'
import { newWorkplace, type Workplace } from '../cli/portress.ts'
import { hasPseudoTerminals, openTerminal, type TerminalSession } from '../cli/terminal-session.ts'
import {
  ADDRESS_MODEL,
  DESCRIPTIVE_MODEL,
  EMBEDDED_DATABASE,
  makeUser,
  PASSWORD,
  SUPERUSER_ANN,
  usersIn,
} from './support/superusers.ts'

const OTHER_PASSWORD = 'loud heron at the lock'
const ENTER = '\r'
const CONTROL_C = '\u0003'
const CONTROL_D = '\u0004'

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

const users = (file: string, more?: string) => usersIn(place, file, more)

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
    await makeUser(place, { email: 'ann@example.org' })
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
    await makeUser(place, { username: 'ann', email: 'ann@example.org' })
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
