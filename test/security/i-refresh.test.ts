import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TokenManagerFactory } from '../../src/contracts/token-manager.ts'
import { jwtTokens } from '../../src/tokens/jwt-tokens.ts'
import type { Answer } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { race } from './support/send-http.ts'
import { startPair } from './support/start-server.ts'
import { cachingSessions } from './support/store-stand-ins.ts'

afterEach(closeSites)

// Some tests start processes of their own.
vi.setConfig({ testTimeout: 60_000 })

interface Pair {
  readonly access: string
  readonly refreshToken: string
}

const pairIn = ({ json }: Answer): Pair => ({
  access: String(json['accessToken']),
  refreshToken: String(json['refreshToken']),
})

const logIn = async (send: Site['send']): Promise<Pair> =>
  pairIn(await send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier: 'jwt' } }))

const refresh = (send: Site['send'], { refreshToken }: Pair): Promise<Answer> =>
  send('POST /token/refresh', { body: { refreshToken } })

describe('a refresh token that comes back', () => {
  async function reuse(options: SiteOptions): Promise<Complaints> {
    let alarms = 0
    const count = (): void => {
      alarms += 1
    }
    const site = await openSite({ events: { tokenReused: count }, ...options })
    await site.addUser('ann')
    const first = await logIn(site.send)
    const second = pairIn(await refresh(site.send, first))
    const { must, complaints } = judgement()
    site.clock.advance({ seconds: 10 })
    const again = await refresh(site.send, first)
    must(pairIn(again).refreshToken === second.refreshToken, 'within ten seconds the child was not the same')
    must(alarms === 0, 'a repetition raised the alarm')
    site.clock.advance({ milliseconds: 1 })
    must((await refresh(site.send, first)).status === 401, 'the parent works after its grace')
    must((await refresh(site.send, second)).status === 401, 'the child works after its parent came back')
    must((await site.send('GET /me', { token: second.access })).status === 401, 'the session lives on')
    must(alarms === 1, `the alarm was raised ${alarms} times`)
    return complaints
  }

  it('row 149: gets the same child for ten seconds to the millisecond, and then ends the session', async () => {
    expect(await reuse({})).toEqual(HOLDS)
  })

  it('row 149, control: a longer grace is noticed', async () => {
    expect(await reuse({ jwt: { refreshGraceSeconds: 60 } })).toEqual(saying('the parent works after its grace'))
  })

  it('row 149: an ancestor ends the session at once, even within the grace', async () => {
    const site = await openSite()
    await site.addUser('ann')
    const first = await logIn(site.send)
    const third = pairIn(await refresh(site.send, pairIn(await refresh(site.send, first))))
    expect((await refresh(site.send, first)).status).toBe(401)
    expect((await refresh(site.send, third)).status).toBe(401)
  })

  interface Contest {
    /** Thirty presentations of one token, at once. */
    present(refreshToken: string): Promise<readonly Answer[]>
    readonly send: Site['send']
  }

  async function contend({ present, send }: Contest): Promise<Complaints> {
    const { must, complaints } = judgement()
    const answers = await present((await logIn(send)).refreshToken)
    must(
      answers.every(({ status }) => status === 200 || status === 401),
      `answered ${answers.map(({ status }) => status)}`,
    )
    const children = new Set(
      answers.filter(({ status }) => status === 200).map((answer) => pairIn(answer).refreshToken),
    )
    must(children.size === 1, `${children.size} children were made`)
    const [child = ''] = children
    must((await refresh(send, { access: '', refreshToken: child })).status === 200, 'the child does not work')
    return complaints
  }

  it('row 149: thirty at once over two processes get one child', async () => {
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt: '2026-03-01T12:00:00Z' }
    const servers = await startPair(settings)
    const [one, two] = servers
    await one.ask({ ask: 'createUser', username: 'ann', email: 'ann@example.org', password: PASSWORD })
    const path = '/api/token/refresh'
    const present = (refreshToken: string) =>
      race(
        Array.from({ length: 30 }, (_, index) => {
          return { port: index % 2 === 0 ? one.port : two.port, method: 'POST', path, body: { refreshToken } }
        }),
      )
    expect(await contend({ present, send: two.row })).toEqual(HOLDS)
  })

  it('row 149, control: a manager that makes a child for everybody is seen through', async () => {
    const forking: TokenManagerFactory = (tools) => {
      const inner = jwtTokens({
        audience: ORIGIN,
        accessLifetimeSeconds: 900,
        stateless: false,
        refreshGraceSeconds: 10,
      })(tools)
      let forks = 0
      return {
        ...inner,
        async rotate(refreshToken) {
          const rotated = await inner.rotate(refreshToken)
          if (rotated.outcome !== 'rotated') return rotated
          forks += 1
          const { carrier, assurance, backend, address, userAgent } = rotated.issued.session
          const session = {
            carrier,
            assurance,
            backend,
            address,
            userAgent,
            sessionId: `fork${forks}`,
            user: rotated.user,
          }
          const issued = await inner.issue(session)
          return issued === null ? rotated : { ...rotated, issued }
        },
      }
    }
    const { send, addUser } = await openSite({ tokens: [forking] })
    await addUser('ann')
    const present = (refreshToken: string) =>
      Promise.all(Array.from({ length: 30 }, () => refresh(send, { access: '', refreshToken })))
    expect(await contend({ present, send })).toEqual(saying('30 children were made'))
  })
})

