import type { MailTemplateInput } from '../contracts/mail-template.ts'
import { formatMoment } from '../messages/format-moment.ts'
import type { MailFacts, Messages } from '../messages/messages.ts'
import { defuseText, oneLine } from './defuse-text.ts'
import { describeAgent } from './describe-agent.ts'
import { MAX_NAME_LENGTH } from './display-name.ts'

/** Writes what a mail tells for a reader. Whatever is not of the form expected counts as unknown. */
export function mailFacts(input: MailTemplateInput, messages: Messages): MailFacts {
  const { data } = input
  const unknown = messages.mail.unknown
  const moment = (value: unknown): string => {
    const date = value instanceof Date ? value : new Date(typeof value === 'string' ? value : Number.NaN)
    return Number.isNaN(date.getTime()) ? unknown : formatMoment(date, messages.language)
  }
  return {
    siteName: oneLine(input.siteName),
    newEmail: matching(data['newEmail'], ADDRESS) ?? unknown,
    until: data['until'] === null ? null : moment(data['until']),
    at: moment(data['at']),
    agent: (typeof data['userAgent'] === 'string' ? describeAgent(data['userAgent']) : null) ?? unknown,
    address: matching(data['address'], NETWORK_ADDRESS) ?? unknown,
    provider: (typeof data['provider'] === 'string' ? defuseText(data['provider'], MAX_NAME_LENGTH) : '') || unknown,
  }
}

function matching(value: unknown, pattern: RegExp): string | null {
  return typeof value === 'string' && value.length <= 254 && pattern.test(value) ? value : null
}

// RFC 5321 without quoting, and without the slash: `//evil.example/@x.example` would look like a link.
const ADDRESS = /^[\p{L}\p{M}\p{N}.!#$%&'*+=?^_`{|}~-]+@[\p{L}\p{M}\p{N}.-]+$/u

const NETWORK_ADDRESS = /^[\da-f.:]{2,45}$/i
