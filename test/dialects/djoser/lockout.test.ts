/** Rows 66, 67, 78, 79, 83 and 84 of the attack table through the doors of this dialect, each with its control. */
import { afterEach, describe, expect, it } from 'vitest'
import { type Complaints, HOLDS, judgement, saying } from '../../security/support/complaints.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import { delayedHasher } from '../../security/support/delayed-hasher.ts'
import { racyThrottles, sqliteThrottles } from '../../security/support/throttle-stand-ins.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { type DjoserSite, djoserSite, OTHER_PASSWORD, PASSWORD, type SiteOptions } from './support/djoser-site.ts'
import { doorsTo, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Watched {
  readonly site: DjoserSite
  readonly hasher: CountingHasher
}

function watchedSite(options: SiteOptions = {}, delayMilliseconds = 0): Watched {
  const hasher = countingHasher(delayedHasher(cheapHasher(), delayMilliseconds))
  const lockout = { maxFailuresPerAddress: 100_000, ...options.lockout }
  const site = djoserSite({ ...options, lockout, passwords: { hasher }, djoser: { ...EVERY_DOOR, ...options.djoser } })
  closing.push(() => site.auth.close())
  return { site, hasher }
}

const OFF: SiteOptions = { lockout: { maxFailures: 1000 } }

describe('guesses through every door', () => {
  async function guessInTurn(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = watchedSite(options)
    const doors = await doorsTo(site)
    hasher.forget()
    const { must, complaints } = judgement()
    for (let round = 0; round < 2; round += 1) {
      for (const door of doors) {
        const { status } = await knock(site, door, { password: `mistaken-walrus-${round}` })
        must(status === 400 || status === 401, `${door.name} answered ${status}`)
      }
    }
    must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
    return complaints
  }

  it('row 83: one after the other, exactly three are judged over all doors together', async () => {
    expect(await guessInTurn({})).toEqual(HOLDS)
  })

  it('row 83, control: without a lockout every one of them is', async () => {
    expect(await guessInTurn(OFF)).toEqual(saying('16 guesses were judged'))
  })

  it('row 83: the number is the one of maxFailures', async () => {
    const { site, hasher } = watchedSite({ lockout: { maxFailures: 5 } })
    const doors = await doorsTo(site)
    hasher.forget()
    for (const door of [...doors, ...doors]) await knock(site, door, { password: 'mistaken-walrus' })
    expect(hasher.guesses()).toBe(5)
  })

  it('row 84: another spelling of a door’s path is no other door', async () => {
    const { site, hasher } = watchedSite()
    await site.addUser('victim')
    hasher.forget()
    const paths = ['token/login', 'token/login/', 'jwt/create', 'jwt/createx', 'jwt/create/../x', 'jwt/create.json?a=1']
    for (const path of [...paths, ...paths]) {
      const { status } = await site.call(`POST ${path}`, { json: { username: 'VICTIM ', password: 'mistaken-walrus' } })
      expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code >= 400 && code < 500)])
    }
    expect(hasher.guesses()).toBe(3)
  })

  async function guessAtOnce(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = watchedSite(options, 20)
    const doors = await doorsTo(site)
    hasher.forget()
    const { must, complaints } = judgement()
    const knocks = Array.from({ length: 6 }, (_, round) =>
      doors.map((door) => knock(site, door, { password: `mistaken-walrus-${round}` })),
    )
    const answers = await Promise.all(knocks.flat())
    must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
    const odd = answers.filter(({ status }) => status !== 400 && status !== 401)
    must(odd.length === 0, `${odd.length} were answered ${odd[0]?.status}`)
    return complaints
  }

  it('row 66: all at once, exactly three are judged over all doors together', async () => {
    expect(await guessAtOnce({})).toEqual(HOLDS)
  })

  it('row 66, control: counting that reads and writes in two steps is seen through', async () => {
    const throttles = racyThrottles(sqliteThrottles())
    const impatient = { maxWaitMilliseconds: 1 }
    expect(await guessAtOnce({ throttles, lockout: impatient })).toEqual(saying('guesses were judged'))
  })

  async function knockRightly(options: SiteOptions): Promise<Complaints> {
    const { site } = watchedSite({ ...options })
    await site.addUser('victim')
    const { must, complaints } = judgement()
    const knocks = Array.from({ length: 8 }, () => LOGIN_DOORS.map((door) => knock(site, door, { password: PASSWORD })))
    const refused = (await Promise.all(knocks.flat())).filter(({ status }) => status !== 200)
    must(refused.length === 0, `${refused.length} were refused, such as with ${refused[0]?.status}`)
    return complaints
  }

  it('row 66: right passwords at once all pass, through every door', async () => {
    expect(await knockRightly({})).toEqual(HOLDS)
  })

  it('row 66, control: a gate that does not wait for a slot is seen through', async () => {
    expect(await knockRightly({ lockout: { maxWaitMilliseconds: 1 } })).toEqual(saying('were refused'))
  })
})

