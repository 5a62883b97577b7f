import type { IdentityProviderTools } from '../contracts/identity-provider.ts'

/** Whether a provider may be reached there: with TLS, or on this very machine while developing. */
export function isReachable(url: URL, environment: IdentityProviderTools['environment']): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && environment === 'development' && isLoopback(url.hostname)
}

/** Whether a host is named by number, or is this machine: nothing that a provider on the internet would call itself. */
export function isNumericOrLocal(hostname: string): boolean {
  // `URL` writes every spelling of an IPv4 address in the one with four numbers.
  return isLoopback(hostname) || hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
}

function isLoopback(hostname: string): boolean {
  // `URL` keeps the final dot of a name that is complete.
  if (/(?:^|\.)localhost\.?$/.test(hostname)) return true
  return hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
