/** Rows 109 to 111 of the attack table: a new address before, while and after it is confirmed. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { AuthError } from '../../src/errors.ts'
import { askForChange, confirmChange, NEW, OLD, statusOfLogin } from './support/address-changes.ts'
import { type Answer, differences } from './support/answer.ts'
import { withBodies } from './support/careless-api.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { closeSites, OTHER_PASSWORD, openSite, type Site, type SiteOptions } from './support/open-site.ts'
import { forgetting } from './support/store-stand-ins.ts'

afterEach(closeSites)

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
