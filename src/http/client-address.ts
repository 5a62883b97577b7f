import { formatIpAddress, type IpAddress, parseIpAddress } from '../util/ip-address.ts'
import { type IpRange, rangeContains } from '../util/ip-range.ts'

export interface AddressEvidence {
  /** The socket's remote address; `null` where there is none, as on a Unix socket. */
  readonly peer: string | null
  /** The value of `X-Forwarded-For`, several headers joined by commas as `Headers` does. */
  readonly forwardedFor: string | null
  /** The proxies whose word is believed, from `parseIpRange`. */
  readonly trusted: readonly IpRange[]
}

/**
 * The address a request counts for, in its one spelling, or `null` when nobody trustworthy names one.
 *
 * Read from the right: each trusted hop vouches only for the one before it, and the first hop that is not trusted is
 * the client. What stands further left was written by that client and is not looked at.
 */
export function clientAddress({ peer, forwardedFor, trusted }: AddressEvidence): string | null {
  let client = peer === null ? null : parseIpAddress(peer)
  const hops = forwardedFor?.split(',') ?? []
  while (client && isTrusted(client, trusted)) {
    const hop = hops.pop()
    const before = hop === undefined ? null : parseHop(hop.trim())
    // No further hop, or one that is no address, such as `unknown`: the last proxy stands for it.
    if (!before) break
    client = before
  }
  return client && formatIpAddress(client)
}

function isTrusted(address: IpAddress, trusted: readonly IpRange[]): boolean {
  return trusted.some((range) => rangeContains(range, address))
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function parseHop(hop: string): IpAddress | null {
  const [, bracketed, dotted] = /^(?:\[([^\]]+)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/.exec(hop) ?? []
  return parseIpAddress(bracketed ?? dotted ?? hop)
}
