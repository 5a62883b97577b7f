import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { logIn, makeUser, PASSWORD } from './accounts.ts'
import { newWorkplace, type Workplace } from './portress.ts'

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

describe('portress attempts', () => {
  beforeEach(async () => {
    await makeUser(place, 'ann')
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
    await makeUser(place, 'ann')
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
    await makeUser(place, 'ann')
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
    await makeUser(place, 'ann')
    const server = await place.serve()
    for (let guess = 0; guess < 3; guess += 1) await logIn(server.url, { identifier: 'ann', password: 'wrong' })
    expect(await logIn(server.url, { identifier: 'ann', password: PASSWORD })).toBe(401)
    expect(await place.json(['unlock', 'ann'])).toEqual({ unlocked: { identifier: 'ann', userIds: [1] }, locks: 2 })
    expect(await logIn(server.url, { identifier: 'ann', password: PASSWORD })).toBe(200)
    const address = { unlocked: { address: '127.0.0.1' }, locks: 0 }
    expect(await place.json(['unlock', '--ip', '::ffff:127.0.0.1'])).toEqual(address)
  })

  it('says how many locks there were', async () => {
    await makeUser(place, 'ann')
    await makeUser(place, 'bea')
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
