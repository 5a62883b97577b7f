import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIpAddress } from './ip-address.ts'
import { parseIpRange, rangeContains } from './ip-range.ts'

function contains(range: string, address: string): boolean {
  const parsed = parseIpAddress(address)
  return parsed !== null && rangeContains(parseIpRange(range), parsed)
}

describe('parseIpRange', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', '11.0.0.0'],
    ['10.0.0.0/8', '::ffff:10.1.2.3', '::10.1.2.3'],
    ['192.0.2.128/25', '192.0.2.129', '192.0.2.127'],
    ['192.0.2.7', '192.0.2.7', '192.0.2.8'],
    ['192.0.2.7/32', '192.0.2.7', '192.0.2.6'],
    ['2001:db8::/32', '2001:db8:ffff::1', '2001:db9::1'],
    ['2001:db8::1', '2001:DB8:0::1', '2001:db8::2'],
    ['2001:db8:0:8000::/49', '2001:db8:0:ffff::', '2001:db8:0:7fff::'],
    ['::1/128', '::1', '::2'],
  ])('takes %s for a range with %s in it and without %s', (range, inside, outside) => {
    expect(contains(range, inside)).toBe(true)
    expect(contains(range, outside)).toBe(false)
  })

  it('keeps IPv4 out of IPv6 ranges, however wide', () => {
    expect(contains('::/1', '10.0.0.1')).toBe(false)
    expect(contains('::/1', '::ffff:10.0.0.1')).toBe(false)
  })

  it.each([
    '::ffff:10.0.0.0/8',
    '::ffff:10.0.0.0/104',
    '::ffff:10.0.0.1',
    '10.0.0.0/33',
    '2001:db8::/129',
    '0.0.0.0/0',
    '::/0',
    '*',
    '',
    ' 10.0.0.0/8',
    '10.0.0.0/8 ',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/+8',
    '10.0.0.0/8.0',
    '10.0.0.0/-1',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0/8/8',
    '10/8',
    '10.*',
    '010.0.0.0/8',
    'fe80::1%eth0',
    'localhost',
    'uniquelocal',
    'true',
  ])('refuses %j, which might trust more than it seems to (attack 71)', (text) => {
    expect(() => parseIpRange(text)).toThrow(TypeError)
  })

  it('refuses bits beyond the prefix and says what was probably meant', () => {
    expect(() => parseIpRange('10.1.2.3/8')).toThrow('the range begins at 10.0.0.0; write that')
    expect(() => parseIpRange('2001:db8::1/64')).toThrow('the range begins at 2001:db8::; write that')
  })

  it('judges as the system does', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 32 }), address, (first, prefix, other) => {
        const number = first.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
        const start = number - (number % 2 ** (32 - prefix))
        const network = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')
        const list = new BlockList()
        list.addSubnet(network, prefix)
        for (const one of [other, first]) {
          const expected = list.check(one, isIP(one) === 4 ? 'ipv4' : 'ipv6')
          expect(contains(`${network}/${prefix}`, one)).toBe(expected)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
