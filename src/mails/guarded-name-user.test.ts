import { expect, it } from 'vitest'
import type { Account } from '../model/account.ts'
import { guardedNameUser } from './guarded-name-user.ts'

const ANN = { id: 7 } as unknown as Account

/** What a function of the application comes to, and what is logged of it. */
async function tried(
  displayName: (account: Account) => unknown,
): Promise<readonly [string | null, readonly unknown[]]> {
  const logged: unknown[] = []
  const logger = { debug() {}, info() {}, warn() {}, error: (fields: object) => void logged.push(fields) }
  const name = guardedNameUser(displayName, logger)(ANN)
  await new Promise((settle) => setImmediate(settle))
  return [name, logged]
}

it('hands on what the function gives', async () => {
  expect(await tried(({ id }) => `user ${id}`)).toEqual(['user 7', []])
})

it.each([undefined, null, 7, {}, ['Ann'], Symbol('Ann')])('takes %s for no name, and says so', async (value) => {
  expect(await tried(() => value)).toEqual([null, [expect.objectContaining({ option: 'user.displayName', userId: 7 })]])
})

it('outlives a function that throws, now or later', async () => {
  const failed = new Error('no')
  expect(
    await tried(() => {
      throw failed
    }),
  ).toEqual([null, [expect.objectContaining({ err: failed })]])
  expect(await tried(() => Promise.reject(failed))).toEqual([
    null,
    [expect.objectContaining({ err: expect.any(TypeError) }), expect.objectContaining({ err: failed })],
  ])
})
