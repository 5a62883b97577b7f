import { parseEmail } from '../model/email-address.ts'
import type { Mail } from '../model/mail.ts'
import { hasControlCharacters } from '../util/text.ts'

/** Sender and recipient of a mail as structured values, so that no library has to read them out of a text. */
export interface AddressedMail {
  readonly from: { readonly name: string; readonly address: string }
  /** The local part as stored, byte for byte; the domain in lower-case ASCII. */
  readonly to: string
}

/**
 * Reads who sends and who receives a mail, and refuses one whose headers somebody could have written into.
 *
 * @throws {TypeError} for control characters outside the body and for addresses that are not one plain address
 */
export function addressedMail(mail: Mail): AddressedMail {
  for (const name of ['from', 'to', 'subject', 'messageId', 'language'] as const) {
    if (HEADER_BREAKING.test(mail[name]) || hasControlCharacters(mail[name])) {
      throw new TypeError(`The mail's ${name} has control characters`)
    }
  }
  if (!MESSAGE_ID.test(mail.messageId)) throw new TypeError("The mail's messageId is not of the form id@domain")
  if (!/^[A-Za-z0-9-]{1,35}$/.test(mail.language)) throw new TypeError("The mail's language is not a language tag")
  // Programs disagree about who receives mail for anything but a plain address (CVE-2025-13033).
  const to = parseEmail(mail.to)
  if (!to.ok) throw new TypeError("The mail's recipient is not one plain address")
  return { from: readSender(mail.from), to: to.address }
}

function readSender(from: string): AddressedMail['from'] {
  const open = from.endsWith('>') ? from.lastIndexOf('<') : -1
  const written = open < 0 ? from : from.slice(open + 1, -1)
  const address = written.trim()
  if (!SENDER.test(address)) throw new TypeError("The mail's sender is neither an address nor `Name <address>`")
  return { name: open < 0 ? '' : unquoted(from.slice(0, open).trim()), address }
}

function unquoted(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name
}

// U+2028 and U+2029 end a line for some programs; a lone surrogate has no UTF-8.
const HEADER_BREAKING = /[\u2028\u2029\p{Cs}]/u

// The operator's own: it may be at a host that no stranger could register from, such as 127.0.0.1.
const SENDER = /^[^\s<>@"(),;\\]+@[^\s<>@"(),;\\]+$/

const MESSAGE_ID = /^<?[^\s<>@]+@[^\s<>@]+>?$/
