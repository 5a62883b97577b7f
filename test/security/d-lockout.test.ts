import { afterEach, describe, expect, it } from 'vitest'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import type { SharedThrottles } from '../../src/contracts/shared-throttles.ts'
import type { ThrottleEntry } from '../../src/contracts/throttle-store.ts'
import { AuthError } from '../../src/errors.ts'
import { type Answer, cookieFrom, differences } from './support/answer.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { closeSites, OTHER_PASSWORD, openSite, PASSWORD, type Site, type SiteOptions } from './support/open-site.ts'
import { forgetfulThrottles, processThrottles, sqliteThrottles } from './support/throttle-stand-ins.ts'

afterEach(closeSites)

const LOCK_DURATION_MINUTES = [1, 2, 4, 8]

/** Where strangers come from; the owner comes from elsewhere. */
const STRANGER = '203.0.113.66'

function tryPassword(site: Site, identifier: string, password: string): Promise<Answer> {
  return site.send('POST /login', { body: { identifier, password }, address: STRANGER })
}

async function guessWrong(site: Site, identifier: string, times: number): Promise<void> {
  for (let guess = 0; guess < times; guess += 1) await tryPassword(site, identifier, `mistaken-walrus-${guess}`)
}

/** How many wrong guesses at the user were judged. */
async function wrongGuessesAt(site: Site, identifier: string): Promise<number> {
  const user = await site.auth.findUser(identifier)
  const filter = { userId: user?.id ?? 0, outcome: 'wrong_password', limit: 1000 } as const
  return (await site.auth.listAttempts({ scope: 'all', filter })).length
}

describe('what an own success clears', () => {
  async function guessBetweenOwnSuccesses(clearing: (site: Site, addressBucket: string) => void): Promise<Complaints> {
    const site = await openSite({
      lockout: { maxFailuresPerAddress: 20 },
      events: { userLoggedIn: ({ request }) => clearing(site, request?.addressBucket ?? '') },
    })
    await site.addUser('attacker')
    await site.addUser('victim')
    for (let other = 0; other < 40; other += 1) await site.addUser(`bystander${other}`)
    const { must, complaints } = judgement()
    let judgedElsewhere = 0
    for (let round = 0; round < 40; round += 1) {
      await guessWrong(site, 'victim', 2)
      await guessWrong(site, `bystander${round}`, 1)
      judgedElsewhere += await wrongGuessesAt(site, `bystander${round}`)
      await tryPassword(site, 'attacker', PASSWORD)
    }
    const atVictim = await wrongGuessesAt(site, 'victim')
    must(atVictim === 3, `${atVictim} guesses at the victim were judged`)
    must(atVictim + judgedElsewhere <= 20, `the source had ${atVictim + judgedElsewhere} guesses judged`)
    return complaints
  }

  it('row 67: logging in to one’s own account refills neither the victim’s count nor that of the source', async () => {
    expect(await guessBetweenOwnSuccesses(() => undefined)).toEqual(HOLDS)
  })

  it('row 67, control: a success that clears its source is seen through', async () => {
    const clearSource = (site: Site, addressBucket: string) => void site.auth.clearLocks({ addressBucket })
    expect(await guessBetweenOwnSuccesses(clearSource)).toEqual(saying('the source had'))
  })
})

describe('spellings of one user', () => {
  async function guessUnderManySpellings(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    await site.addUser('victim')
    const spellings = ['victim', 'victim@example.org', 'VICTIM', 'Victim@EXAMPLE.org', ' victim', 'ｖictim']
    for (let guess = 0; guess < 5; guess += 1) {
      for (const spelling of spellings) await guessWrong(site, spelling, 1)
    }
    const { must, complaints } = judgement()
    must(site.hasher.guesses() === 3, `${site.hasher.guesses()} guesses were judged`)
    must((await tryPassword(site, 'victim', PASSWORD)).status === 401, 'the user is not locked')
    return complaints
  }

  it('row 68: name, address, case, width and spaces share one count', async () => {
    expect(await guessUnderManySpellings({})).toEqual(HOLDS)
  })

  it('row 68, control: counting by what was typed alone is seen through', async () => {
    const unnaming: AuthenticationBackend = {
      name: 'unnaming',
      candidates: async () => [],
      async authenticate({ identifier, password }, _, tools) {
        const [user] = await tools.users.findByIdentifier(tools.canonical(identifier), ['username', 'email'], 1)
        const isRight = await tools.verifyPassword(password, user?.passwordHash ?? null)
        return user !== undefined && isRight ? { outcome: 'proven', user } : { outcome: 'unproven' }
      },
    }
    expect(await guessUnderManySpellings({ login: { backends: [unnaming] } })).toEqual(saying('guesses were judged'))
  })
})

