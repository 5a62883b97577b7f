import type { RequestInfo } from '../model/request-info.ts'
import { addressBucket } from '../util/ip-address.ts'
import type { IpRange } from '../util/ip-range.ts'
import { clientAddress } from './client-address.ts'
import type { Peer } from './peer.ts'

/** Longer agents are cut: they end up in tables, logs and mails. */
const MAX_AGENT_LENGTH = 256

export interface InfoSources {
  readonly door: string
  readonly peer: Peer
  readonly trusted: readonly IpRange[]
  header(name: string): string | null
  deviceToken(): string | null
  language(acceptLanguage: string | null): string
}

/** Computed on first use: most requests need none of it. */
export function requestInfo(sources: InfoSources): RequestInfo {
  let id: string | undefined
  let address: string | null | undefined
  return {
    door: sources.door,
    get id() {
      id ??= sources.peer.requestId ?? crypto.randomUUID()
      return id
    },
    get address() {
      if (address === undefined) {
        const peer = sources.peer.address ?? null
        address = clientAddress({ peer, forwardedFor: sources.header('x-forwarded-for'), trusted: sources.trusted })
      }
      return address
    },
    get addressBucket() {
      return this.address === null ? 'unknown' : addressBucket(this.address)
    },
    get userAgent() {
      return (
        sources
          .header('user-agent')
          ?.slice(0, MAX_AGENT_LENGTH)
          .replace(/\p{Cc}/gu, ' ') ?? null
      )
    },
    get language() {
      return sources.language(sources.header('accept-language'))
    },
    get deviceToken() {
      return sources.deviceToken()
    },
  }
}
