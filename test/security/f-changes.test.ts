import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { AuthError } from '../../src/errors.ts'
import type { JsonValue } from '../../src/model/field.ts'
import { type Answer, cookieFrom, differences } from './support/answer.ts'
import { withBodies } from './support/careless-api.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { meddlingApi, withBody } from './support/meddling-api.ts'
import {
  closeSites,
  codeIn,
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
import { cachingSessions, forgetting, removingEveryCode } from './support/store-stand-ins.ts'

afterEach(closeSites)

// Some tests start processes of their own.
vi.setConfig({ testTimeout: 60_000 })

const OLD = 'ann@example.org'
const NEW = 'ann@example.net'

async function statusOfLogin(site: Site, identifier: string, password: string = PASSWORD): Promise<number> {
  return (await site.send('POST /login', { body: { identifier, password } })).status
}

function askForChange(site: Site, token: string, newEmail: string = NEW): Promise<Answer> {
  return site.send('POST /email/change', { token, body: { newEmail, currentPassword: PASSWORD } })
}

function confirmChange(site: Site, code: string): Promise<Answer> {
  return site.send('POST /email/change/confirm', { body: { code } })
}

describe('setting a password without the old one', () => {
  async function trySetting(open: () => Promise<Site>): Promise<Complaints> {
    const site = await open()
    const token = await site.tokenFor(await site.addUser('ann'))
    const { must, complaints } = judgement()
    const bodies: Readonly<Record<string, object>> = {
      'no current password': { newPassword: OTHER_PASSWORD },
      'an empty one': { currentPassword: '', newPassword: OTHER_PASSWORD },
      null: { currentPassword: null, newPassword: OTHER_PASSWORD },
      'a wrong one': { currentPassword: 'mistaken-walrus', newPassword: OTHER_PASSWORD },
      'the new one': { currentPassword: OTHER_PASSWORD, newPassword: OTHER_PASSWORD },
    }
    for (const [name, body] of Object.entries(bodies)) {
      const { status } = await site.send('POST /password/change', { token, body })
      must(status === 400 || status === 403, `${name} was answered with ${status}`)
      site.clock.advance({ hours: 1 })
    }
    for (const field of ['password', 'newPassword', 'passwordHash', 'password_hash']) {
      const { status } = await site.send('PATCH /me', { token, body: { [field]: OTHER_PASSWORD, firstName: 'Ann' } })
      must(status === 400, `the profile took ${field} with ${status}`)
    }
    must((await statusOfLogin(site, 'ann')) === 200, 'the old password no longer logs in')
    must((await statusOfLogin(site, 'ann', OTHER_PASSWORD)) === 401, 'the new password logs in')
    return complaints
  }

  it('row 106: is refused wherever it is tried', async () => {
    expect(await trySetting(openSite)).toEqual(HOLDS)
  })

  it('row 106, control: a profile that sets it on the side is seen through', async () => {
    const open = async (): Promise<Site> => {
      const obliging = meddlingApi('PATCH /me', async (exchange, run) => {
        const { password, ...body } = await exchange.body()
        const userId = exchange.ctx.actor?.user.id
        if (typeof password === 'string' && userId !== undefined) {
          await site.auth.setPassword({ userId, newPassword: password, passwordCheck: 'enforced' })
        }
        return run(withBody(exchange, body))
      })
      const site = await openSite({ mounts: { '/api': obliging } })
      return site
    }
    expect(await trySetting(open)).toEqual(saying('the new password logs in'))
  })
})

describe('two changes of address at once', () => {
  const ROUNDS = 50

  async function confirmFromOneMailbox(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const { must, complaints } = judgement()
    for (let round = 0; round < ROUNDS; round += 1) {
      const mine = `thief${round}@evil.test`
      const victims = `victim${round}@corp.example`
      await Promise.all([askForChange(site, token, mine), askForChange(site, token, victims)])
      await confirmChange(site, await site.codeFor(mine))
      const user = await site.auth.findUser('ann')
      must(user?.email === mine, `round ${round}: the address became ${user?.email}`)
      if (complaints.length > 0) return complaints
      must((await confirmChange(site, await site.codeFor(victims))).status === 400, 'the other link still works')
    }
    return complaints
  }

  it('row 107: a link proves the address it was mailed to and no other', async () => {
    expect(await confirmFromOneMailbox({})).toEqual(HOLDS)
  })

  it('row 107, control: a server that keeps one pending address beside the code is seen through', async () => {
    let pending: JsonValue = null
    const wrapStore = (store: Store): Store => ({
      ...store,
      codes: {
        ...store.codes,
        async insert(code) {
          if (code.purpose === 'change-email') pending = code.payload
          await store.codes.insert(code)
        },
        async find(digest, purpose, now) {
          const code = await store.codes.find(digest, purpose, now)
          return code === null || purpose !== 'change-email' ? code : { ...code, payload: pending }
        },
      },
    })
    expect(await confirmFromOneMailbox({ wrapStore })).toEqual(saying('the address became victim'))
  })

  it('row 107: of two links that are opened together one works', async () => {
    const site = await openSite()
    const token = await site.tokenFor(await site.addUser('ann'))
    await askForChange(site, token, 'one@example.net')
    await askForChange(site, token, 'two@example.net')
    const codes = [await site.codeFor('one@example.net'), await site.codeFor('two@example.net')]
    const answers = await Promise.all(codes.map((code) => confirmChange(site, code)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})

describe('what the old address learns', () => {
  it('row 108: a change needs the password, whatever the session', async () => {
    const site = await openSite()
    const token = await site.tokenFor(await site.addUser('ann'))
    for (const currentPassword of [undefined, '', 'mistaken-walrus']) {
      const answer = await site.send('POST /email/change', { token, body: { newEmail: NEW, currentPassword } })
      expect([400, 403]).toContain(answer.status)
    }
    expect(await site.mails()).toEqual([])
  })

  async function changeAndCancel(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const token = await site.tokenFor(await site.addUser('ann'))
    const { must, complaints } = judgement()
    const toldTo = async (email: string): Promise<number> =>
      (await site.mails()).filter(({ to }) => to === email).length
    await askForChange(site, token)
    must((await toldTo(OLD)) === 1, 'the old address did not learn of the start')
    must((await confirmChange(site, await site.codeFor(NEW))).status === 200, 'the change was not confirmed')
    must((await toldTo(OLD)) === 2, 'the old address did not learn of the end')
    const cancel = await site.codeFor(OLD)
    must((await site.send('POST /email/change/cancel', { body: { code: cancel } })).status === 204, 'no way back')
    must((await site.auth.findUser('ann'))?.email === OLD, 'the old address was not restored')
    must((await site.send('GET /me', { token })).status === 401, 'the session that changed it lives on')
    const again = await site.send('POST /email/change/cancel', { body: { code: cancel } })
    must(again.status === 400, 'the link works twice')
    return complaints
  }

  it('row 108: of start and end, with a link that restores it and ends the sessions', async () => {
    expect(await changeAndCancel({})).toEqual(HOLDS)
  })

  it('row 108, control: a way back that leaves the sessions is seen through', async () => {
    const complaints = await changeAndCancel({ wrapStore: forgetting('endSessions') })
    expect(complaints).toEqual(['the session that changed it lives on'])
  })
})

describe('a thief who knows the password', () => {
  async function takeOverAndUndo(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const token = await site.tokenFor(await site.addUser('ann'))
    await askForChange(site, token)
    await confirmChange(site, await site.codeFor(NEW))
    const undo = await site.codeFor(OLD)
    const change = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    await site.send('POST /password/change', { token, body: change })
    const { must, complaints } = judgement()
    must((await statusOfLogin(site, NEW, OTHER_PASSWORD)) === 200, 'the thief did not get that far')
    const undone = await site.send('POST /email/change/cancel', { body: { code: undo } })
    must(undone.status === 204, `the owner’s link answered ${undone.status}`)
    must((await site.auth.findUser('ann'))?.email === OLD, 'the owner’s address was not restored')
    must((await site.send('GET /me', { token })).status === 401, 'the thief’s session lives on')
    must((await statusOfLogin(site, 'ann', OTHER_PASSWORD)) === 401, 'the thief’s password logs in')
    const body = { code: await site.codeFor(OLD), newPassword: PASSWORD }
    must((await site.send('POST /password/reset/confirm', { body })).status === 204, 'the owner got no reset link')
    return complaints
  }

  it('row 108: cannot take the owner’s way back away with a new password', async () => {
    expect(await takeOverAndUndo({})).toEqual(HOLDS)
  })

  it('row 108, control: a store that removes every code is seen through', async () => {
    expect(await takeOverAndUndo({ wrapStore: removingEveryCode })).toEqual(saying('the owner’s link answered 400'))
  })
})

describe('an address before it is confirmed', () => {
  async function useBeforeConfirmation(hasten: (site: Site) => SiteOptions): Promise<Complaints> {
    const site: Site = await openSite({
      events: { emailChangeRequested: (event) => hasten(site).events?.emailChangeRequested?.(event) },
    })
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const { must, complaints } = judgement()
    must((await askForChange(site, token)).status === 202, 'the change was not accepted')
    const { user } = (await site.send('GET /me', { token })).json
    must(JSON.stringify(user).includes(OLD), 'the profile shows another address')
    must((await statusOfLogin(site, OLD)) === 200, 'the old address does not log in')
    must((await statusOfLogin(site, NEW)) === 401, 'the new address logs in')
    await site.mails()
    site.mailer.clear()
    await site.send('POST /password/reset', { body: { email: NEW } })
    must((await site.mails()).length === 0, 'a reset went to the new address')
    await site.send('POST /password/reset', { body: { email: OLD } })
    must((await site.mails()).length === 1, 'no reset went to the old address')
    return complaints
  }

  it('row 109: shows nowhere, logs nobody in and gets no reset', async () => {
    expect(await useBeforeConfirmation(() => ({}))).toEqual(HOLDS)
  })

  it('row 109, control: an address that counts at once is seen through', async () => {
    const atOnce = (site: Site): SiteOptions => ({
      events: {
        emailChangeRequested: async ({ user, newEmail }) => {
          await site.store.users.update(user.id, { email: newEmail })
        },
      },
    })
    expect(await useBeforeConfirmation(atOnce)).toEqual(saying('the new address logs in'))
  })
})

describe('an address that somebody else has', () => {
  async function changeToTaken(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const bob = await site.addUser('bob')
    const token = await site.tokenFor(ann)
    const { must, complaints } = judgement()
    const toFree = await askForChange(site, token, 'free@example.net')
    const toTaken = await askForChange(site, token, bob.email)
    must(toFree.status === 202, `a free address was answered with ${toFree.status}`)
    for (const found of differences(toFree, toTaken)) must(false, found)
    const toOwner = (await site.mails()).filter(({ to }) => to === bob.email)
    must(toOwner.length === 1, `the owner of the address got ${toOwner.length} mails`)
    must(!toOwner.some(({ text }) => text.includes('code=')), 'the owner of the address got a link')
    return complaints
  }

  it('row 110: is answered like a free one, and its owner is told and gets no link', async () => {
    expect(await changeToTaken({})).toEqual(HOLDS)
  })

  it('row 110, control: a server that says so is seen through', async () => {
    const frank = withBodies((body) => {
      if (body['newEmail'] === 'bob@example.org') throw new AuthError('validation_failed')
      return body
    })
    expect(await changeToTaken({ mounts: { '/api': frank } })).toEqual(saying('status 202 and 400'))
  })

  async function confirmTogether(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const { must, complaints } = judgement()
    const contested = 'contested@example.net'
    const codes: string[] = []
    for (const name of ['ann', 'bob']) {
      await askForChange(site, await site.tokenFor(await site.addUser(name)), contested)
      codes.push(await site.codeFor(contested))
    }
    const statuses = (await Promise.all(codes.map((code) => confirmChange(site, code)))).map(({ status }) => status)
    must(statuses.toSorted().join() === '200,400', `two confirmations were answered with ${statuses}`)
    return complaints
  }

  it('row 110: two users who confirm one address are told apart: one has it, one is refused', async () => {
    expect(await confirmTogether({})).toEqual(HOLDS)
  })

  it('row 110, control: a store that lets two users have one address is seen through', async () => {
    const wrapStore = (store: Store): Store => ({
      ...store,
      users: {
        ...store.users,
        async update(id, changes, options) {
          const updated = await store.users.update(id, changes, options)
          const user = updated.outcome === 'conflict' ? await store.users.findById(id) : null
          return user === null ? updated : { outcome: 'updated', user }
        },
      },
    })
    expect(await confirmTogether({ wrapStore })).toEqual(saying('answered with 200,200'))
  })
})

describe('links in the old mailbox after a change of address', () => {
  async function keepAndUse(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const token = await site.tokenFor(await site.addUser('ann'))
    await site.send('POST /password/reset', { body: { email: OLD } })
    const reset = await site.codeFor(OLD)
    for (let guess = 0; guess < 3; guess += 1) await statusOfLogin(site, OLD, 'mistaken-walrus')
    const unlock = await site.codeFor(OLD)
    site.clock.advance({ minutes: 2 })
    await askForChange(site, token)
    const { must, complaints } = judgement()
    must((await confirmChange(site, await site.codeFor(NEW))).status === 200, 'the change was not confirmed')
    const body = { code: reset, newPassword: OTHER_PASSWORD }
    const tries: Readonly<Record<string, Answer>> = {
      reset: await site.send('POST /password/reset/confirm', { body }),
      unlock: await site.send('POST /unlock', { body: { code: unlock } }),
    }
    for (const [name, { status }] of Object.entries(tries)) must(status === 400, `${name} answered ${status}`)
    return complaints
  }

  it('row 111: are dead, but for the one that undoes it', async () => {
    expect(await keepAndUse({})).toEqual(HOLDS)
  })

  it('row 111, control: a store that keeps them is seen through', async () => {
    expect(await keepAndUse({ wrapStore: forgetting('removeCodes') })).toEqual(saying('unlock answered 204'))
  })
})

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