describe('tokens after what ends them', () => {
  interface Places {
    readonly here: Site['send']
    readonly there: Site['send']
    readonly disable: () => Promise<void>
  }

  async function endAndUse({ here, there, disable }: Places): Promise<Complaints> {
    const { must, complaints } = judgement()
    let password = PASSWORD
    const pair = async (): Promise<Pair> =>
      pairIn(await there('POST /login', { body: { identifier: 'ann', password, carrier: 'jwt' } }))
    const ends: Readonly<Record<string, (token: string) => Promise<unknown>>> = {
      'log-out': (token) => here('POST /logout', { token }),
      'a new password': async () => {
        const other = await pair()
        const body = { currentPassword: password, newPassword: OTHER_PASSWORD }
        await here('POST /password/change', { token: other.access, body })
        password = OTHER_PASSWORD
      },
      'the end of all others': async () => here('DELETE /sessions', { token: (await pair()).access }),
      disabling: disable,
    }
    for (const [name, end] of Object.entries(ends)) {
      const mine = await pair()
      const before = await there('GET /me', { token: mine.access })
      must(before.status === 200, `nothing worked before ${name}`)
      await end(mine.access)
      must((await there('GET /me', { token: mine.access })).status === 401, `an access token works after ${name}`)
      must((await refresh(there, mine)).status === 401, `a refresh token works after ${name}`)
    }
    return complaints
  }

  it('row 150: are refused at once by the other process', async () => {
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt: '2026-03-01T12:00:00Z' }
    const [one, two] = await startPair(settings)
    const user = { username: 'ann', email: 'ann@example.org', password: PASSWORD }
    const userId = await one.ask({ ask: 'createUser', ...user })
    const disable = async (): Promise<void> => void (await one.ask({ ask: 'disable', userId }))
    expect(await endAndUse({ here: one.row, there: two.row, disable })).toEqual(HOLDS)
  })

  it('row 150, control: a process that asks a cache is seen through', async () => {
    const site = await openSite({ wrapStore: cachingSessions })
    const { user } = await site.addUser('ann')
    const disable = async (): Promise<void> => void (await site.auth.setStatus({ userId: user.id, status: 'disabled' }))
    const complaints = await endAndUse({ here: site.send, there: site.send, disable })
    expect(complaints).toEqual(saying('an access token works after log-out'))
  })

  it('row 150: where tokens are checked without the store, the lag is five minutes at most', async () => {
    await expect(openSite({ jwt: { stateless: true, accessLifetimeSeconds: 301 } })).rejects.toThrow(TypeError)
    const site = await openSite({ jwt: { stateless: true } })
    const ann = await site.addUser('ann')
    const mine = await logIn(site.send)
    expect((await site.send('GET /me', { token: mine.access })).status).toBe(200)
    await site.store.sessions.deleteForUser(ann.user.id)
    site.clock.advance({ minutes: 5, seconds: 6 })
    expect((await site.send('GET /me', { token: mine.access })).status).toBe(401)
    expect((await refresh(site.send, mine)).status).toBe(401)
  })
})
