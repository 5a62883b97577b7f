import { chmodSync, readdirSync, utimesSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { SUB_COMMANDS } from '../../src/cli/sub-commands.ts'
import { BUILT_IN_MIGRATIONS } from '../../src/stores/sql/built-in-migrations.ts'
import { newWorkplace, type Workplace } from './portress.ts'

const BUILT_IN = BUILT_IN_MIGRATIONS.map(({ name }) => name)

const PASSWORD = 'quiet otter by the weir'

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
    await makeUser('ann')
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

describe('portress attempts', () => {
  beforeEach(async () => {
    await makeUser('ann')
    const server = await place.serve()
    await logIn(server.url, { identifier: 'ann', password: PASSWORD })
    await logIn(server.url, { identifier: 'ann@example.org', password: 'wrong' })
    await logIn(server.url, { identifier: 'gh\u202eost', password: 'wrong', agent: 'agent\u009b2J' })
    await server.stop()
  })

  it('lists every attempt, newest first, with all that is known', async () => {
    const { attempts } = await place.json(['attempts'])
    expect(attempts).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        userId: null,
        user: null,
        identifier: expect.stringMatching(/^gh.ost$/),
        address: '127.0.0.1',
        userAgent: expect.stringMatching(/^agent/),
        door: 'portress-api',
        action: 'login',
        outcome: 'unknown_user',
      },
      expect.objectContaining({ user: 'ann', identifier: 'ann@example.org', outcome: 'wrong_password' }),
      expect.objectContaining({ user: 'ann', identifier: 'ann', outcome: 'success' }),
    ])
  })

  it('prints a table of one line each, without control characters', async () => {
    const { output } = await place.run(['attempts'])
    const lines = output.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^TIME +USER +TYPED +ADDRESS +DOOR +ACTION +OUTCOME +AGENT$/)
    expect(lines[2]).toMatch(/ ann#1 +ann@example.org +127.0.0.1 +portress-api +login +wrong_password /)
    expect(output).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
  })

  it('finds by user, outcome, address and time', async () => {
    const expected: readonly (readonly [readonly string[], number])[] = [
      [['--user', 'ANN@example.org'], 2],
      [['--user', 'ann', '--outcome', 'unknown_user'], 0],
      [['--outcome', 'success', '--since', '1h'], 1],
      [['--ip', '127.0.0.1', '--until', '2999-01-01', '--door', 'portress-api', '--action', 'login'], 3],
      [['--ip', '192.0.2.1'], 0],
      [['--since', '2999-01-01'], 0],
      [['--until', '1h'], 0],
      [['--door', 'cli'], 0],
      [['--action', 'change-password'], 0],
      [['--agent', 'tes'], 0],
      [['--agent', 'test', '--limit', '1'], 1],
    ]
    for (const [args, count] of expected) {
      expect((await place.json(['attempts', ...args]))['attempts'], args.join(' ')).toHaveLength(count)
    }
  })
})

