import { describe, expect, it } from 'vitest'
import { quickHasher } from '../../../../src/testing/quick-hasher.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../../security/support/complaints.ts'
import { type CountingHasher, countingHasher } from '../../../security/support/counting-hasher.ts'
import { delayedHasher } from '../../../security/support/delayed-hasher.ts'
import { racyThrottles, sqliteThrottles } from '../../../security/support/throttle-stand-ins.ts'
import { knock } from './doors.ts'
import type { DrfWorld, EngineOptions } from './drf-world.ts'
import type { GuardedWorld, WaysIn } from './guarded-door.ts'
import { OTHER_PASSWORD, PASSWORD } from './passwords.ts'

export interface Watched<W extends GuardedWorld = DrfWorld> {
  readonly world: W
  readonly hasher: CountingHasher
}

/** A world that knows what is hashed in it; nobody is locked for where they come from. */
export function watched<W extends GuardedWorld>(
  { open }: Pick<WaysIn<W>, 'open'>,
  engine: EngineOptions = {},
  delayMilliseconds: number = 0,
): Watched<W> {
  const hasher = countingHasher(delayedHasher(quickHasher(), delayMilliseconds))
  const lockout = { maxFailuresPerAddress: 100_000, ...engine.lockout }
  return { world: open({ ...engine, lockout, passwords: { hasher } }), hasher }
}

/** Rows 66, 67, 78, 79 and 83 of the attack table through a door, each with its control. */
export function lockoutSuite<W extends GuardedWorld>(door: WaysIn<W>): void {
  guessesSuite(door)
  lockedSuite(door)
  ownSuccessSuite(door)
}

const OFF: EngineOptions = { lockout: { maxFailures: 1000 } }

const isRefused = (status: number): boolean => status === 400 || status === 401

function guessesSuite<W extends GuardedWorld>(door: WaysIn<W>): void {
  describe('guesses through every door', () => {
    it('row 83: one after the other, exactly three are judged over all doors together', async () => {
      expect((await guessInTurn(door, {})).complaints).toEqual(HOLDS)
    })

    it('row 83, control: without a lockout every one of them is', async () => {
      const { complaints, guesses } = await guessInTurn(door, OFF)
      expect(complaints).toEqual(saying(`${guesses} guesses were judged`))
    })

    it('row 83: the number is the one of maxFailures', async () => {
      const { world, hasher } = watched(door, { lockout: { maxFailures: 5 } })
      const doors = await door.doorsTo(world)
      hasher.forget()
      for (const way of [...doors, ...doors, ...doors]) await knock(world, way, { password: 'mistaken-walrus' })
      expect(hasher.guesses()).toBe(5)
    })

    it('row 66: all at once, exactly three are judged over all doors together', async () => {
      expect(await guessAtOnce(door, {})).toEqual(HOLDS)
    })

    it('row 66, control: counting that reads and writes in two steps is seen through', async () => {
      const impatient = { throttles: racyThrottles(sqliteThrottles()), lockout: { maxWaitMilliseconds: 1 } }
      expect(await guessAtOnce(door, impatient)).toEqual(saying('guesses were judged'))
    })

    it('row 66: right passwords at once all pass, through every door', async () => {
      // However busy the machine and its database are.
      const patient = { lockout: { maxWaitMilliseconds: 60_000 } }
      expect(await knockRightly(door, patient)).toEqual(HOLDS)
    })

    it('row 66, control: a gate that does not wait for a slot is seen through', async () => {
      expect(await knockRightly(door, { lockout: { maxWaitMilliseconds: 1 } })).toEqual(saying('were refused'))
    })
  })
}

async function guessInTurn<W extends GuardedWorld>(
  door: WaysIn<W>,
  engine: EngineOptions,
): Promise<{ readonly complaints: Complaints; readonly guesses: number }> {
  const { world, hasher } = watched(door, engine)
  const doors = await door.doorsTo(world)
  hasher.forget()
  const { must, complaints } = judgement()
  for (let round = 0; round < 2; round += 1) {
    for (const way of doors) {
      const { status } = await knock(world, way, { password: `mistaken-walrus-${round}` })
      must(isRefused(status), `${way.name} answered ${status}`)
    }
  }
  must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
  return { complaints, guesses: doors.length * 2 }
}

