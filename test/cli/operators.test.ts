import { chmodSync, readdirSync, utimesSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { SUB_COMMANDS } from '../../src/cli/sub-commands.ts'
import { BUILT_IN_MIGRATIONS } from '../../src/stores/sql/built-in-migrations.ts'
import { logIn, makeUser, PASSWORD } from './accounts.ts'
import { newWorkplace, type Workplace } from './portress.ts'

const BUILT_IN = BUILT_IN_MIGRATIONS.map(({ name }) => name)

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

describe('portress', () => {
  it.each(Object.keys(SUB_COMMANDS))('explains %s with options, examples and exit codes', async (name) => {
    const { status, output, errors } = await place.run([name, '--help'])
    expect({ status, errors }).toEqual({ status: 0, errors: '' })
    expect(output).toContain(`Usage: portress ${name} [options]`)
    expect(output).toMatch(new RegExp(`Examples:\n  portress ${name}`))
    expect(output).toContain('--json')
    expect(output).toContain('Exit codes: 0 done')
    expect(readdirSync(place.folder)).toEqual([])
  })

  it('lists what it can do, and tells its version', async () => {
    const { status, output } = await place.run(['--help'])
    expect(status).toBe(0)
    for (const name of Object.keys(SUB_COMMANDS)) expect(output).toContain(`  ${name} `)
    expect((await place.run(['--version'])).output).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([[['nonsense']], [['serve', '--nonsense']], [['attempts', '--limit', 'x']], [['changepassword']], [[]]])(
    'ends with 2 and a hint for %j',
    async (args) => {
      const { status, output, errors } = await place.run(args)
      expect({ status, output }).toEqual({ status: 2, output: '' })
      expect(errors).toMatch(/error: |Usage: /)
    },
  )
})

describe('portress changepassword', () => {
  it('sets a password that logs in, and refuses a weak one', async () => {
    await makeUser(place, 'ann')
    const args = ['changepassword', 'ANN@example.org', '--noinput']
    const weak = await place.run(args, { PORTRESS_USER_PASSWORD: '12345678' })
    expect(weak).toMatchObject({ status: 1, output: '', errors: expect.stringContaining('password: ') })
    const changed = await place.run(args, { PORTRESS_USER_PASSWORD: 'another otter by the weir' })
    expect(changed).toMatchObject({ status: 0, output: 'Set a new password for ann and ended all sessions.\n' })
    const server = await place.serve()
    expect(await logIn(server.url, { identifier: 'ann', password: PASSWORD })).toBe(401)
    expect(await logIn(server.url, { identifier: 'ann', password: 'another otter by the weir' })).toBe(200)
  })

  it('says that nobody is called so', async () => {
    const { status, errors } = await place.run(['changepassword', 'no\u001bbody', '--noinput'], {
      PORTRESS_USER_PASSWORD: PASSWORD,
    })
    expect({ status, told: errors.split('\n').slice(1) }).toEqual({
      status: 1,
      told: ['No user is called no\u{FFFD}body.', ''],
    })
  })
})

describe('portress cleanup', () => {
  it('deletes what has expired and tells how much', async () => {
    await makeUser(place, 'ann')
    const server = await place.serve()
    await logIn(server.url, { identifier: 'ann', password: PASSWORD })
    await server.stop()
    expect(await place.json(['cleanup'])).toMatchObject({ deleted: { sessions: 0, attempts: 0 } })
    const database = new DatabaseSync(place.path('portress.sqlite3'))
    database.exec(
      'UPDATE portress_sessions SET expires_at = 1, idle_expires_at = 1; UPDATE portress_attempts SET at = 1',
    )
    database.close()
    const { output } = await place.run(['cleanup'])
    expect(output).toMatch(/^Deleted 1 sessions, 0 codes, 1 attempts, /)
  })
})

describe('portress openapi', () => {
  it('prints the document of the API, and leaves nothing behind', async () => {
    const document = await place.json(['openapi'])
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), paths: { '/login': {} } })
    expect(JSON.parse((await place.run(['openapi'])).output)).toEqual(document)
    expect(readdirSync(place.folder)).toEqual([])
  })
})