describe('portress attempts --format', () => {
  it('exports everything as CSV in which no cell is a formula, and as a JSON object a line', async () => {
    await makeUser('ann')
    const server = await place.serve()
    await logIn(server.url, { identifier: 'ann', password: PASSWORD })
    await logIn(server.url, { identifier: '=HYPERLINK("https://evil.example")', password: 'wrong', agent: '@SUM(A1)' })
    await server.stop()
    const csv = await place.run(['attempts', '--all', '--format', 'csv'])
    const [heading, guess, success, ...others] = csv.output.trimEnd().split('\n')
    expect(heading).toBe('id,at,userId,user,identifier,address,userAgent,door,action,outcome,sessionId,loggedOutAt')
    expect(guess).toMatch(
      /^2,[^,]+,,,"'=HYPERLINK\(""https:\/\/evil.example""\)",127.0.0.1,'@SUM\(A1\),portress-api,login,/,
    )
    expect(success).toMatch(/^1,[^,]+,1,ann,ann,127.0.0.1,test,portress-api,login,success,[\w-]{22},$/)
    expect(others).toEqual([])
    const json = await place.run(['attempts', '--all', '--format', 'json'])
    const rows = json.output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toMatchObject([
      { id: 2, userAgent: '@SUM(A1)' },
      { id: 1, user: 'ann', loggedOutAt: null },
    ])
  })

  it('gives thousands of rows page by page, each once', async () => {
    await place.json(['migrate'])
    const database = new DatabaseSync(place.path('portress.sqlite3'))
    database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234)
      INSERT INTO portress_attempts (at, door, action, outcome) SELECT 1000 * (i / 7), 'cli', 'login', 'refused' FROM n`)
    database.close()
    const idsIn = async (args: readonly string[]): Promise<readonly number[]> => {
      const { output } = await place.run(['attempts', '--format', 'json', ...args])
      return output
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id)
    }
    const all = Array.from({ length: 1234 }, (_, index) => 1234 - index)
    expect(await idsIn(['--all'])).toEqual(all)
    expect(await idsIn(['--limit', '777'])).toEqual(all.slice(0, 777))
  })

  it('does not take what contradicts itself', async () => {
    for (const args of [
      ['--all', '--limit', '5'],
      ['--all', '--json'],
      ['--format', 'csv', '--json'],
      ['--format', 'x'],
    ]) {
      expect((await place.run(['attempts', ...args])).status, args.join(' ')).toBe(2)
    }
  })
})

describe('portress locks', () => {
  it('lists what is locked, with the user but without what was typed', async () => {
    await makeUser('ann')
    expect(await place.run(['locks'])).toMatchObject({ status: 0, output: 'No locks found.\n' })
    const server = await place.serve()
    for (let guess = 0; guess < 3; guess += 1) await logIn(server.url, { identifier: 'ann', password: 'wrong' })
    await server.stop()
    const until = expect.stringMatching(/^\d{4}-.*Z$/)
    expect((await place.json(['locks']))['locks']).toEqual([
      { kind: 'identifier', userId: null, user: null, address: null, until },
      { kind: 'user', userId: 1, user: 'ann', address: null, until },
    ])
    const { output } = await place.run(['locks'])
    expect(output).toMatch(/^KIND +USER +ADDRESS +UNTIL\nidentifier +- +- +\d.*Z\nuser +ann#1 +- +\d.*Z\n$/)
    expect((await place.json(['locks', '--limit', '1']))['locks']).toHaveLength(1)
  })
})

describe('portress unlock', () => {
  it('lets a locked user and a locked address in again', async () => {
    await makeUser('ann')
    const server = await place.serve()
    for (let guess = 0; guess < 3; guess += 1) await logIn(server.url, { identifier: 'ann', password: 'wrong' })
    expect(await logIn(server.url, { identifier: 'ann', password: PASSWORD })).toBe(401)
    expect(await place.json(['unlock', 'ann'])).toEqual({ unlocked: { identifier: 'ann', userIds: [1] }, locks: 2 })
    expect(await logIn(server.url, { identifier: 'ann', password: PASSWORD })).toBe(200)
    const address = { unlocked: { address: '127.0.0.1' }, locks: 0 }
    expect(await place.json(['unlock', '--ip', '::ffff:127.0.0.1'])).toEqual(address)
  })

  it('says how many locks there were', async () => {
    await makeUser('ann')
    await makeUser('bea')
    const server = await place.serve()
    const lock = async (identifier: string): Promise<void> => {
      for (let guess = 0; guess < 3; guess += 1) await logIn(server.url, { identifier, password: 'wrong' })
    }
    for (const name of ['ann', 'bea', 'nobody']) await lock(name)
    const ofBoth = await place.run(['unlock', '--user', 'ann', '--ip', '192.0.2.7'])
    expect(ofBoth.output).toBe('Unlocked ann.\nUnlocked the address 192.0.2.7.\n2 locks removed.\n')
    expect((await place.run(['unlock', 'ann'])).output).toBe('Unlocked ann.\nNo locks found.\n')
    const unknown = 'Unlocked the name nobody, which no user has.\n2 locks removed.\n'
    expect((await place.run(['unlock', 'nobody'])).output).toBe(unknown)
    expect((await place.run(['unlock', '--all'])).output).toBe('2 locks removed.\n')
    expect((await place.run(['unlock', '--all'])).output).toBe('No locks found.\n')
    for (const identifier of ['ann', 'bea'])
      expect(await logIn(server.url, { identifier, password: PASSWORD })).toBe(200)
  })

  it('wants a target, and an address that is one', async () => {
    for (const args of [[], ['ann', '--user', 'bea'], ['--all', 'ann'], ['--all', '--ip', '127.0.0.1']]) {
      expect((await place.run(['unlock', ...args])).status, args.join(' ')).toBe(2)
    }
    expect(await place.run(['unlock', '--ip', 'x'])).toMatchObject({ status: 2, errors: 'x is no IP address.\n' })
  })
})

describe('portress cleanup', () => {
  it('deletes what has expired and tells how much', async () => {
    await makeUser('ann')
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

async function makeUser(name: string): Promise<void> {
  await place.json(['createuser', '--noinput', '--username', name, '--email', `${name}@example.org`], {
    PORTRESS_USER_PASSWORD: PASSWORD,
  })
}

interface Credentials {
  readonly identifier: string
  readonly password: string
  readonly agent?: string
}

async function logIn(url: string, { identifier, password, agent = 'test' }: Credentials): Promise<number> {
  const response = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': agent },
    body: JSON.stringify({ identifier, password }),
  })
  return response.status
}