async function guessAtOnce<W extends GuardedWorld>(door: WaysIn<W>, engine: EngineOptions): Promise<Complaints> {
  const { world, hasher } = watched(door, engine, 20)
  const doors = await door.doorsTo(world)
  hasher.forget()
  const { must, complaints } = judgement()
  const knocks = Array.from({ length: 6 }, (_, round) =>
    doors.map((way) => knock(world, way, { password: `mistaken-walrus-${round}` })),
  )
  const answers = await Promise.all(knocks.flat())
  must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
  const odd = answers.filter(({ status }) => !isRefused(status))
  must(odd.length === 0, `${odd.length} were answered ${odd[0]?.status}`)
  return complaints
}

async function knockRightly<W extends GuardedWorld>(door: WaysIn<W>, engine: EngineOptions): Promise<Complaints> {
  const { world } = watched(door, engine)
  await world.addUser('victim')
  const { must, complaints } = judgement()
  const knocks = Array.from({ length: 8 }, () =>
    door.loginDoors.map((way) => knock(world, way, { password: PASSWORD })),
  )
  const refused = (await Promise.all(knocks.flat())).filter(({ status }) => status !== 200)
  must(refused.length === 0, `${refused.length} were refused, such as with ${refused[0]?.status}`)
  return complaints
}

function lockedSuite<W extends GuardedWorld>(door: WaysIn<W>): void {
  const [first] = door.loginDoors

  describe('doors while a user is locked', () => {
    it('row 79: the right password opens none of them', async () => {
      expect(await tryEveryDoor(door, {})).toEqual(HOLDS)
    })

    it('row 79, control: without a lock they open', async () => {
      expect(await tryEveryDoor(door, OFF)).toEqual(saying(`${first.name} answered 200`))
    })

    it('row 78: a token that was given before goes on, and the lock ends by itself', async () => {
      const { world } = watched(door)
      const { token } = await world.member('victim')
      for (let guess = 0; guess < 4; guess += 1) await knock(world, first, { password: 'mistaken-walrus' })
      expect((await world.call(door.ownRow, { token })).status).toBe(200)
      expect((await knock(world, first, { password: PASSWORD })).status).toBe(400)
      world.clock.advance({ minutes: 1 })
      expect((await knock(world, first, { password: PASSWORD })).status).toBe(200)
    })

    it('row 78: a reset ends the lock, through this door', async () => {
      const { world } = watched(door)
      await world.addUser('victim')
      for (let guess = 0; guess < 3; guess += 1) await knock(world, first, { password: 'mistaken-walrus' })
      await door.resetPassword(world, 'victim')
      expect((await knock(world, first, { password: OTHER_PASSWORD })).status).toBe(200)
    })
  })
}

async function tryEveryDoor<W extends GuardedWorld>(door: WaysIn<W>, engine: EngineOptions): Promise<Complaints> {
  const { world, hasher } = watched(door, engine)
  const doors = await door.doorsTo(world)
  for (let guess = 0; guess < 3; guess += 1) await knock(world, doors[0], { password: 'mistaken-walrus' })
  hasher.forget()
  const { must, complaints } = judgement()
  for (const way of doors) {
    const { status } = await knock(world, way, { password: PASSWORD })
    must(isRefused(status), `${way.name} answered ${status}`)
  }
  must(hasher.guesses() === 0, 'a password was judged during the lock')
  return complaints
}

function ownSuccessSuite<W extends GuardedWorld>(door: WaysIn<W>): void {
  describe('what an own success clears', () => {
    it('row 67: logging in to one’s own account does not refill the victim’s count', async () => {
      expect((await guessBetweenOwnSuccesses(door, {})).complaints).toEqual(HOLDS)
    })

    it('row 67, control: without a lockout all of them are judged', async () => {
      const { complaints, guesses } = await guessBetweenOwnSuccesses(door, OFF)
      expect(complaints).toEqual(saying(`${guesses} guesses at the victim`))
    })
  })
}

async function guessBetweenOwnSuccesses<W extends GuardedWorld>(
  door: WaysIn<W>,
  engine: EngineOptions,
): Promise<{ readonly complaints: Complaints; readonly guesses: number }> {
  const { world, hasher } = watched(door, engine)
  await world.addUser('victim')
  await world.addUser('attacker')
  hasher.forget()
  let own = 0
  for (let round = 0; round < 4; round += 1) {
    for (const way of door.loginDoors) {
      await knock(world, way, { password: 'mistaken-walrus' })
      await knock(world, way, { username: 'attacker', password: PASSWORD })
      own += 1
    }
  }
  const { must, complaints } = judgement()
  const atVictim = hasher.guesses() - own
  must(atVictim === 3, `${atVictim} guesses at the victim were judged`)
  return { complaints, guesses: own }
}
