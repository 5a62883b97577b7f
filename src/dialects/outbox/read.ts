import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { parseIpAddress } from '../../util/ip-address.ts'
import { parseIpRange, rangeContains } from '../../util/ip-range.ts'

const LOOPBACK = ['127.0.0.0/8', '::1'].map(parseIpRange)

/** From where a proxy on this machine connects. */
const LOOPBACK_PEERS = ['127.0.0.1', '::1'].map(parseIpRange)

/** What a proxy or a tunnel adds for somebody else. */
const FORWARDED_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/**
 * Lets in who is on this machine, and reads nothing else.
 *
 * The address keeps other machines out; the name asked for keeps out pages of other sites whose names were made to lead
 * to this machine (DNS rebinding); and a tunnel that nobody configured as a proxy passes strangers on from a loopback
 * address, so what it adds is refused.
 *
 * @throws {AuthError} `not_found`
 */
export function readLocalCaller(exchange: Exchange): undefined {
  const { site, trustedProxies } = exchange.engine.config
  const isPassedOn = FORWARDED_HEADERS.some((name) => exchange.header(name) !== null)
  const isAllowed =
    isLoopbackAddress(exchange.info.address) &&
    (!isPassedOn || isProxyHere(trustedProxies)) &&
    isOwnHost(hostOf(exchange), site.origin)
  if (!isAllowed) throw new AuthError('not_found')
}

/** Tells whether somebody on this machine is trusted to name the real client, which the address then is. */
function isProxyHere(trustedProxies: readonly string[]): boolean {
  return trustedProxies
    .map(parseIpRange)
    .some((range) => LOOPBACK_PEERS.some(({ first }) => rangeContains(range, first)))
}

function isLoopbackAddress(text: string | null): boolean {
  const address = text === null ? null : parseIpAddress(text)
  return address !== null && LOOPBACK.some((range) => rangeContains(range, address))
}

/** As the browser wrote it, where the host passes it on. */
const hostOf = (exchange: Exchange): string => exchange.header('host') ?? new URL(exchange.request.url).host

function isOwnHost(host: string, origin: string): boolean {
  const url = URL.parse(`${new URL(origin).protocol}//${host}`)
  if (url === null) return false
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return url.origin === origin || name === 'localhost' || isLoopbackAddress(name)
}