describe('a flood of other names', () => {
  async function floodBetweenGuesses(options: SiteOptions): Promise<Complaints> {
    const site = await openSite({ retention: { maxUnknownIdentifiers: 50 }, ...options })
    await site.addUser('victim')
    await guessWrong(site, 'victim', 2)
    for (let name = 0; name < 400; name += 1) await guessWrong(site, `nobody${name}`, 1)
    await site.auth.cleanUp()
    await guessWrong(site, 'victim', 1)
    const { must, complaints } = judgement()
    must((await tryPassword(site, 'victim', PASSWORD)).status === 401, 'the flood washed the victim’s count away')
    return complaints
  }

  it('row 75: four hundred unknown names and a clean-up do not evict the victim’s count', async () => {
    expect(await floodBetweenGuesses({})).toEqual(HOLDS)
  })

  it('row 75, control: a bounded memory that drops the oldest is seen through', async () => {
    expect(await floodBetweenGuesses({ throttles: processThrottles({ maxKeys: 50 }) })).toEqual(saying('washed'))
  })
})

describe('locks one after the other', () => {
  async function lockAgainAndAgain(throttles: SharedThrottles): Promise<Complaints> {
    const site = await openSite({ throttles })
    await site.addUser('victim')
    const { must, complaints } = judgement()
    for (const minutes of LOCK_DURATION_MINUTES) {
      const before = site.hasher.guesses()
      await guessWrong(site, 'victim', 6)
      const judged = site.hasher.guesses() - before
      must(judged === 3, `${judged} guesses were judged before the lock of ${minutes} min`)
      site.clock.advance({ minutes, milliseconds: -1 })
      must((await tryPassword(site, 'victim', PASSWORD)).status === 401, `the lock is shorter than ${minutes} min`)
      site.clock.advance({ milliseconds: 1 })
    }
    must((await tryPassword(site, 'victim', PASSWORD)).status === 200, 'the last lock did not end in its millisecond')
    return complaints
  }

  it('row 77: each lock re-arms the next, twice as long, and ends in its millisecond', async () => {
    expect(await lockAgainAndAgain(sqliteThrottles())).toEqual(HOLDS)
  })

  it('row 77, control: a limiter that locks only once is seen through', async () => {
    const once = new Set<string>()
    const inner = sqliteThrottles()
    const watched: SharedThrottles = {
      ...inner,
      update: (keys, step) =>
        inner.update(keys, (entries) => {
          const made = step(entries)
          for (const [index, entry] of made.entries.entries()) if (entry?.lockedUntil) once.add(keys[index] ?? '')
          return made
        }),
    }
    const isOver = (key: string): boolean => once.has(key)
    expect(await lockAgainAndAgain(forgetfulThrottles(watched, isOver))).toEqual(saying('6 guesses were judged'))
  })
})

