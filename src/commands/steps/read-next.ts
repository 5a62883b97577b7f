import type { CommandContext } from '../context.ts'
import { refuseField } from './input.ts'

const MAX_LENGTH = 1000

/** Parsers differ about what these mean, and a browser drops some of them before it reads the rest. */
const AMBIGUOUS = /[\s\\\p{Cc}\p{Cf}]/u

/**
 * Where a browser may be sent at the end, as an absolute address: somewhere on the site, or on an origin that it trusts.
 *
 * @throws {AuthError} `validation_failed`
 */
export function readNext(ctx: CommandContext, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string') throw refuseField('next', 'not_text')
  if (value.length > MAX_LENGTH) throw refuseField('next', 'too_long', { maxLength: MAX_LENGTH })
  const address = addressOf(value, ctx.config.site.origin)
  if (address === null || !ctx.config.site.trustedOrigins.has(address.origin)) throw refuseField('next', 'not_a_choice')
  return address.href
}

/** A path from the root, or a whole address; nothing that leaves its meaning to the reader. */
function addressOf(text: string, origin: string): URL | null {
  if (AMBIGUOUS.test(text) || !text.isWellFormed() || !/^(?:\/(?!\/)|https?:\/\/[^/])/i.test(text)) return null
  if (!URL.canParse(text, origin)) return null
  const url = new URL(text, origin)
  return url.username === '' && url.password === '' ? url : null
}
