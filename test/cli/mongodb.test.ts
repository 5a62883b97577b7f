import { beforeEach, describe, expect, it } from 'vitest'
import { withDatabase } from '../support/mongodb-server.ts'
import { useMongodb } from '../support/use-mongodb.ts'
import { newWorkplace, type Workplace } from './portress.ts'

const server = useMongodb('the command line on MongoDB')

let place: Workplace
let database: string
let variables: Readonly<Record<string, string>>

beforeEach(() => {
  place = newWorkplace()
  database = server().createDatabase()
  variables = { PORTRESS_DATABASE: database, PORTRESS_SECRET: 'kR3vT9yWq2Lm7Xc5Zb8Nf1Gh4Jd6Ps0A' }
})

describe('PORTRESS_DATABASE with the URL of a MongoDB server', () => {
  it('is looked at by check without a trace, and migrated by migrate', async () => {
    const before = await place.run(['check'], variables)
    expect(before.output + before.errors).toContain('0001_initial')
    expect(await collections()).toEqual([])
    await place.json(['migrate'], variables)
    expect(await collections()).toContain('portress_users')
    expect((await place.run(['migrate'], variables)).status).toBe(0)
  })

  it('is served, and people register there and log in', async () => {
    const served = await place.serve(variables)
    expect(served.banner['database']).toBe(database)
    const ask = (path: string, body: object) =>
      fetch(`${served.url}/api${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const password = 'correct-horse-battery-7'
    expect((await ask('/register', { username: 'ann', password })).status).toBe(201)
    const logIn = (given: string) => ask('/login', { identifier: 'ANN', password: given, carrier: 'token' })
    expect((await logIn('not-the-password-1')).status).toBe(401)
    const { token } = (await (await logIn(password)).json()) as { readonly token: string }
    const me = await fetch(`${served.url}/api/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(await me.json()).toMatchObject({ user: { username: 'ann' } })
    expect((await served.stop()).status).toBe(0)
  })

  it('says what is wrong with the server in one line, and never the password', async () => {
    const elsewhere = 'mongodb://portress:s3cret@127.0.0.1:1/app'
    const { status, errors } = await place.run(['migrate'], { ...variables, PORTRESS_DATABASE: elsewhere })
    expect(status).toBe(1)
    expect(errors).toContain('The database cannot be used: connect ECONNREFUSED')
    expect(errors).not.toContain('s3cret')
  })
})

async function collections(): Promise<readonly string[]> {
  const found = await withDatabase(database, (db) => db.listCollections({}, { nameOnly: true }).toArray())
  return found.map(({ name }) => name)
}
