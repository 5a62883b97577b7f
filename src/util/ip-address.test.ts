import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressBucket, canonicalIpAddress, parseIpAddress } from './ip-address.ts'

const almostAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4Extended(),
  fc.stringMatching(/^[0-9a-f:.]{1,20}$/),
  fc.tuple(fc.ipV6(), fc.ipV4()).map(([six, four]) => `${six}:${four}`),
  fc.ipV4().map((four) => `::ffff:${four}`),
)

describe('parseIpAddress', () => {
  it('accepts exactly what the system accepts as an address', () => {
    fc.assert(
      fc.property(almostAddress, (text) => {
        expect(parseIpAddress(text) !== null).toBe(isIP(text) !== 0)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '0x7f.0.0.1',
    '2130706433',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4:80',
  ])('refuses %j as IPv4', (text) => {
    expect(parseIpAddress(text)).toBeNull()
  })

  it.each([
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '[::1]',
    '::1%',
  ])('refuses %j as IPv6', (text) => {
    expect(parseIpAddress(text)).toBeNull()
  })

  it('refuses a megabyte at once', () => {
    const started = performance.now()
    for (const unit of [':', '0:', '::', '1.', '%a']) expect(parseIpAddress(unit.repeat(500_000))).toBeNull()
    expect(performance.now() - started).toBeLessThan(50)
  })
})

describe('canonicalIpAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
    ['::192.0.2.1', '::c000:201'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('writes %s as %s (RFC 5952)', (text, canonical) => {
    expect(canonicalIpAddress(text)).toBe(canonical)
  })

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const canonical = canonicalIpAddress(text) ?? ''
        expect(isIP(canonical)).not.toBe(0)
        expect(canonicalIpAddress(canonical)).toBe(canonical)
      }),
    )
  })

  it('writes IPv6 as the URL parser of the platform does', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = canonicalIpAddress(text) ?? ''
        fc.pre(canonical.includes(':'))
        expect(`[${canonical}]`).toBe(new URL(`http://[${text}]`).hostname)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('addressBucket', () => {
  it('counts an IPv6 address by its /64 (attack 72)', () => {
    const addresses = Array.from(
      { length: 1000 },
      (_, index) => `2001:db8:1:2:${index.toString(16)}::${index.toString(16)}`,
    )
    expect(new Set(addresses.map(addressBucket))).toEqual(new Set(['2001:db8:1:2::/64']))
    expect(addressBucket('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64')
  })

  it('counts IPv4 by address, mapped or not (attack 73)', () => {
    expect(addressBucket('::ffff:1.2.3.4')).toBe(addressBucket('1.2.3.4'))
    expect(addressBucket('::ffff:1.2.3.5')).not.toBe(addressBucket('::ffff:1.2.3.4'))
  })

  it('lets what is no address count for itself', () => {
    expect(addressBucket('unix')).toBe('unix')
  })
})
