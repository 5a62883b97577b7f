/** Section B of the attack table: what somebody prepared before the owner came. Each row with a control. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { quickHasher } from '../../src/testing/quick-hasher.ts'
import { cookieFrom, unlessRefused } from './support/answer.ts'
import { countingHasher } from './support/counting-hasher.ts'
import { readTables } from './support/database.ts'
import {
  closeSites,
  codeIn,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { forgetting } from './support/store-stand-ins.ts'

afterEach(closeSites)

const OWNER = 'owner@example.org'

/** The owner proves the mailbox and sets a password of their own. */
async function recover(site: Site): Promise<void> {
  await site.send('POST /password/reset', { body: { email: OWNER } })
  const body = { code: await site.codeFor(OWNER), newPassword: PASSWORD }
  const { status } = await site.send('POST /password/reset/confirm', { body })
  if (status !== 204) throw new Error(`the reset is answered ${status}`)
}

describe('rows 35 and 36: somebody who registered the address first and stays logged in', () => {
  /** Every way in that the attacker has prepared: password, cookie, token, JWT pair and known device. */
  async function faultsOfStaying(options: SiteOptions): Promise<readonly string[]> {
    // The only kind of site where nobody need prove an address before the first log-in.
    const site = await openSite({ login: { emailMustBeVerified: false }, ...options })
    await site.send('POST /register', { body: { username: 'attacker', email: OWNER, password: OTHER_PASSWORD } })
    const login = { identifier: OWNER, password: OTHER_PASSWORD }
    const inCookie = await site.send('POST /login', { body: { ...login, carrier: 'cookie' } })
    const inToken = await site.send('POST /login', { body: login })
    const inJwt = await site.send('POST /login', { body: { ...login, carrier: 'jwt' } })
    await recover(site)

    const cookie = cookieFrom(inCookie, 'portress-session')
    const device = cookieFrom(inCookie, 'portress-device')
    const { accessToken, refreshToken } = inJwt.json
    return [
      ...unlessRefused('the cookie', await site.send('GET /me', { cookie })),
      ...unlessRefused('the token', await site.send('GET /me', { token: String(inToken.json['token']) })),
      ...unlessRefused('the access token', await site.send('GET /me', { token: String(accessToken) })),
      ...unlessRefused('the refresh token', await site.send('POST /token/refresh', { body: { refreshToken } })),
      ...unlessRefused('the password', await site.send('POST /login', { body: login })),
      ...unlessRefused(
        'the password from a known device',
        await site.send('POST /login', { body: login, headers: { cookie: device, origin: ORIGIN } }),
      ),
    ]
  }

  it('rows 35 and 36: is out by every way once the owner has recovered the account', async () => {
    expect(await faultsOfStaying({})).toEqual([])
  })

  it('row 35: control: a reset that leaves sessions alone is noticed', async () => {
    const faults = await faultsOfStaying({ wrapStore: forgetting('endSessions') })
    expect(faults).toHaveLength(4)
  })

  it('row 35: is out also when a log-in was being checked while the password was replaced', async () => {
    const gate = Promise.withResolvers<void>()
    const inner = quickHasher()
    const hasher = countingHasher({
      ...inner,
      async verify(request, encoded) {
        const isRight = await inner.verify(request, encoded)
        await gate.promise
        return isRight
      },
    })
    const site = await openSite({ login: { emailMustBeVerified: false }, passwords: { hasher } })
    await site.send('POST /register', { body: { username: 'attacker', email: OWNER, password: OTHER_PASSWORD } })
    const underWay = site.send('POST /login', { body: { identifier: OWNER, password: OTHER_PASSWORD } })
    await recover(site)
    gate.resolve()
    expect(unlessRefused('the log-in', await underWay)).toEqual([])
    const user = await site.auth.findUser('attacker')
    expect(await site.store.sessions.listForUser(user?.id ?? 0, site.clock.now())).toEqual([])
  })
})

