/** Rows 66, 67, 78, 79 and 83 of the attack table through this door, each with its control. */
import { describe, expect, it } from 'vitest'
import { userNotFound } from '../../../src/dialects/rest-registration/index.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../security/support/complaints.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import { delayedHasher } from '../../security/support/delayed-hasher.ts'
import { racyThrottles, sqliteThrottles } from '../../security/support/throttle-stand-ins.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { doorsTo, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'
import { askedForReset } from './support/links.ts'
import {
  type EngineOptions,
  OTHER_PASSWORD,
  PASSWORD,
  type RestRegistrationWorld,
  restRegistrationWorlds,
} from './support/world.ts'

const newWorld = restRegistrationWorlds()

interface Watched {
  readonly world: RestRegistrationWorld
  readonly hasher: CountingHasher
}

function watchedWorld(engine: EngineOptions = {}, delayMilliseconds = 0): Watched {
  const hasher = countingHasher(delayedHasher(cheapHasher(), delayMilliseconds))
  const lockout = { maxFailuresPerAddress: 100_000, ...engine.lockout }
  return { world: newWorld(EVERY_DOOR, { ...engine, lockout, passwords: { hasher } }), hasher }
}

const OFF: EngineOptions = { lockout: { maxFailures: 1000 } }

const [BY_NAME, BY_ADDRESS] = LOGIN_DOORS

describe('guesses through every door', () => {
  async function guessInTurn(engine: EngineOptions): Promise<Complaints> {
    const { world, hasher } = watchedWorld(engine)
    const doors = await doorsTo(world)
    hasher.forget()
    const { must, complaints } = judgement()
    for (let round = 0; round < 2; round += 1) {
      for (const door of doors) {
        const { status } = await knock(world, door, { password: `mistaken-walrus-${round}` })
        must(status === 400 || status === 401, `${door.name} answered ${status}`)
      }
    }
    must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
    return complaints
  }

  it('row 83: one after the other, by name, by address and by the old password, exactly three are judged', async () => {
    expect(await guessInTurn({})).toEqual(HOLDS)
  })

  it('row 83, control: without a lockout every one of them is', async () => {
    expect(await guessInTurn(OFF)).toEqual(saying('12 guesses were judged'))
  })

  it('row 83, W1: a name and its address are one user, and each guess is one hash and one event', async () => {
    const failed: unknown[] = []
    const hasher = countingHasher(cheapHasher())
    const events = { loginFailed: ({ action }: { readonly action: string }) => void failed.push(action) }
    const world = newWorld(EVERY_DOOR, { passwords: { hasher }, events })
    await world.addUser('victim')
    hasher.forget()
    for (const door of [BY_NAME, BY_ADDRESS, BY_NAME]) await knock(world, door, { password: 'mistaken-walrus' })
    await world.auth.flush()
    expect([hasher.guesses(), hasher.calls.length, failed]).toEqual([3, 3, ['login', 'login', 'login']])
    await knock(world, BY_ADDRESS, { password: PASSWORD })
    expect(hasher.guesses()).toBe(3)
  })

  it('row 83: addresses that the door does not ask for open nothing, and are counted all the same', async () => {
    const hasher = countingHasher(cheapHasher())
    const identifiers = ['username', 'email'] as const
    const world = newWorld({ userLoginFields: ['username'] }, { login: { identifiers }, passwords: { hasher } })
    await world.addUser('victim')
    hasher.forget()
    for (let guess = 0; guess < 4; guess += 1) {
      const json = { login: 'victim@example.org', password: PASSWORD }
      expect((await world.call('POST login/', { json })).status).toBe(400)
    }
    expect([hasher.guesses(), hasher.calls.length]).toEqual([0, 4])
  })

  async function guessAtOnce(engine: EngineOptions): Promise<Complaints> {
    const { world, hasher } = watchedWorld(engine, 20)
    const doors = await doorsTo(world)
    hasher.forget()
    const { must, complaints } = judgement()
    const knocks = Array.from({ length: 6 }, (_, round) =>
      doors.map((door) => knock(world, door, { password: `mistaken-walrus-${round}` })),
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
    expect(await guessAtOnce({ throttles, lockout: { maxWaitMilliseconds: 1 } })).toEqual(saying('guesses were judged'))
  })

  it('row 66: a way in of the site’s own is asked no more often, however many come at once', async () => {
    let asked = 0
    const loginAuthenticator = async (): Promise<never> => {
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      throw userNotFound()
    }
    const world = newWorld({ ...EVERY_DOOR, loginAuthenticator }, { passwords: { hasher: cheapHasher() } })
    await world.addUser('victim')
    const doors = [BY_NAME, BY_ADDRESS, BY_NAME, BY_ADDRESS, BY_NAME, BY_ADDRESS]
    const answers = await Promise.all(doors.map((door) => knock(world, door, { password: PASSWORD })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]))
    expect(asked).toBe(3)
  })
})

describe('doors while a user is locked', () => {
  async function tryEveryDoor(engine: EngineOptions): Promise<Complaints> {
    const { world, hasher } = watchedWorld(engine)
    const doors = await doorsTo(world)
    for (let guess = 0; guess < 3; guess += 1) await knock(world, doors[0], { password: 'mistaken-walrus' })
    hasher.forget()
    const { must, complaints } = judgement()
    for (const door of doors) {
      const { status } = await knock(world, door, { password: PASSWORD })
      must(status === 400 || status === 401, `${door.name} answered ${status}`)
    }
    must(hasher.guesses() === 0, 'a password was judged during the lock')
    return complaints
  }

  it('row 79: the right password opens none of them', async () => {
    expect(await tryEveryDoor({})).toEqual(HOLDS)
  })

  it('row 79, control: without a lock they open', async () => {
    expect(await tryEveryDoor(OFF)).toEqual(saying('login/ by name answered 200'))
  })

  it('row 78: a token that was given before goes on, and the lock ends by itself', async () => {
    const { world } = watchedWorld()
    const { token } = await world.member('victim')
    for (let guess = 0; guess < 4; guess += 1) await knock(world, BY_NAME, { password: 'mistaken-walrus' })
    expect((await world.call('GET profile/', { token })).status).toBe(200)
    expect((await knock(world, BY_NAME, { password: PASSWORD })).status).toBe(400)
    world.clock.advance({ minutes: 1 })
    expect((await knock(world, BY_NAME, { password: PASSWORD })).status).toBe(200)
  })

  it('row 78: a reset ends the lock, through this door', async () => {
    const { world } = watchedWorld()
    await world.addUser('victim')
    for (let guess = 0; guess < 3; guess += 1) await knock(world, BY_NAME, { password: 'mistaken-walrus' })
    const json = { ...(await askedForReset(world, 'victim')), password: OTHER_PASSWORD }
    expect((await world.call('POST reset-password/', { json })).status).toBe(200)
    expect((await knock(world, BY_NAME, { password: OTHER_PASSWORD })).status).toBe(200)
  })
})

describe('what an own success clears', () => {
  async function guessBetweenOwnSuccesses(engine: EngineOptions): Promise<Complaints> {
    const { world, hasher } = watchedWorld(engine)
    await world.addUser('victim')
    await world.addUser('attacker')
    hasher.forget()
    let own = 0
    for (let round = 0; round < 4; round += 1) {
      for (const door of LOGIN_DOORS) {
        await knock(world, door, { password: 'mistaken-walrus' })
        await knock(world, door, { username: 'attacker', password: PASSWORD })
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
