import type { RequestInfo } from '../model/request-info.ts'
import { addressBucket } from '../util/ip-address.ts'
import type { IpRange } from '../util/ip-range.ts'
import { clientAddress } from './client-address.ts'
import { readCookie } from './cookies.ts'
import type { Peer } from './peer.ts'

/** Longer agents are cut: they end up in tables, logs and mails. */
const MAX_AGENT_LENGTH = 256

/** What is the same for all requests. */
export interface InfoRules {
  readonly trustedProxies: readonly IpRange[]
  /** The best of the configured languages for an `Accept-Language`. */
  readonly language: (acceptLanguage: string | null) => string
  /** The cookie in which a browser keeps the language that somebody chose; `null`: there is none. */
  readonly languageCookieName: string | null
  readonly deviceCookieName: string
}

export interface InfoSources {
  readonly rules: InfoRules
  readonly door: string
  readonly peer: Peer
  readonly header: (name: string) => string | null
}

/** Each part is computed on first use: most requests need none of it. */
export function requestInfo(sources: InfoSources): RequestInfo {
  return new LazyRequestInfo(sources)
}

// A class, because an object literal with getters makes each of them anew: that alone cost every request 1.5 µs.
class LazyRequestInfo implements RequestInfo {
  readonly door: string
  readonly #sources: InfoSources
  #id: string | undefined
  #address: string | null | undefined
  #language: string | undefined

  constructor(sources: InfoSources) {
    this.door = sources.door
    this.#sources = sources
  }

  get id(): string {
    this.#id ??= this.#sources.peer.requestId ?? crypto.randomUUID()
    return this.#id
  }

  get address(): string | null {
    if (this.#address === undefined) {
      const { peer, header, rules } = this.#sources
      const evidence = { peer: peer.address ?? null, forwardedFor: header('x-forwarded-for') }
      this.#address = clientAddress({ ...evidence, trusted: rules.trustedProxies })
    }
    return this.#address
  }

  get addressBucket(): string {
    return this.address === null ? 'unknown' : addressBucket(this.address)
  }

  get userAgent(): string | null {
    return shownAgent(this.#sources.header('user-agent'))
  }

  get language(): string {
    this.#language ??= this.#sources.rules.language(wantedLanguages(this.#sources))
    return this.#language
  }

  get deviceToken(): string | null {
    const { header, rules } = this.#sources
    return readCookie(header('cookie'), rules.deviceCookieName)
  }

  /** Listeners of events get this object and may log it; the device's secret is nothing for a log. */
  toJSON(): Omit<RequestInfo, 'deviceToken'> {
    const { id, address, addressBucket: bucket, userAgent, door, language } = this
    return { id, address, addressBucket: bucket, userAgent, door, language }
  }
}

/** What was chosen goes before what the browser is set to, which counts where there is no such language. */
function wantedLanguages({ header, rules: { languageCookieName } }: InfoSources): string | null {
  const accepted = header('accept-language')
  const chosen = languageCookieName === null ? null : readCookie(header('cookie'), languageCookieName)
  if (chosen === null || !LANGUAGE_TAG.test(chosen)) return accepted
  return accepted === null ? chosen : `${chosen},${accepted}`
}

const LANGUAGE_TAG = /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8}$/i

/** An agent as it may be kept: short, storable everywhere, without what a terminal would obey. */
export function shownAgent(agent: string | null): string | null {
  return (
    agent
      ?.slice(0, MAX_AGENT_LENGTH)
      .toWellFormed()
      .replace(/\p{Cc}/gu, ' ') ?? null
  )
}
