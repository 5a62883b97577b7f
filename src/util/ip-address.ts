/**
 * IP addresses as numbers: own code because the rules of this tree keep packages and `node:net` out of the folders that
 * need it (config, commands, http), and because two spellings of one address must never count as two.
 */

/** Eight groups of 16 bits. An IPv4 address is in the form mapped to IPv6, so that both spellings are one. */
export interface IpAddress {
  readonly family: 4 | 6
  readonly groups: readonly number[]
}

/** Reads IPv4 in dotted decimal or IPv6 (RFC 4291 §2.2), with or without a zone, which is dropped. */
export function parseIpAddress(text: string): IpAddress | null {
  if (text.length > MAX_TEXT_LENGTH) return null
  if (!text.includes(':')) return fromIpv4(text)
  const groups = ipv6Groups(text.replace(/%[\w.~-]+$/, ''))
  return groups && { family: isMapped(groups) ? 4 : 6, groups }
}

/** The one spelling of an address: RFC 5952, and an IPv4-mapped IPv6 address as the IPv4 address it is. */
export function formatIpAddress({ family, groups }: IpAddress): string {
  if (family === 4)
    return groups
      .slice(6)
      .flatMap((group) => [group >>> 8, group & 0xff])
      .join('.')
  const { start, length } = longestZeros(groups)
  const hex = groups.map((group) => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

/** The one spelling of an address, or `null` for what is none. */
export function canonicalIpAddress(text: string): string | null {
  const address = parseIpAddress(text)
  return address && formatIpAddress(address)
}

/**
 * Who an address counts for: itself for IPv4, its /64 for IPv6, because one customer has at least that many. Text that
 * is no address counts for itself.
 */
export function addressBucket(text: string): string {
  const address = parseIpAddress(text)
  if (!address) return text
  if (address.family === 4) return formatIpAddress(address)
  return `${formatIpAddress({ family: 6, groups: [...address.groups.slice(0, 4), 0, 0, 0, 0] })}/64`
}

// The longest IPv6 text has 45 characters; the rest is for a zone.
const MAX_TEXT_LENGTH = 100

function fromIpv4(text: string): IpAddress | null {
  const pair = ipv4Groups(text)
  return pair && { family: 4, groups: [0, 0, 0, 0, 0, 0xffff, ...pair] }
}

function ipv4Groups(text: string): readonly [number, number] | null {
  const [, ...octets] = IPV4.exec(text) ?? []
  const [a, b, c, d] = octets.map(Number)
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null
  return [a * 256 + b, c * 256 + d]
}

// No leading zeros: some readers take them for octal, and then two programs see two addresses.
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`)

function ipv6Groups(text: string): readonly number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = '', tail] = halves
  const before = groupsOf(head, tail === undefined)
  const after = tail === undefined ? [] : groupsOf(tail, true)
  if (!before || !after) return null
  const missing = 8 - before.length - after.length
  if (tail === undefined) return missing === 0 ? before : null
  return missing >= 1 ? [...before, ...new Array<number>(missing).fill(0), ...after] : null
}

/** The groups of a text without `::`; only at the very end may the last two be written as IPv4. */
function groupsOf(text: string, isEnd: boolean): readonly number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const last = parts.at(-1) ?? ''
  const embedded = isEnd && last.includes('.') ? ipv4Groups(last) : null
  const hex = embedded ? parts.slice(0, -1) : parts
  if (!hex.every((part) => /^[\da-f]{1,4}$/i.test(part))) return null
  return [...hex.map((part) => Number.parseInt(part, 16)), ...(embedded ?? [])]
}

function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > best.length) best = { start: index - length + 1, length }
  }
  return best
}
