import { describe, expect, it } from 'vitest'
import { parseIpAddress } from '../util/ip-address.ts'
import { rangeContains } from '../util/ip-range.ts'
import { collectProblems } from '../util/option-problems.ts'
import { checkShapes } from './check-shapes.ts'
import type { EngineOptions, LockoutOptions } from './options.ts'
import { resolveLockout } from './resolve-lockout.ts'
import type { ResolvedLockout } from './resolved-config.ts'

function resolved(lockout: LockoutOptions): ResolvedLockout {
  const problems = collectProblems()
  const result = resolveLockout(lockout, problems)
  problems.throwIfAny()
  return result
}

/** What is told of options that a program may have written in JavaScript. */
function complaints(lockout: unknown): readonly string[] {
  const problems = collectProblems()
  const site = { name: 'Acme', origin: 'https://acme.test' }
  const options = checkShapes(
    { site, store: { open: () => null }, secrets: [], lockout } as unknown as EngineOptions,
    problems,
  )
  resolveLockout(options.lockout, problems)
  try {
    problems.throwIfAny('')
    return []
  } catch (error) {
    return error instanceof TypeError ? error.message.split('\n  - ').slice(1) : [String(error)]
  }
}

describe('the keys of the lockout', () => {
  it('have one order of parts and of keys, and none twice', () => {
    const keys = resolved({ keys: ['address', ['agent', 'address', 'user'], 'user', ['user'], 'identifier'] }).keys
    expect(keys).toEqual([['user', 'address', 'agent'], ['user'], ['identifier'], ['address']])
  })

  it.each([
    [[['user', 'address']], [['user', 'address']]],
    [['user'], [['user']]],
    [[['user', 'identifier']], [['user', 'identifier']]],
    [
      [['identifier', 'agent'], 'user', ['address', 'agent']],
      [['user'], ['identifier', 'agent'], ['address', 'agent']],
    ],
  ] as const)('may be %j', (keys, expected) => {
    expect(resolved({ keys }).keys).toEqual(expected)
  })

  it.each([
    [['agent', 'user'], 'lockout.keys must not count "agent" by itself'],
    [['address'], 'lockout.keys must hold "user", alone or together'],
    [[], 'lockout.keys must hold "user", alone or together'],
    [[['address', 'agent']], 'lockout.keys must hold "user", alone or together'],
    [['identifier'], 'lockout.keys must hold "user", alone or together'],
    [['identifier', 'address'], 'lockout.keys must hold "user", alone or together'],
    [[['identifier', 'address']], 'lockout.keys must hold "user", alone or together'],
    [[['user', 'agent']], 'lockout.keys must hold one with "user" and without "agent"'],
    [[['user', 'agent'], 'identifier', 'address'], 'lockout.keys must hold one with "user" and without "agent"'],
    [['user', []], 'lockout.keys must not hold an empty list'],
    ['user', 'lockout.keys must be a list'],
    [['user', 'ip'], 'lockout.keys[1] must be "user" or "identifier" or "address" or "agent"; it is "ip"'],
    [['user', ['address', 7]], 'lockout.keys[1][1] must be "user" or'],
    [['user', null], 'lockout.keys[1] must be "user" or'],
  ])('are refused with the reason: %j', (keys, beginning) => {
    const told = complaints({ keys })
    expect(
      told.some((line) => line.startsWith(beginning)),
      told.join('\n'),
    ).toBe(true)
  })
})

