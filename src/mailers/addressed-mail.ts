import { parseEmail } from '../model/email-address.ts'
import type { Mail } from '../model/mail.ts'
import { hasControlCharacters } from '../util/text.ts'

/** Sender and recipient of a mail as structured values, so that no library has to read them out of a text. */
export interface AddressedMail {
  readonly from: Correspondent
  /** `null`: the sender gets the answers. */
  readonly replyTo: Correspondent | null
  /** The local part as stored, byte for byte; the domain in lower-case ASCII. */
  readonly to: string
}

interface Correspondent {
  readonly name: string
  readonly address: string
}

/**
 * Reads who sends and who receives a mail, and refuses one whose headers somebody could have written into.
 *
 * @throws {TypeError} for control characters outside the body and for addresses that are not one plain address
 */
export function addressedMail(mail: Mail): AddressedMail {
  for (const name of ['from', 'to', 'replyTo', 'subject', 'messageId', 'language'] as const) {
    const value = mail[name] ?? ''
    if (HEADER_BREAKING.test(value) || hasControlCharacters(value)) {
      throw new TypeError(`The mail's ${name} has control characters`)
    }
  }
  if (!MESSAGE_ID.test(mail.messageId)) throw new TypeError("The mail's messageId is not of the form id@domain")
  if (!/^[A-Za-z0-9-]{1,35}$/.test(mail.language)) throw new TypeError("The mail's language is not a language tag")
  // Programs disagree about who receives mail for anything but a plain address (CVE-2025-13033).
  const to = parseEmail(mail.to)
  if (!to.ok) throw new TypeError("The mail's recipient is not one plain address")
  const replyTo = mail.replyTo === undefined ? null : readCorrespondent('replyTo', mail.replyTo)
  return { from: readCorrespondent('sender', mail.from), replyTo, to: to.address }
}

function readCorrespondent(part: 'sender' | 'replyTo', text: string): Correspondent {
  const open = text.endsWith('>') ? text.lastIndexOf('<') : -1
  const written = open < 0 ? text : text.slice(open + 1, -1)
  const address = written.trim()
  if (!SENDER.test(address)) throw new TypeError(`The mail's ${part} is neither an address nor \`Name <address>\``)
  return { name: open < 0 ? '' : unquoted(text.slice(0, open).trim()), address }
}

function unquoted(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name
}

// U+2028 and U+2029 end a line for some programs; a lone surrogate has no UTF-8.
const HEADER_BREAKING = /[\u2028\u2029\p{Cs}]/u

// The operator's own: it may be at a host that no stranger could register from, such as 127.0.0.1.
const SENDER = /^[^\s<>@"(),;\\]+@[^\s<>@"(),;\\]+$/

const MESSAGE_ID = /^<?[^\s<>@]+@[^\s<>@]+>?$/
