import { existsSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { newWorkplace, type Workplace } from './portress.ts'
import { hasPseudoTerminals, openTerminal, type TerminalSession } from './terminal-session.ts'

const PASSWORD = 'quiet otter by the weir'
const OTHER_PASSWORD = 'loud heron at the lock'
const ENTER = '\r'

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

// What `portress createsuperuser` asks is in test/login-policies/c-create-superuser.test.ts.
describe('a sub-command at a terminal', () => {
  beforeEach(({ skip }) => {
    if (!hasPseudoTerminals && !process.env['CI']) skip('`script` of util-linux is not there')
  })

  it('createuser asks like createsuperuser, and logs nobody in', async () => {
    const terminal = openTerminal(place, ['createuser', '--staff'])
    await answer(terminal, 'Username: ', 'ann')
    await answer(terminal, 'Email address: ', 'ann@example.org')
    await typePassword(terminal, PASSWORD)
    const { status, screen } = await terminal.end()
    expect({ status, screen }).toEqual({ status: 0, screen: expect.stringMatching(/\nUser created successfully\.\n$/) })
    expect(await place.json(['attempts'])).toEqual({ attempts: [] })
  })

  it('changepassword asks for a password alone, and takes a weak one only from somebody who insists', async () => {
    await makeAnn()
    const terminal = openTerminal(place, ['changepassword', 'ann'])
    await typePassword(terminal, PASSWORD, OTHER_PASSWORD)
    await terminal.see("Error: Your passwords didn't match.\n")
    await typePassword(terminal, '12345678')
    await answer(terminal, 'Bypass password validation and set the password anyway? [y/N]: ', 'y')
    const { status, screen } = await terminal.end()
    expect({ status, screen }).toEqual({
      status: 0,
      screen: expect.stringMatching(/\nSet a new password for ann and ended all sessions\.\n$/),
    })
  })

  it('changepassword asks nothing about somebody whom there is not', async () => {
    const { status, screen } = await openTerminal(place, ['changepassword', 'ann']).end()
    expect({ status, told: screen.split('\n').slice(1) }).toEqual({ status: 1, told: ['No user is called ann.', ''] })
  })
})

describe('a sub-command without a terminal', () => {
  it.each([
    ['createuser', [], 'User creation'],
    ['changepassword', ['ann'], 'Password change'],
  ])('%s says that it was skipped, and touches nothing', async (command, args, subject) => {
    const { status, output, errors } = await place.run([command, ...args])
    expect({ status, output }).toEqual({ status: 1, output: '' })
    const told = `${subject} skipped due to not running in a TTY. You can run \`portress ${command}\` at a terminal, or `
    expect(errors.slice(0, told.length)).toBe(told)
    expect(existsSync(place.path('portress.sqlite3'))).toBe(false)
  })
})

async function makeAnn(): Promise<void> {
  const args = ['createuser', '--noinput', '--username', 'ann', '--email', 'ann@example.org']
  await place.json(args, { PORTRESS_USER_PASSWORD: PASSWORD })
}

async function answer(terminal: TerminalSession, prompt: string, text: string): Promise<void> {
  await terminal.see(prompt)
  terminal.type(text + ENTER)
}

async function typePassword(terminal: TerminalSession, first: string, second = first): Promise<void> {
  await answer(terminal, 'Password: ', first)
  await answer(terminal, 'Password (again): ', second)
}
