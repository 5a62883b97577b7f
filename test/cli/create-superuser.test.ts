import { existsSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { newWorkplace, type Workplace } from './portress.ts'
import { hasPseudoTerminals, openTerminal } from './terminal-session.ts'

const GOOD_PASSWORD = 'quiet otter by the weir'
const ENTER = '\r'

describe('portress createsuperuser', () => {
  let place: Workplace

  beforeEach(() => {
    place = newWorkplace()
  })

  it('makes a superuser out of arguments and the environment', async () => {
    const made = await place.json(['createsuperuser', '--noinput', '--username', 'ann', '--email', 'ann@example.org'], {
      PORTRESS_SUPERUSER_PASSWORD: GOOD_PASSWORD,
    })
    expect(made).toMatchObject({ user: { username: 'ann', status: 'active', isStaff: true, isSuperuser: true } })
  })

  it('makes nothing where nobody can be asked', async () => {
    const { status, output, errors } = await place.run(['createsuperuser'])
    expect({ status, output }).toEqual({ status: 1, output: '' })
    expect(errors).toContain('There is no terminal to ask questions at')
    expect(existsSync(place.path('portress.sqlite3'))).toBe(false)
  })

  it('asks for the password variable before it touches anything', async () => {
    const { status, errors } = await place.run(['createsuperuser', '--noinput', '--username', 'ann'])
    expect(status).toBe(2)
    expect(errors).toContain('PORTRESS_SUPERUSER_PASSWORD must hold the password')
    expect(existsSync(place.path('portress.sqlite3'))).toBe(false)
  })

  it('refuses a weak password unless that is asked for', async () => {
    const args = ['createsuperuser', '--noinput', '--username', 'ann', '--email', 'ann@example.org']
    const variables = { PORTRESS_SUPERUSER_PASSWORD: '12345678' }
    const refused = await place.run([...args, '--json'], variables)
    expect(refused.status).toBe(1)
    expect(JSON.parse(refused.output)).toMatchObject({
      error: { code: 'validation_failed', fields: { password: expect.arrayContaining([expect.any(String)]) } },
    })
    expect((await place.run([...args, '--bypass-password-validation'], variables)).status).toBe(0)
  })

  it('names what is taken and what is missing, without a stack', async () => {
    const args = ['createsuperuser', '--noinput', '--username', 'ann', '--email', 'ann@example.org']
    const variables = { PORTRESS_SUPERUSER_PASSWORD: GOOD_PASSWORD }
    await place.json(args, variables)
    const taken = await place.run(args, variables)
    expect(taken).toMatchObject({ status: 1, errors: 'username: This is already taken.\n' })
    const missing = await place.run(args.slice(0, 2), variables)
    expect(missing).toMatchObject({ status: 1, errors: 'username: This is required.\n' })
  })
})

describe('portress createsuperuser at a terminal', () => {
  let place: Workplace

  beforeEach(({ skip }) => {
    if (!hasPseudoTerminals && !process.env['CI']) skip('`script` of util-linux is not there')
    place = newWorkplace()
  })

  it('asks again until every answer is right, and hides the password', async () => {
    const terminal = openTerminal(place, ['createsuperuser'])
    await terminal.see('User name')
    terminal.type(`not a name${ENTER}`)
    await terminal.see('Use letters and digits')
    terminal.type(`${'\b'.repeat(10)}ann${ENTER}`)
    await terminal.see('E-mail address')
    terminal.type(`ann@example.org${ENTER}`)
    await typeTwice(terminal, GOOD_PASSWORD, 'something else')
    await terminal.see('were not the same')
    await typeTwice(terminal, GOOD_PASSWORD, GOOD_PASSWORD)
    await terminal.see('Made ann')
    const { status, screen } = await terminal.end()
    expect(status).toBe(0)
    expect(screen).not.toContain(GOOD_PASSWORD)
    expect(await place.json(['attempts'])).toEqual({ attempts: [] })
  })

  it('takes a weak password only from somebody who insists', async () => {
    const terminal = openTerminal(place, ['createsuperuser', '--username', 'ann', '--email', 'ann@example.org'])
    await typeTwice(terminal, '12345678', '12345678')
    await terminal.see('cannot consist of digits alone')
    await terminal.see('Use this password all the same?')
    terminal.type('n')
    await typeTwice(terminal, '87654321', '87654321')
    await terminal.see('Use this password all the same?')
    terminal.type('y')
    await terminal.see('Made ann')
    expect((await terminal.end()).status).toBe(0)
  })

  it('makes nothing when it is cancelled', async () => {
    const terminal = openTerminal(place, ['createsuperuser', '--username', 'ann', '--email', 'ann@example.org'])
    await terminal.see('Password')
    terminal.type('\u0003')
    await terminal.see('Cancelled; nothing was done.')
    expect((await terminal.end()).status).toBe(1)
    const changed = await place.run(['changepassword', 'ann', '--noinput'], { PORTRESS_USER_PASSWORD: GOOD_PASSWORD })
    expect(changed.errors).toContain('No user is called ann')
  })
})

async function typeTwice(terminal: ReturnType<typeof openTerminal>, first: string, second: string): Promise<void> {
  await terminal.see('Password')
  terminal.type(first + ENTER)
  await terminal.see('Password, once more')
  terminal.type(second + ENTER)
}