describe('portress migrate', () => {
  it('tells what is pending, prints it as SQL, and applies it once', async () => {
    const check = await place.run(['migrate', '--check', '--json'])
    expect(check.status).toBe(1)
    expect(JSON.parse(check.output)).toMatchObject({ applied: [], pending: BUILT_IN.map((name) => ({ name })) })
    const sql = await place.run(['migrate', '--sql'])
    expect(sql).toMatchObject({ status: 0, output: expect.stringContaining('CREATE TABLE "portress_users"') })
    new DatabaseSync(':memory:').exec(sql.output)
    expect(await place.json(['migrate'])).toMatchObject({ applied: [...BUILT_IN], pending: [] })
    expect(await place.run(['migrate'])).toMatchObject({ status: 0, output: 'Nothing to apply.\n' })
    expect((await place.run(['migrate', '--check'])).status).toBe(0)
  })

  it('finds what is missing in the database', async () => {
    await place.json(['migrate'])
    const database = new DatabaseSync(place.path('portress.sqlite3'))
    database.exec('DROP TABLE portress_codes')
    database.close()
    const { status, errors } = await place.run(['migrate', '--check'])
    expect(status).toBe(1)
    expect(errors).toContain('the table portress_codes is missing')
  })
})

describe('portress check', () => {
  it('finds nothing that is wrong with the default, and leaves nothing behind', async () => {
    const { findings } = await place.json(['check'])
    expect(idsOf(findings)).toEqual(['plain-http', 'no-mailer', 'password-length'])
    expect(readdirSync(place.folder)).toEqual([])
  })

  it('fails where the same would serve people', async () => {
    const { status, output } = await place.run(['check', '--deploy', '--json'])
    expect(status).toBe(1)
    const errors = JSON.parse(output).findings.filter((one: { severity: string }) => one.severity === 'error')
    expect(idsOf(errors)).toEqual(['plain-http', 'development', 'no-mailer'])
    const dangers = JSON.parse(output).findings.filter((one: { id: string }) => one.id === 'dialect-danger')
    const told = (path: string) => ({
      severity: 'warning',
      message: expect.stringMatching(new RegExp(`^${path} .*without oldPasswordFieldEnabled`)),
    })
    expect(dangers).toMatchObject([told('/rest-auth'), told('/dj-rest-auth')])
  })

  it('tells what keeps it from starting', async () => {
    const { status, output } = await place.run(['check'], { NODE_ENV: 'production' })
    expect(status).toBe(1)
    expect(output).toMatch(/^ERROR cannot-start\n.*PORTRESS_SECRET must be set in production/s)
  })

  it('looks at the files and at the age of the secret', async () => {
    await place.json(['migrate'])
    chmodSync(place.path('portress.sqlite3'), 0o644)
    utimesSync(place.path('.portress-secret'), 0, 0)
    const { status, output } = await place.run(['check', '--json'])
    expect(status).toBe(1)
    expect(idsOf(JSON.parse(output).findings)).toEqual(expect.arrayContaining(['readable-database', 'old-secret']))
    chmodSync(place.path('.portress-secret'), 0o644)
    expect((await place.run(['check'])).output).toContain('can be read by others')
  })

  it('judges proxies that are trusted, and those that are not named', async () => {
    const https = { PORTRESS_ORIGIN: 'https://accounts.example.org' }
    expect(idsOf((await place.json(['check'], https))['findings'])).toContain('no-trusted-proxies')
    const named = await place.json(['check'], { ...https, PORTRESS_TRUSTED_PROXIES: '10.0.0.7, 2001:db8::/64' })
    expect(idsOf(named['findings'])).not.toContain('no-trusted-proxies')
    const wide = await place.run(['check', '--json'], { ...https, PORTRESS_TRUSTED_PROXIES: '0.0.0.0/1' })
    expect(wide.status).toBe(1)
    expect(idsOf(JSON.parse(wide.output).findings)).toContain('wide-trusted-proxies')
  })
})

const idsOf = (findings: unknown): readonly string[] => (findings as readonly { id: string }[]).map(({ id }) => id)
