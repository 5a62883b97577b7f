import { expect } from 'vitest'
import type { CodePurpose } from '../../model/code.ts'
import type { JsonValue } from '../../model/field.ts'
import type { Promises } from './promises.ts'
import { atOnce, codeOf, digestOf, HOSTILE_TEXTS, insertNamed, later, MINUTE, NOW } from './store-samples.ts'

const DIGEST = digestOf('code')
const END = later(10 * MINUTE)
const LAST_MOMENT = later(10 * MINUTE - 1)

const OTHER_PURPOSES: readonly CodePurpose[] = [
  'verify-email',
  'spent-verify-email',
  'reset-username',
  'change-email',
  'cancel-email-change',
  'unlock',
]

/** How mailed codes are kept and used up. */
export const codePromises: Promises = {
  'reads a code without using it up, and takes it once': async (store) => {
    const code = codeOf(await insertNamed(store, 'ann'))
    await store.codes.insert(code)
    expect(await store.codes.find(DIGEST, 'reset-password', NOW)).toEqual(code)
    expect(await store.codes.find(DIGEST, 'reset-password', NOW)).toEqual(code)
    expect(await store.codes.take(DIGEST, 'reset-password', NOW)).toEqual(code)
    expect(await store.codes.take(DIGEST, 'reset-password', NOW)).toBeNull()
    expect(await store.codes.find(DIGEST, 'reset-password', NOW)).toBeNull()
  },
  'gives a code to exactly one of many concurrent takers': async (store) => {
    await store.codes.insert(codeOf(await insertNamed(store, 'ann')))
    const results = await atOnce(20, () => store.codes.take(DIGEST, 'reset-password', NOW))
    expect(results.filter((result) => result !== null)).toHaveLength(1)
  },
  'never opens another purpose': async (store) => {
    await store.codes.insert(codeOf(await insertNamed(store, 'ann')))
    for (const purpose of OTHER_PURPOSES) {
      expect(await store.codes.find(DIGEST, purpose, NOW), purpose).toBeNull()
      expect(await store.codes.take(DIGEST, purpose, NOW), purpose).toBeNull()
    }
    expect(await store.codes.take(DIGEST, 'reset-password', NOW)).not.toBeNull()
  },
  'honours a code up to the millisecond before it expires': async (store) => {
    await store.codes.insert(codeOf(await insertNamed(store, 'ann'), { expiresAt: END }))
    expect(await store.codes.find(DIGEST, 'reset-password', END)).toBeNull()
    expect(await store.codes.take(DIGEST, 'reset-password', END)).toBeNull()
    expect(await store.codes.find(DIGEST, 'reset-password', LAST_MOMENT)).not.toBeNull()
    expect(await store.codes.take(DIGEST, 'reset-password', LAST_MOMENT)).not.toBeNull()
  },
  'knows nothing of another digest': async (store) => {
    await store.codes.insert(codeOf(await insertNamed(store, 'ann')))
    for (const digest of [digestOf('other'), DIGEST.subarray(1), new Uint8Array(0)]) {
      expect(await store.codes.take(digest, 'reset-password', NOW)).toBeNull()
    }
  },
  'keeps any payload as it is': async (store) => {
    const user = await insertNamed(store, 'ann')
    const payloads: readonly JsonValue[] = [
      null,
      true,
      0,
      -1.5,
      '',
      'null',
      [],
      {},
      [1, [2, { three: null }]],
      { 'a key': { nested: ['deep', false] } },
      ...HOSTILE_TEXTS,
      Object.fromEntries(HOSTILE_TEXTS.map((text) => [text, text])),
      'nul \0 inside JSON',
    ]
    for (const [index, payload] of payloads.entries()) {
      await store.codes.insert(codeOf(user, { digest: digestOf(`${index}`), payload }))
      expect(await store.codes.take(digestOf(`${index}`), 'reset-password', NOW)).toMatchObject({ payload })
    }
  },
  'refuses a code of a user who is not there': async (store) => {
    const user = await insertNamed(store, 'ann')
    await store.users.delete(user.id)
    await expect(store.codes.insert(codeOf(user))).rejects.toThrow()
  },
  'keeps several live codes of a purpose, and removes them by purpose or all together': async (store) => {
    const ann = await insertNamed(store, 'ann')
    const bob = await insertNamed(store, 'bob')
    const codes = [
      codeOf(ann, { digest: digestOf('reset 1') }),
      codeOf(ann, { digest: digestOf('reset 2') }),
      codeOf(ann, { digest: digestOf('verify'), purpose: 'verify-email' }),
      codeOf(bob, { digest: digestOf('of somebody else') }),
    ]
    for (const code of codes) await store.codes.insert(code)
    const left = async () => {
      const found = await Promise.all(codes.map(({ digest, purpose }) => store.codes.find(digest, purpose, NOW)))
      return found.filter((code) => code !== null)
    }
    expect(await left()).toEqual(codes)
    await store.codes.deleteForUser(ann.id, 'reset-password')
    expect(await left()).toEqual(codes.slice(2))
    await store.codes.deleteForUser(ann.id)
    expect(await left()).toEqual(codes.slice(3))
  },
  'deletes codes that expired before the moment, in batches': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (let index = 0; index < 5; index += 1) {
      await store.codes.insert(codeOf(user, { digest: digestOf(`${index}`), expiresAt: later(-1) }))
    }
    await store.codes.insert(codeOf(user, { digest: digestOf('expires now'), expiresAt: NOW }))
    await store.codes.insert(codeOf(user))
    expect(await store.codes.deleteExpired(NOW, 3)).toBe(3)
    expect(await store.codes.deleteExpired(NOW, 3)).toBe(2)
    expect(await store.codes.deleteExpired(NOW, 3)).toBe(0)
    expect(await store.codes.deleteExpired(later(1), 3)).toBe(1)
    expect(await store.codes.find(DIGEST, 'reset-password', NOW)).not.toBeNull()
  },
}
