import { describe, expect, it } from 'vitest'
import { parseIpRange } from '../util/ip-range.ts'
import { clientAddress } from './client-address.ts'

const proxies = ['10.0.0.0/8', '2001:db8:1::/48'].map(parseIpRange)

const client = (peer: string | null, forwardedFor: string | null, trusted = proxies) =>
  clientAddress({ peer, forwardedFor, trusted })

describe('clientAddress', () => {
  it('is the peer, in its one spelling, when no proxy is trusted (attacks 70 and 73)', () => {
    expect(client('192.0.2.1', '198.51.100.9', [])).toBe('192.0.2.1')
    expect(client('::ffff:192.0.2.1', null, [])).toBe('192.0.2.1')
    expect(client('2001:DB8::0:1', '198.51.100.9', [])).toBe('2001:db8::1')
  })

  it('believes nobody but a trusted peer (attack 70)', () => {
    expect(client('192.0.2.1', '198.51.100.9')).toBe('192.0.2.1')
    expect(client('10.0.0.1', '198.51.100.9')).toBe('198.51.100.9')
    expect(client('::ffff:10.0.0.1', '198.51.100.9')).toBe('198.51.100.9')
  })

  it('takes the first hop from the right that is not trusted, and ignores what that client wrote (attack 70)', () => {
    expect(client('10.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.9')).toBe('198.51.100.9')
    expect(client('10.0.0.1', '1.1.1.1, 10.9.9.9, 198.51.100.9, 10.0.0.2,2001:db8:1::7')).toBe('198.51.100.9')
    expect(client('10.0.0.1', '10.0.0.3, 198.51.100.9')).toBe('198.51.100.9')
  })

  it('is the outermost proxy when all hops are trusted or none is named', () => {
    expect(client('10.0.0.1', '10.0.0.3, 10.0.0.2')).toBe('10.0.0.3')
    expect(client('10.0.0.1', null)).toBe('10.0.0.1')
    expect(client('10.0.0.1', '')).toBe('10.0.0.1')
  })

  it.each([
    'unknown',
    '_hidden',
    '198.51.100',
    '198.51.100.9 evil',
    'for=198.51.100.9',
    '"198.51.100.9"',
    ',',
    '[::1',
    '1.2.3.4:port',
  ])('stops at a hop that is no address, and never looks past it: %j', (hop) => {
    expect(client('10.0.0.1', `1.1.1.1, ${hop}`)).toBe('10.0.0.1')
  })

  it('reads hops with ports and brackets', () => {
    expect(client('10.0.0.1', '198.51.100.9:4711')).toBe('198.51.100.9')
    expect(client('10.0.0.1', '[2001:db8:2::1]:4711')).toBe('2001:db8:2::1')
    expect(client('10.0.0.1', '[2001:db8:2::1]')).toBe('2001:db8:2::1')
  })

  it('is unknown where there is no address to trust (attack 74)', () => {
    expect(client(null, '198.51.100.9')).toBeNull()
    expect(client('', '198.51.100.9')).toBeNull()
  })

  it('reads a header of a megabyte at once', () => {
    const started = performance.now()
    expect(client('10.0.0.1', '10.0.0.2,'.repeat(110_000))).toBe('10.0.0.1')
    expect(client('10.0.0.1', '1'.repeat(1_000_000))).toBe('10.0.0.1')
    expect(performance.now() - started).toBeLessThan(200)
  })
})
