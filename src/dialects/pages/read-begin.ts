import type { BeginSocialLoginInput } from '../../commands/begin-social-login.ts'
import { readNext } from '../../commands/steps/read-next.ts'
import { AuthError, type FieldErrorCode } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { SocialPurpose } from './social-words.ts'

/** What a form begins a log-in with. */
export async function readBegin(exchange: Exchange, purpose: SocialPurpose): Promise<BeginSocialLoginInput> {
  const { next, challenge } = await exchange.body()
  return { provider: exchange.params['provider'], purpose, next, challenge }
}

/** What a link to a page may bring along. */
export interface BeginLink {
  readonly next: string | null
  readonly challenge: string | null
}

/**
 * What the link to a page brings along, for its form. Judged here already, so that nobody presses a button for nothing.
 *
 * @throws {AuthError} `validation_failed`
 */
export function readBeginLink(exchange: Exchange): BeginLink {
  const challenge = readOnly(exchange, 'challenge')
  if (challenge !== null && !/^[\w-]{43}$/.test(challenge)) throw refuse('challenge', 'not_a_choice')
  return { next: readNext(exchange.ctx, readOnly(exchange, 'next')), challenge }
}

function readOnly(exchange: Exchange, name: 'next' | 'challenge'): string | null {
  const [value = '', ...more] = exchange.query().getAll(name)
  if (more.length > 0) throw refuse(name, 'not_a_choice')
  return value === '' ? null : value
}

const refuse = (name: string, code: FieldErrorCode): AuthError =>
  new AuthError('validation_failed', { fields: { [name]: [{ code }] } })