describe('an attacker who keeps guessing', () => {
  /** The owner has logged in on a device before; then a stranger guesses for an hour. */
  async function besiege(options: SiteOptions, deviceOf: (cookie: string) => string): Promise<Complaints> {
    const site = await openSite(options)
    const owner = await site.addUser('victim')
    const loggedIn = await site.send('POST /login', { body: { identifier: 'victim', password: PASSWORD } })
    const token = String(loggedIn.json['token'])
    const device = deviceOf(cookieFrom(loggedIn, 'portress-device'))
    const { must, complaints } = judgement()
    await guessWrong(site, 'victim', 3)
    site.clock.advance({ seconds: 30 })
    await guessWrong(site, 'victim', 5)
    site.clock.advance({ seconds: 30 })
    must((await tryPassword(site, 'victim', PASSWORD)).status === 200, 'guesses during the lock made it longer')
    for (let minute = 0; minute < 60; minute += 1) {
      await guessWrong(site, 'victim', 3)
      site.clock.advance({ minutes: 1 })
      must((await site.send('GET /me', { token })).status === 200, 'the owner’s session ended')
    }
    await guessWrong(site, 'victim', 3)
    const body = { identifier: owner.email, password: PASSWORD }
    must((await site.send('POST /login', { body, cookie: device })).status === 200, 'the known device was kept out')
    must((await tryPassword(site, 'victim', PASSWORD)).status === 401, 'the known device unlocked the stranger too')
    await resetPassword(site, owner.email)
    const renewed = await tryPassword(site, 'victim', OTHER_PASSWORD)
    must(renewed.status === 200, 'a reset did not end the lock')
    await guessWrong(site, 'victim', 3)
    site.clock.advance({ hours: 1 })
    must((await tryPassword(site, 'victim', OTHER_PASSWORD)).status === 200, 'a lock outlasted an hour')
    return complaints
  }

  async function resetPassword(site: Site, email: string): Promise<void> {
    await site.send('POST /password/reset', { body: { email } })
    const code = await site.codeFor(email)
    await site.send('POST /password/reset/confirm', { body: { code, newPassword: OTHER_PASSWORD } })
  }

  it('row 78: a besieged owner keeps session, known device and reset, and no lock outlasts an hour', async () => {
    expect(await besiege({}, (cookie) => cookie)).toEqual(HOLDS)
  })

  it('row 78, control: a device that is not known is kept out', async () => {
    const forged = (cookie: string): string =>
      cookie.replace(/\.[\w-]+$/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
    expect(await besiege({}, forged)).toContain('the known device was kept out')
  })

  it('row 78, control: a lock that every attempt makes longer is seen through', async () => {
    const inner = sqliteThrottles()
    const prolonged = (entry: ThrottleEntry | null): ThrottleEntry | null => {
      if (!entry?.lockedUntil) return entry
      const lockedUntil = new Date(entry.lockedUntil.getTime() + 60_000)
      const state = JSON.stringify({ ...JSON.parse(entry.state), lockedUntil: lockedUntil.getTime() })
      return { state, lockedUntil, expiresAt: lockedUntil }
    }
    const throttles: SharedThrottles = {
      ...inner,
      update: (keys, step) =>
        inner.update(keys, (entries) => {
          const { entries: written, result } = step(entries)
          return {
            entries: written.map((entry, index) => (entry === entries[index] ? prolonged(entry) : entry)),
            result,
          }
        }),
    }
    expect(await besiege({ throttles }, (cookie) => cookie)).toContain('guesses during the lock made it longer')
  })
})

describe('doors while a user is locked', () => {
  /** Every way to present a password, with the right one. */
  async function tryEveryDoor(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const owner = await site.addUser('victim')
    const token = await site.tokenFor(owner)
    await guessWrong(site, 'victim', 3)
    site.hasher.forget()
    const currentPassword = PASSWORD
    const login = { identifier: 'victim', password: PASSWORD }
    const doors: Readonly<Record<string, object>> = {
      'POST /login': login,
      'POST /login ': { ...login, carrier: 'cookie' },
      'POST /login  ': { ...login, carrier: 'jwt' },
      'POST /password/change': { currentPassword, newPassword: OTHER_PASSWORD },
      'POST /email/change': { currentPassword, newEmail: 'other@example.org' },
      'POST /username/change': { currentPassword, newUsername: 'other' },
      'DELETE /me': { currentPassword },
    }
    const { must, complaints } = judgement()
    for (const [door, body] of Object.entries(doors)) {
      const { status } = await site.send(door.trim(), { body, token, address: STRANGER })
      must(status === 401 || status === 403, `${door.trim()} answered ${status}`)
    }
    const direct = await site.auth.login(login).then(
      () => 'let in',
      (error: unknown) => (error instanceof AuthError ? error.code : 'failed'),
    )
    must(direct === 'invalid_credentials', `the library was ${direct}`)
    must(site.hasher.guesses() === 0, 'a password was judged during the lock')
    return complaints
  }

  it('row 79: a locked user’s right password opens no door', async () => {
    expect(await tryEveryDoor({})).toEqual(HOLDS)
  })

  it('row 79, control: without a lock the doors open', async () => {
    expect(await tryEveryDoor({ lockout: { maxFailures: 1000 } })).toEqual(saying('POST /login answered 200'))
  })
})

describe('what a lock tells', () => {
  async function compareAnswers(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    await site.addUser('victim')
    await site.addUser('other')
    const open = await tryPassword(site, 'other', 'mistaken-walrus')
    await guessWrong(site, 'victim', 3)
    site.hasher.forget()
    const right = await tryPassword(site, 'victim', PASSWORD)
    const paidForRight = site.hasher.calls.length
    const wrong = await tryPassword(site, 'victim', 'mistaken-walrus')
    const paidForWrong = site.hasher.calls.length - paidForRight
    const { must, complaints } = judgement()
    for (const found of differences(right, wrong)) must(false, `right and wrong differ while locked: ${found}`)
    for (const found of differences(open, wrong)) must(false, `locked and open differ: ${found}`)
    must(paidForRight === 1 && paidForWrong === 1, `${paidForRight} and ${paidForWrong} hashes were computed`)
    must(site.hasher.guesses() === 0, 'the right password was looked at')
    return complaints
  }

  it('row 80: right and wrong passwords answer alike and cost one hash each, locked or not', async () => {
    expect(await compareAnswers({})).toEqual(HOLDS)
  })

  it('row 80, control: a site that reveals its locks is seen through', async () => {
    expect(await compareAnswers({ login: { revealLocks: true } })).toEqual(saying('locked and open differ'))
  })

  async function compareKnownAndUnknown(options: SiteOptions): Promise<Complaints> {
    const site = await openSite({ login: { revealLocks: true }, ...options })
    await site.addUser('victim')
    const { must, complaints } = judgement()
    for (let guess = 0; guess < 5; guess += 1) {
      const known = await tryPassword(site, 'victim', 'mistaken-walrus')
      const unknown = await tryPassword(site, 'nobody', 'mistaken-walrus')
      for (const found of differences(known, unknown)) must(false, `guess ${guess + 1}: ${found}`)
    }
    return complaints
  }

  it('row 81: names that nobody has lock like any other, guess by guess', async () => {
    expect(await compareKnownAndUnknown({})).toEqual(HOLDS)
  })

  it('row 81, control: counting only users who exist is seen through', async () => {
    const throttles = forgetfulThrottles(sqliteThrottles(), (key) => key.startsWith('lock:identifier:'))
    expect(await compareKnownAndUnknown({ throttles })).toEqual(saying('guess 4: status 429 and 401'))
  })
})

describe('the current password behind a stolen session', () => {
  async function guessCurrentPassword(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const owner = await site.addUser('victim')
    const token = await site.tokenFor(owner)
    site.hasher.forget()
    const rows = ['POST /password/change', 'POST /email/change', 'POST /username/change', 'DELETE /me'] as const
    const bodyFor = (row: (typeof rows)[number], currentPassword: string): object => {
      if (row === 'POST /password/change') return { currentPassword, newPassword: OTHER_PASSWORD }
      if (row === 'POST /email/change') return { currentPassword, newEmail: 'thief@example.org' }
      return row === 'DELETE /me' ? { currentPassword } : { currentPassword, newUsername: 'thief' }
    }
    const { must, complaints } = judgement()
    for (const row of rows) {
      const { status } = await site.send(row, { token, body: bodyFor(row, 'mistaken-walrus'), address: STRANGER })
      must(status === 403, `${row} answered ${status} to a wrong password`)
    }
    must(site.hasher.guesses() === 3, `${site.hasher.guesses()} guesses were judged`)
    for (const row of rows) {
      const { status } = await site.send(row, { token, body: bodyFor(row, PASSWORD), address: STRANGER })
      must(status === 403, `${row} answered ${status} during the lock`)
    }
    return complaints
  }

  it('row 83: four endpoints that ask for it share the user’s count', async () => {
    expect(await guessCurrentPassword({})).toEqual(HOLDS)
  })

  it('row 83, control: without a lockout the session guesses on', async () => {
    expect(await guessCurrentPassword({ lockout: { maxFailures: 1000 } })).toEqual(saying('4 guesses were judged'))
  })
})

describe('a limiter that is down', () => {
  async function guessDuringOutage(throttles: SharedThrottles): Promise<Complaints> {
    const site = await openSite({ throttles, rateLimits: {} })
    const victim = await site.addUser('victim')
    const rows: Readonly<Record<string, object>> = {
      'POST /login': { identifier: 'victim', password: victim.password },
      'POST /register': { username: 'new', email: 'new@example.org', password: OTHER_PASSWORD },
      'POST /password/reset': { email: victim.email },
    }
    const { must, complaints } = judgement()
    site.hasher.forget()
    for (const [row, body] of Object.entries(rows)) {
      const answer = await site.send(row, { body })
      must(answer.status === 503, `${row} answered ${answer.status}`)
    }
    must(site.hasher.calls.length === 0, 'a password was hashed or judged without a limit')
    return complaints
  }

  const isDown: SharedThrottles['update'] = () => Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 1 }))

  it('row 86: no password is judged while the counters cannot be reached', async () => {
    expect(await guessDuringOutage({ ...processThrottles(), update: isDown })).toEqual(HOLDS)
  })

  it('row 86, control: a limiter that lets everything pass while it is down is seen through', async () => {
    const open = forgetfulThrottles(processThrottles(), () => true)
    expect(await guessDuringOutage(open)).toEqual(saying('hashed or judged without a limit'))
  })
})