describe('doors while a user is locked', () => {
  async function tryEveryDoor(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = watchedSite(options)
    const doors = await doorsTo(site)
    const [first] = doors
    if (first === undefined) throw new Error('there are no doors')
    for (let guess = 0; guess < 3; guess += 1) await knock(site, first, { password: 'mistaken-walrus' })
    hasher.forget()
    const { must, complaints } = judgement()
    for (const door of doors) {
      const { status } = await knock(site, door, { password: PASSWORD })
      must(status === 400 || status === 401, `${door.name} answered ${status}`)
    }
    must(hasher.guesses() === 0, 'a password was judged during the lock')
    return complaints
  }

  it('row 79: the right password opens none of them', async () => {
    expect(await tryEveryDoor({})).toEqual(HOLDS)
  })

  it('row 79, control: without a lock they open', async () => {
    expect(await tryEveryDoor(OFF)).toEqual(saying('token/login/ answered 200'))
  })

  it('row 78: a token that was given before goes on, and the lock ends by itself', async () => {
    const { site } = watchedSite()
    const { token } = await site.member('victim')
    const [door] = LOGIN_DOORS
    if (door === undefined) throw new Error('there are no doors')
    for (let guess = 0; guess < 4; guess += 1) await knock(site, door, { password: 'mistaken-walrus' })
    expect((await site.call('GET users/me/', { token })).status).toBe(200)
    expect((await knock(site, door, { password: PASSWORD })).status).toBe(400)
    site.clock.advance({ minutes: 1 })
    expect((await knock(site, door, { password: PASSWORD })).status).toBe(200)
  })

  it('row 78: a reset ends the lock, through this door', async () => {
    const { site } = watchedSite()
    await site.addUser('victim')
    const [door] = LOGIN_DOORS
    if (door === undefined) throw new Error('there are no doors')
    for (let guess = 0; guess < 3; guess += 1) await knock(site, door, { password: 'mistaken-walrus' })
    await site.call('POST users/reset_password/', { json: { email: 'victim@example.org' } })
    const [, uid, token] = /\/confirm\/([\w-]+)\/([\w-]+)$/m.exec((await site.mails()).at(-1)?.text ?? '') ?? []
    const json = { uid, token, new_password: OTHER_PASSWORD }
    expect((await site.call('POST users/reset_password_confirm/', { json })).status).toBe(204)
    expect((await knock(site, door, { password: OTHER_PASSWORD })).status).toBe(200)
  })
})

describe('what an own success clears', () => {
  async function guessBetweenOwnSuccesses(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = watchedSite(options)
    await site.addUser('victim')
    await site.addUser('attacker')
    hasher.forget()
    let own = 0
    for (let round = 0; round < 4; round += 1) {
      for (const door of LOGIN_DOORS) {
        await knock(site, door, { password: 'mistaken-walrus' })
        await knock(site, door, { username: 'attacker', password: PASSWORD })
        own += 1
      }
    }
    const { must, complaints } = judgement()
    const atVictim = hasher.guesses() - own
    must(atVictim === 3, `${atVictim} guesses at the victim were judged`)
    return complaints
  }

  it('row 67: logging in to one’s own account does not refill the victim’s count', async () => {
    expect(await guessBetweenOwnSuccesses({})).toEqual(HOLDS)
  })

  it('row 67, control: without a lockout all of them are judged', async () => {
    expect(await guessBetweenOwnSuccesses(OFF)).toEqual(saying('16 guesses at the victim'))
  })
})
