import type { NodemailerError } from 'nodemailer'

/**
 * What the outbox may keep about a failed delivery: reply code, step and the server's words, without addresses, links
 * and anything that could be a secret. The original error has all of them, so it is not attached as the cause.
 */
export function smtpFailure(error: unknown): Error {
  const { code, command, responseCode, message } = describe(error)
  const place = command === undefined ? '' : ` at ${command}`
  if (responseCode !== undefined) return new Error(masked(`SMTP ${responseCode}${place}: ${message}`))
  return new Error(masked(`SMTP delivery failed${place} (${code ?? 'unknown'}): ${message}`))
}

function describe(error: unknown): Partial<NodemailerError> & { readonly message: string } {
  return error instanceof Error ? error : { name: 'Error', message: String(error) }
}

function masked(text: string): string {
  return text
    .slice(0, MAX_LENGTH_READ)
    .split(/[\s\p{Cc}]+/u)
    .map((word) => (/@|:\/\//.test(word) || word.length > LONGEST_WORD ? '[…]' : word))
    .join(' ')
    .slice(0, MAX_LENGTH)
}

const MAX_LENGTH_READ = 2000
const MAX_LENGTH = 300

// Codes are 43 characters; no word of a reply that helps an operator is as long as half of one.
const LONGEST_WORD = 32
