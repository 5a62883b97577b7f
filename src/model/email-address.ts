/**
 * One mail address as a person types it, and nothing that a mail program could read in two ways.
 *
 * Refused although RFC 5322 has them: quoted local parts, comments, folding, angle brackets, lists, groups, display
 * names, addresses of machines in brackets, and local parts that are not ASCII.
 */
import { asciiDomain } from '../util/ascii-domain.ts'
import { trimWhiteSpace } from '../util/text.ts'
import { MAX_IDENTIFIER_LENGTH } from './identifier.ts'

/** What a text is as an address. `address` is how it is stored and mailed to: the domain in lower-case ASCII. */
export type ParsedEmail =
  | { readonly ok: true; readonly address: string; readonly domain: string }
  | { readonly ok: false; readonly reason: 'too_long' | 'email_invalid' }

/** The longest address that SMTP can carry (RFC 3696, erratum 1690). */
export const MAX_EMAIL_LENGTH: number = MAX_IDENTIFIER_LENGTH

/**
 * Reads a text as exactly one address. White space around it is not forgiven: a dialect that trims does so before.
 *
 * Linear, and the length comes first: a hostile megabyte costs nothing.
 */
export function parseEmail(text: string): ParsedEmail {
  if (text.length > MAX_EMAIL_LENGTH) return { ok: false, reason: 'too_long' }
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const domain = mailDomain(text.slice(at + 1))
  // Only one `@` fits, since the local part cannot hold a second.
  if (!LOCAL_PART.test(local) || domain === null) return { ok: false, reason: 'email_invalid' }
  const address = `${local}@${domain}`
  // An international domain grows when it becomes ASCII.
  if (address.length > MAX_EMAIL_LENGTH) return { ok: false, reason: 'too_long' }
  return { ok: true, address, domain }
}

/**
 * The stored form of an address that is known to be good, as Django's `normalize_email` has it: trimmed, the domain in
 * lower case, the local part as it is. Without `@` the text comes back untouched.
 */
export function normalizeEmail(text: string): string {
  const address = trimWhiteSpace(text)
  const at = address.lastIndexOf('@')
  return at < 0 ? text : address.slice(0, at) + address.slice(at).toLowerCase()
}

// RFC 5322 dot-atom. No character fits two parts of the pattern, so it cannot backtrack.
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

// RFC 1035 labels, then a top-level domain of letters or an international one (RFC 3696 §2).
const MAIL_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/

function mailDomain(text: string): string | null {
  // Normalised before anything is judged, and refused where that would turn a look-alike such as U+FF0E into
  // structure: what passed the check must be what is stored (GHSA-7rqj-j65f-68wh).
  if (text.normalize('NFKC') !== text.normalize('NFC')) return null
  const domain = asciiDomain(text.normalize('NFC'))
  if (domain === 'localhost') return domain
  return domain !== null && domain.length <= MAX_DOMAIN_LENGTH && MAIL_DOMAIN.test(domain) ? domain : null
}

// RFC 1035 §2.3.4, as text and without the final dot.
const MAX_DOMAIN_LENGTH = 253
