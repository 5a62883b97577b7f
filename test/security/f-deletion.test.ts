/** Row 112 of the attack table: what is left of a deleted user. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { OLD } from './support/address-changes.ts'
import { cookieFrom } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import {
  closeSites,
  codeIn,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  temporaryDatabase,
} from './support/open-site.ts'
import { race } from './support/send-http.ts'
import { startPair } from './support/start-server.ts'
import { cachingSessions } from './support/store-stand-ins.ts'

afterEach(closeSites)

// Some tests start processes of their own.
vi.setConfig({ testTimeout: 60_000 })

describe('a deleted user', () => {
  interface Places {
    /** Sends to the process that deletes. */
    readonly here: Site['send']
    /** Sends to another one on the same database. */
    readonly there: Site['send']
    readonly codeFor: (email: string) => Promise<string>
  }

  async function deleteAndReturn({ here, there, codeFor }: Places): Promise<Complaints> {
    const login = (carrier: string) =>
      there('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })
    const cookie = cookieFrom(await login('cookie'), 'portress-session')
    const token = String((await login('token')).json['token'])
    const { accessToken, refreshToken } = (await login('jwt')).json
    const credentials = {
      'a cookie': { cookie },
      'a token': { token },
      'an access token': { token: String(accessToken) },
    }
    const { must, complaints } = judgement()
    for (const [name, credential] of Object.entries(credentials)) {
      must((await there('GET /me', credential)).status === 200, `${name} did not work before`)
    }
    await here('POST /password/reset', { body: { email: OLD } })
    const code = await codeFor(OLD)
    must(
      (await here('DELETE /me', { token, body: { currentPassword: PASSWORD } })).status === 204,
      'nothing was deleted',
    )
    for (const send of [here, there]) {
      for (const [name, credential] of Object.entries(credentials)) {
        const { status } = await send('GET /me', credential)
        must(status === 401, `${name} answered ${status}`)
      }
      const refreshed = await send('POST /token/refresh', { body: { refreshToken } })
      must(refreshed.status === 401, `a refresh token answered ${refreshed.status}`)
      const reset = await send('POST /password/reset/confirm', { body: { code, newPassword: OTHER_PASSWORD } })
      must(reset.status === 400, `a reset link answered ${reset.status}`)
    }
    return complaints
  }

  it('row 112: is refused with every credential and link at once, in both processes', async () => {
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt: '2026-03-01T12:00:00Z' }
    const [one, two] = await startPair(settings)
    await one.ask({ ask: 'createUser', username: 'ann', email: OLD, password: PASSWORD })
    const places = {
      here: one.row,
      there: two.row,
      codeFor: async () => codeIn((await one.ask({ ask: 'mails' })).at(-1)),
    }
    expect(await deleteAndReturn(places)).toEqual(HOLDS)
  })

  it('row 112, control: a cache of sessions that nobody empties is seen through', async () => {
    const site = await openSite({ wrapStore: cachingSessions })
    await site.addUser('ann')
    const places = { here: site.send, there: site.send, codeFor: site.codeFor }
    expect(await deleteAndReturn(places)).toEqual(saying('a token answered 200'))
  })

  it('row 112: twenty deletions at once over two processes delete once', async () => {
    const options = { lockout: { maxFailures: 30 } }
    const startsAt = '2026-03-01T12:00:00Z'
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt, options }
    const servers = await startPair(settings)
    await servers[0].ask({ ask: 'createUser', username: 'ann', email: OLD, password: PASSWORD })
    const answer = await servers[0].post('/login', { identifier: 'ann', password: PASSWORD })
    const calls = Array.from({ length: 20 }, (_, index) => ({
      port: servers[index % 2]?.port ?? 0,
      method: 'DELETE',
      path: '/api/me',
      body: { currentPassword: PASSWORD },
      headers: { authorization: `Bearer ${answer.json['token']}` },
    }))
    const statuses = (await race(calls)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
    expect(statuses.filter((status) => status !== 204 && status !== 401)).toEqual([])
  })
})
