/** Rows 106 to 108 of the attack table: changes of password and address, and how a thief’s is undone. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import type { JsonValue } from '../../src/model/field.ts'
import { askForChange, confirmChange, NEW, OLD, statusOfLogin } from './support/address-changes.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { meddlingApi, withBody } from './support/meddling-api.ts'
import { closeSites, OTHER_PASSWORD, openSite, PASSWORD, type Site, type SiteOptions } from './support/open-site.ts'
import { forgetting, removingEveryCode } from './support/store-stand-ins.ts'

afterEach(closeSites)

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
