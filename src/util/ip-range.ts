import { formatIpAddress, type IpAddress, parseIpAddress } from './ip-address.ts'

/** A block of addresses of one family. */
export interface IpRange {
  readonly first: IpAddress
  /** Bits of the 128 that all its addresses share; an IPv4 prefix counts from the 96th. */
  readonly bits: number
}

/**
 * Reads an address or a CIDR range, strictly, because a range that is wider than it looks trusts everybody
 * (CVE-2026-90711, CVE-2026-92395).
 *
 * @throws {TypeError} for anything that is none, for bits beyond the prefix, for a prefix of 0, and for IPv4 written as
 * IPv6, where the prefix may be meant either way
 */
export function parseIpRange(text: string): IpRange {
  const [address = '', prefix, ...more] = text.split('/')
  const first = address.includes('%') ? null : parseIpAddress(address)
  if (!first || more.length > 0) throw problem(text, 'write an address or a range such as 10.0.0.0/8 or 2001:db8::/32')
  if (first.family === 4 && address.includes(':')) throw problem(text, 'write an IPv4 range as IPv4')
  const range = { first, bits: readBits(text, first, prefix) }
  const start = { family: first.family, groups: masked(first.groups, range.bits) }
  if (!rangeContains({ ...range, bits: 128 }, start)) {
    throw problem(text, `the range begins at ${formatIpAddress(start)}; write that`)
  }
  return range
}

/** Tells whether an address lies in a range; an IPv6 range never has IPv4 addresses in it. */
export function rangeContains(range: IpRange, address: IpAddress): boolean {
  if (range.first.family !== address.family) return false
  const groups = masked(address.groups, range.bits)
  return groups.every((group, index) => group === range.first.groups[index])
}

function readBits(text: string, first: IpAddress, prefix: string | undefined): number {
  if (prefix === undefined) return 128
  const max = first.family === 4 ? 32 : 128
  const length = /^[1-9]\d{0,2}$/.test(prefix) ? Number(prefix) : 0
  if (length < 1 || length > max) throw problem(text, `the part after / must be a whole number from 1 to ${max}`)
  return 128 - max + length
}

function masked(groups: readonly number[], bits: number): readonly number[] {
  return groups.map((group, index) => {
    const kept = Math.min(Math.max(bits - index * 16, 0), 16)
    return group & (0xffff << (16 - kept)) & 0xffff
  })
}

function problem(text: string, advice: string): TypeError {
  return new TypeError(`"${text}" is not an address range: ${advice}`)
}
