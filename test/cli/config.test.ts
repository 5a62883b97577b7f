import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { newWorkplace, type Workplace } from './portress.ts'

const SOURCE = pathToFileURL(resolve(import.meta.dirname, '../../src')).href
const PASSWORD = 'quiet otter by the weir'

const IMPORTS = `
  import { createAuth, field } from '${SOURCE}/index.ts'
  import { sqlite } from '${SOURCE}/stores/sqlite/index.ts'
`

/** Options as a developer writes them, in TypeScript. */
const optionsWith = (more: string): string => `{
  store: sqlite(new URL('./app.sqlite3', import.meta.url).pathname),
  secrets: ['q7Zp0vK3xT9mB2nL5sR8wE1yU4iO6aDf' as string],
  site: { name: 'Acme', origin: 'http://127.0.0.1:4000' },
  environment: 'development',
  ${more}
}`

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

const write = (name: string, text: string): void => writeFileSync(place.path(name), text)

describe('portress with a configuration file', () => {
  it('carries a declared field from makemigrations over migrate into the API', async () => {
    write('portress.config.ts', `${IMPORTS} export default ${optionsWith('')}`)
    await place.json(['migrate'])
    write(
      'portress.config.ts',
      `${IMPORTS} export default ${optionsWith(`user: { fields: {
        motto: field.text({ required: true, maxLength: 20 }),
        points: field.number({ default: 0, writable: false }),
      } },`)}`,
    )
    const early = await place.run(['serve'], { PORT: '0' })
    expect(early.status).toBe(1)
    expect(early.errors).toContain('The database is not ready')

    const made = await place.json(['makemigrations'])
    expect(made).toEqual({ file: expect.stringMatching(/migrations\/\d{4}_\w+\.sql$/), kept: [], dropped: [] })
    expect(readFileSync(String(made['file']), 'utf8')).toMatch(/ADD COLUMN "motto"/)
    expect((await place.run(['makemigrations'])).output).toContain('Nothing to write')
    expect((await place.run(['migrate', '--check'])).status).toBe(1)
    expect(await place.json(['migrate'])).toMatchObject({ applied: [expect.stringMatching(/add_motto/)], pending: [] })

    const account = ['createuser', '--noinput', '--username', 'ann', '--email', 'ann@example.org']
    const password = { PORTRESS_USER_PASSWORD: PASSWORD }
    expect(await place.run(account, password)).toMatchObject({
      status: 2,
      errors: 'You must use --field motto=… with --noinput.\n',
    })
    const fields = ['--field', 'motto=per aspera', '--field', 'points=7']
    expect(await place.json([...account, ...fields], password)).toMatchObject({
      user: { fields: { motto: 'per aspera', points: 7 } },
    })

    const server = await place.serve()
    expect(server.banner).toMatchObject({
      origin: 'http://127.0.0.1:4000',
      configFile: place.path('portress.config.ts'),
    })
    const response = await fetch(`${server.url}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: 'ann', password: PASSWORD }),
    })
    expect(await response.json()).toMatchObject({ user: { username: 'ann', motto: 'per aspera', points: 7 } })
    expect((await server.stop()).status).toBe(0)
    expect(existsSync(place.path('portress.sqlite3'))).toBe(false)
    expect(existsSync(place.path('.portress-secret'))).toBe(false)
  })

  it('keeps a column that is no longer declared until --drop says otherwise', async () => {
    write(
      'portress.config.ts',
      `${IMPORTS} export default ${optionsWith('user: { fields: { motto: field.text() } },')}`,
    )
    await place.json(['makemigrations', '--dir', 'db'])
    write('portress.config.ts', `${IMPORTS} export default ${optionsWith("migrationsFolder: 'db',")}`)
    expect((await place.run(['makemigrations'])).output).toContain('Nothing to write')
    const dropped = await place.json(['makemigrations', '--drop'])
    expect(dropped).toMatchObject({ dropped: ['portress_users.motto'] })
    expect(readFileSync(String(dropped['file']), 'utf8')).toContain('DROP COLUMN "motto"')
  })

  it('takes an account system that the file has made itself, by --config or PORTRESS_CONFIG', async () => {
    const file = 'auth.ts'
    write(file, `${IMPORTS} export default createAuth(${optionsWith('')})`)
    await place.json(['migrate', '--config', file])
    const server = await place.serve({ PORTRESS_CONFIG: file, PORTRESS_DATABASE: 'nonsense://is-not-looked-at' })
    expect(server.banner).toMatchObject({
      configFile: place.path(file),
      mounts: [
        { path: '/api', dialects: ['portress-api'] },
        { path: '/auth', dialects: ['djoser'] },
        { path: '/rest-auth', dialects: ['rest-auth-0.9'] },
        { path: '/dj-rest-auth', dialects: ['rest-auth'] },
        { path: '/accounts', dialects: ['rest-registration'] },
        { path: '/djmongoauth', dialects: ['djmongoauth'] },
        { path: '/admin', dialects: ['admin'] },
        { path: '/', dialects: ['pages', 'operations'] },
        { path: '/docs', dialects: ['docs'] },
        { path: '/outbox', dialects: ['outbox'] },
      ],
    })
    expect((await fetch(`${server.url}/api/openapi.json`)).status).toBe(200)
    await server.stop()
    const refused = await place.run(['makemigrations', '--config', file])
    expect(refused.status).toBe(0)
  })

  it.each([
    ['is not there', null, 'does not exist'],
    ['has a mistake in it', 'export default {', 'could not be loaded'],
    ['imports what is not there', "import 'no-such-package'", "Cannot find package 'no-such-package'"],
    ['throws', "throw new Error('the reason')", 'the reason'],
    ['exports nothing', 'export const auth = 1', 'must `export default`'],
    [
      'has wrong options',
      `${IMPORTS} export default ${optionsWith('lockout: { maxFailures: 0 },')}`,
      'lockout.maxFailures',
    ],
  ])('names the file and the reason when it %s', async (_what, text, reason) => {
    if (text !== null) write('broken.config.ts', text)
    for (const command of ['serve', 'migrate', 'check']) {
      const { status, output, errors } = await place.run([command, '--config', 'broken.config.ts'], { PORT: '0' })
      const told = command === 'check' ? output + errors : errors
      expect(status).toBe(command === 'check' && reason.startsWith('lockout') ? 1 : 2)
      expect(told).toContain(join(place.folder, 'broken.config.ts'))
      expect(told).toContain(reason)
      expect(told).not.toMatch(/^ {4}at /m)
    }
  })

  it('is reviewed like any other configuration', async () => {
    write(
      'portress.config.ts',
      `${IMPORTS} export default ${optionsWith(`
        passwords: { minLength: 6, argon2: { memoryKiB: 1024, passes: 1 } },
        lockout: { maxFailures: 200, maxLockSeconds: 60, windowSeconds: 30, maxFailuresPerAddress: 5000 },
        rateLimits: { codesPerAddress: false },
        jwt: { stateless: true },
        login: { revealLocks: true },`)}`,
    )
    chmodSync(place.path('portress.config.ts'), 0o666)
    const { status, output } = await place.run(['check', '--json'])
    expect(status).toBe(1)
    const findings: readonly { id: string; severity: string }[] = JSON.parse(output).findings
    const found = Object.fromEntries(findings.map(({ id, severity }) => [id, severity]))
    expect(found).toMatchObject({
      'short-passwords': 'error',
      'cheap-hashes': 'error',
      'late-lockout': 'error',
      'writable-configuration': 'error',
      'pending-migrations': 'error',
      'short-locks': 'warning',
      'short-window': 'warning',
      'late-address-lockout': 'warning',
      'rate-limits-off': 'warning',
      'jwt-stateless': 'warning',
      'revealing-login': 'info',
    })
  })

  it('is told of locks that do not end', async () => {
    write('portress.config.ts', `${IMPORTS} export default ${optionsWith('lockout: { dangerouslyPermanent: true },')}`)
    const { output } = await place.run(['check', '--json'])
    expect(JSON.parse(output).findings).toContainEqual(
      expect.objectContaining({ id: 'endless-locks', severity: 'warning' }),
    )
    expect(output).not.toContain('short-locks')
  })
})