describe('how long locks last', () => {
  it('doubles from the first to the longest, or is as it is written', () => {
    expect(resolved({}).lockTiersSeconds).toEqual([60, 120, 240, 480, 960, 1920, 3600])
    expect(resolved({ firstLockSeconds: 60, maxLockSeconds: 60 }).lockTiersSeconds).toEqual([60])
    expect(resolved({ lockTiersSeconds: [60, 60, 86_400] }).lockTiersSeconds).toEqual([60, 60, 86_400])
    expect(resolved({ dangerouslyPermanent: true }).lockTiersSeconds).toBeNull()
  })

  it('is remembered for longer than any of them lasts', () => {
    expect(resolved({}).forgetAfterSeconds).toBe(86_400)
    expect(resolved({ lockTiersSeconds: [60, 3600] }).forgetAfterSeconds).toBe(86_400)
    expect(resolved({ lockTiersSeconds: [60, 86_400] }).forgetAfterSeconds).toBe(172_800)
    expect(resolved({ lockTiersSeconds: [60], forgetAfterSeconds: 61 }).forgetAfterSeconds).toBe(61)
  })

  it.each([
    [{ lockTiersSeconds: [] }, 'lockout.lockTiersSeconds must hold at least one duration, such as 60'],
    [{ lockTiersSeconds: 60 }, 'lockout.lockTiersSeconds must be a list'],
    [{ lockTiersSeconds: [60, '3600'] }, 'lockout.lockTiersSeconds[1] must be a whole number, 1 or more; it is "3600"'],
    [{ lockTiersSeconds: [0] }, 'lockout.lockTiersSeconds[0] must be a whole number, 1 or more; it is 0'],
    [{ lockTiersSeconds: [60, 30] }, 'lockout.lockTiersSeconds must not hold a shorter lock after a longer one'],
    [
      { lockTiersSeconds: [60], firstLockSeconds: 60 },
      'lockout.firstLockSeconds must be left out with lockout.lockTiersSeconds',
    ],
    [
      { lockTiersSeconds: [60], maxLockSeconds: 60 },
      'lockout.maxLockSeconds must be left out with lockout.lockTiersSeconds',
    ],
    [
      { dangerouslyPermanent: true, maxLockSeconds: 60 },
      'lockout.maxLockSeconds must be left out with lockout.dangerouslyPermanent',
    ],
    [
      { dangerouslyPermanent: true, lockTiersSeconds: [60] },
      'lockout.lockTiersSeconds must be left out with lockout.dangerouslyPermanent',
    ],
    [{ dangerouslyPermanent: 'yes' }, 'lockout.dangerouslyPermanent must be true or false; it is "yes"'],
    [{ firstLockSeconds: 90, maxLockSeconds: 60 }, 'lockout.maxLockSeconds must not be shorter than'],
    [{ lockTiersSeconds: [60, 3600], forgetAfterSeconds: 3600 }, 'lockout.forgetAfterSeconds must be longer than'],
    [{ forgetAfterSeconds: 0 }, 'lockout.forgetAfterSeconds must be a whole number'],
  ])('is refused where it makes no sense: %j', (lockout, beginning) => {
    const told = complaints(lockout)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(beginning)
  })
})

describe('the lists of the lockout', () => {
  it('hold ranges, and names in their canonical form', () => {
    const { neverLock } = resolved({
      neverLock: { addresses: ['10.0.0.0/8', '::1'], identifiers: [' Ann@Example.ORG'] },
    })
    const address = parseIpAddress('10.1.2.3')
    expect(neverLock.addresses.map((range) => address !== null && rangeContains(range, address))).toEqual([true, false])
    expect([...neverLock.identifiers]).toEqual(['ann@example.org'])
  })

  it.each([
    [{ neverLock: { addresses: ['0.0.0.0/0'] } }, 'lockout.neverLock.addresses "0.0.0.0/0" is not an address range'],
    [{ alwaysRefuse: { addresses: ['somewhere'] } }, 'lockout.alwaysRefuse.addresses "somewhere" is not'],
    [{ alwaysRefuse: { identifiers: 'root' } }, 'lockout.alwaysRefuse.identifiers must be a list of texts'],
    [{ alwaysRefuse: { identifiers: [''] } }, 'lockout.alwaysRefuse.identifiers must be a list of texts'],
    [{ neverLock: { ips: [] } }, 'there is no option "lockout.neverLock.ips"'],
    [{ neverLock: ['10.0.0.1'] }, 'lockout.neverLock must be an object with options'],
  ])('are refused with the reason: %j', (lockout, beginning) => {
    const told = complaints(lockout)
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(beginning)
  })
})