describe('row 37: a change of address that was asked for before the owner came', () => {
  const EVIL = 'a@evil.example'

  interface Story {
    /** Whether the mail for the new address is still to be written when the owner acts. */
    readonly mail: 'sent' | 'waiting'
    readonly owner: 'resets' | 'changes the password'
  }

  async function faultsOfChange({ mail, owner }: Story, options: SiteOptions = {}): Promise<readonly string[]> {
    const site = await openSite(options)
    await site.addUser('owner', { email: OWNER, password: OTHER_PASSWORD })
    const login = { identifier: 'owner', password: OTHER_PASSWORD }
    const token = String((await site.send('POST /login', { body: login })).json['token'])
    const release = mail === 'waiting' ? await fillOutbox(site) : () => undefined
    await site.send('POST /email/change', { token, body: { newEmail: EVIL, currentPassword: OTHER_PASSWORD } })
    const sent = mail === 'sent' ? [...(await site.mails())] : []
    if (owner === 'resets') await resetByCommand(site)
    else {
      const body = { currentPassword: OTHER_PASSWORD, newPassword: PASSWORD }
      await site.send('POST /password/change', { token, body })
    }
    release()
    const found = [...sent, ...(await site.mails())].find(({ to }) => to === EVIL)
    if (found === undefined) return []
    const body = { code: codeIn(found) }
    return unlessRefused('the link', await site.send('POST /email/change/confirm', { body }))
  }

  /** So many mails are under way that the next one has to wait to be written. */
  async function fillOutbox(site: Site): Promise<() => void> {
    const release = site.mailer.hang()
    for (let index = 0; index < 10; index += 1) {
      const other = { username: `person${index}`, email: `person${index}@example.org`, password: PASSWORD }
      await site.send('POST /register', { body: other })
    }
    return release
  }

  /** While nothing is mailed the owner's own link cannot come: an operator sets the password instead. */
  async function resetByCommand(site: Site): Promise<void> {
    const user = await site.auth.findUser('owner')
    if (user === null) throw new Error('there is no owner')
    await site.auth.setPassword({ userId: user.id, newPassword: PASSWORD, passwordCheck: 'enforced' })
  }

  it.each<Story>([
    { mail: 'sent', owner: 'resets' },
    { mail: 'sent', owner: 'changes the password' },
    { mail: 'waiting', owner: 'resets' },
    { mail: 'waiting', owner: 'changes the password' },
  ])('row 37: dies when the owner $owner, with its mail $mail', async (story) => {
    expect(await faultsOfChange(story)).toEqual([])
  })

  it('row 37: dies with a reset by mail', async () => {
    const site = await openSite()
    await site.addUser('owner', { email: OWNER, password: OTHER_PASSWORD })
    const login = { identifier: 'owner', password: OTHER_PASSWORD }
    const token = String((await site.send('POST /login', { body: login })).json['token'])
    await site.send('POST /email/change', { token, body: { newEmail: EVIL, currentPassword: OTHER_PASSWORD } })
    const code = await site.codeFor(EVIL)
    await recover(site)
    expect(await site.send('POST /email/change/confirm', { body: { code } })).toMatchObject({ status: 400 })
    expect(await site.auth.findUser('owner')).toMatchObject({ email: OWNER })
  })

  it('row 37: control: a store that keeps the codes and their epoch is noticed', async () => {
    const story: Story = { mail: 'sent', owner: 'resets' }
    expect(await faultsOfChange(story, { wrapStore: forgetting('removeCodes', 'endSessions') })).not.toEqual([])
  })
})

describe('row 40: a user without a password', () => {
  const TRIES: readonly unknown[] = ['', null, ' ', undefined, [], {}, 'null', 'undefined', '!', '\u0000', 0, false]

  async function faultsOfEmptiness(options: SiteOptions): Promise<readonly string[]> {
    const site = await openSite({ lockout: { maxFailures: 1000 }, ...options })
    await site.addUser('social', { password: null })
    const faults: string[] = []
    for (const password of TRIES) {
      const answer = await site.send('POST /login', { body: { identifier: 'social', password } })
      faults.push(...unlessRefused(String(password), answer))
    }
    return faults
  }

  it('row 40: cannot log in with an empty one, nor with any other', async () => {
    expect(await faultsOfEmptiness({})).toEqual([])
  })

  it('row 40: has nothing in the column where a hash would be', async () => {
    const location = temporaryDatabase()
    const site = await openSite({ location })
    await site.addUser('social', { password: null })
    expect(readTables(location).get('portress_users')).toMatchObject([{ password_hash: null }])
  })

  it('row 40: control: a hasher that takes no hash for the hash of nothing is noticed', async () => {
    const inner = quickHasher()
    const hasher = countingHasher({
      ...inner,
      verify: async (request, encoded) =>
        encoded === null ? request.password.trim() === '' : inner.verify(request, encoded),
    })
    expect(await faultsOfEmptiness({ passwords: { hasher } })).not.toEqual([])
  })

  it('row 40: control: a store that reads a missing hash as an empty one does no harm', async () => {
    const emptied = (store: Store): Store => ({
      ...store,
      users: {
        ...store.users,
        findByIdentifier: async (key, fields, limit) =>
          (await store.users.findByIdentifier(key, fields, limit)).map((user) => ({
            ...user,
            passwordHash: user.passwordHash ?? '',
          })),
      },
    })
    expect(await faultsOfEmptiness({ wrapStore: emptied })).toEqual([])
  })
})
