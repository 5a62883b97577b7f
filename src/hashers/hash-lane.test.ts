import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { execPath } from 'node:process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../contracts/password-hasher.ts'
import { passwordHasherConformance } from '../testing/password-hasher-conformance.ts'
import { hashLane } from './hash-lane.ts'

const ARGON2 = { memoryKiB: 19456, passes: 2, parallelism: 1 }
const CHEAP = { memoryKiB: 64, passes: 1, parallelism: 1 }

describe('hashLane', () => {
  passwordHasherConformance({
    newHasher: () => hashLane({ argon2: { ...CHEAP, memoryKiB: 4096 }, workers: 2, maxQueueSeconds: 3 }),
  })

  let lane: PasswordHasher

  beforeEach(() => {
    lane = hashLane({ argon2: CHEAP, workers: 1, maxQueueSeconds: 3 })
  })

  afterEach(() => lane.close())

  it('writes Argon2id in Django’s text, with a salt that Django keeps', async () => {
    expect(await lane.hash({ password: 'secret', fairnessKey: 'ann' })).toMatch(
      /^argon2\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{30}\$[A-Za-z0-9+/]{43}$/,
    )
  })

  it('says whether a text has exactly the parameters of today', async () => {
    const encoded = await lane.hash({ password: 'secret', fairnessKey: 'ann' })
    expect(lane.needsRehash(encoded)).toBe(false)
    expect(hashLane({ argon2: ARGON2, workers: 1, maxQueueSeconds: 1 }).needsRehash(encoded)).toBe(true)
  })

  it('keeps a flood under one key from holding up another', async () => {
    const order: string[] = []
    const names = [...Array.from({ length: 40 }, () => 'flood'), 'ann']
    await Promise.all(
      names.map(async (fairnessKey) => {
        await lane.verify({ password: 'wrong', fairnessKey }, null)
        order.push(fairnessKey)
      }),
    )
    expect(order.indexOf('ann')).toBeLessThan(4)
  })

  it('never takes a lone surrogate for another one', async () => {
    // In UTF-8 both would be U+FFFD.
    const encoded = await lane.hash({ password: '\ufffd', fairnessKey: 'ann' })
    expect(await lane.verify({ password: '\ud800', fairnessKey: 'ann' }, encoded)).toBe(false)
    await expect(lane.hash({ password: '\ud800', fairnessKey: 'ann' })).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { password: [{ code: 'surrogate_characters' }] } },
    })
    expect(lane.evaluations()).toBe(2)
  })

  it.each([
    ['no workers', { argon2: CHEAP, workers: 0, maxQueueSeconds: 1 }],
    ['half a worker', { argon2: CHEAP, workers: 0.5, maxQueueSeconds: 1 }],
    ['no queue', { argon2: CHEAP, workers: 1, maxQueueSeconds: 0 }],
    ['no passes', { argon2: { ...CHEAP, passes: 0 }, workers: 1, maxQueueSeconds: 1 }],
    ['less memory than the lanes need', { argon2: { ...CHEAP, parallelism: 9 }, workers: 1, maxQueueSeconds: 1 }],
    [
      'more memory than it would verify',
      { argon2: { ...CHEAP, memoryKiB: 1_048_576 }, workers: 1, maxQueueSeconds: 1 },
    ],
  ])('refuses to be made with %s', (_, options) => {
    expect(() => hashLane(options)).toThrow(TypeError)
  })

  it('starts its threads with the first password, 10 steps nicer', async ({ skip }) => {
    skip(!existsSync('/proc/thread-self'), 'only Linux has a priority for each thread')
    const nicer = Math.min(19, getPriority() + 10)
    expect(nicenessOfThreads()).not.toContain(nicer)
    await lane.hash({ password: 'secret', fairnessKey: 'ann' })
    expect(nicenessOfThreads()).toContain(nicer)
  })

  it('lets the process end while its workers idle, but not while they work', async () => {
    const program = `
      const { hashLane } = await import(${JSON.stringify(new URL('./hash-lane.ts', import.meta.url).href)})
      const lane = hashLane({ argon2: ${JSON.stringify(ARGON2)}, workers: 1, maxQueueSeconds: 60 })
      const request = { password: 'secret', fairnessKey: 'ann' }
      await lane.hash(request)
      for (let job = 0; job < 6; job += 1) lane.hash(request).then(() => console.log('done'))`
    const { stdout } = await promisify(execFile)(execPath, ['--input-type=module', '--eval', program], {
      timeout: 20_000,
    })
    expect(stdout).toBe('done\n'.repeat(6))
  })
})

/** proc(5): the 19th field of `stat`; the second is a name in brackets, which may hold spaces. */
function nicenessOfThreads(): number[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
  })
}
