import type { ActivateInput } from '../../commands/activate.ts'
import type { ConfirmPasswordResetInput } from '../../commands/confirm-password-reset.ts'
import type { LoginInput } from '../../commands/login.ts'
import type { RegisterInput } from '../../commands/register.ts'
import type { RequestPasswordResetInput } from '../../commands/request-password-reset.ts'
import type { ResendActivationInput } from '../../commands/resend-activation.ts'
import { AuthError } from '../../errors.ts'
import { readBody, type WireBody } from '../../http/body.ts'
import type { Exchange } from '../../http/exchange.ts'
import { en } from '../../messages/djmongoauth/en.ts'
import type { Call } from './action.ts'
import { MAIL_WORDS } from './require-session.ts'
import type { DjmongoauthSettings } from './settings.ts'
import { ToldError } from './told-error.ts'

export const readRegistration =
  ({ registrationKeys, takesUsername, tellsTakenAddresses }: DjmongoauthSettings) =>
  async ({ exchange }: Call): Promise<RegisterInput> => {
    const body = await readKeys(exchange, registrationKeys)
    const keys = takesUsername ? ['username', ...registrationKeys] : registrationKeys
    const given = Object.fromEntries(keys.map((key) => [key, body[key]]))
    return { ...given, fields: ownFields(body, exchange), dangerouslyTellTaken: tellsTakenAddresses }
  }

export const readLogin =
  ({ loginField, tokenPerLogin, lifetimeSeconds, tellsUnknownUsers }: DjmongoauthSettings) =>
  async ({ exchange }: Call): Promise<LoginInput> => {
    const { username, password } = await readKeys(exchange, ['username', 'password'])
    return {
      identifier: username,
      password,
      identifiers: [loginField],
      carrier: tokenPerLogin ? 'token' : 'user-token',
      lifetimeSeconds,
      dangerouslyTellUnknown: tellsUnknownUsers,
    }
  }

export function readVerificationRequest({ actor }: Call): ResendActivationInput {
  const email = actor?.user.email ?? null
  if (email === null) throw new ToldError(en.errors.mailNotSent.verify(en.errors.noAddress))
  return { email }
}

/** Whoever cannot log in any more names the account; the original cannot help them. */
export async function readResetRequest({ actor, exchange }: Call): Promise<RequestPasswordResetInput> {
  if (actor === null) return readAccountName(exchange)
  const { email } = actor.user
  if (email === null) throw new ToldError(en.errors.mailNotSent.reset(en.errors.noAddress))
  return { email }
}

export const readLink = ({ exchange }: Call): ActivateInput => ({ code: readCode(exchange) })

export async function readNewPassword({ exchange }: Call): Promise<ConfirmPasswordResetInput> {
  const code = readCode(exchange)
  const { new_password: newPassword } = await readKeys(exchange, ['new_password'])
  return { code, newPassword }
}

/** Of repeated ones the last counts; nothing is told of one that is missing. */
function readCode(exchange: Exchange): string {
  const code = exchange.query().getAll('a').at(-1) ?? ''
  if (code === '') throw new ToldError('')
  return code
}

async function readAccountName(exchange: Exchange): Promise<RequestPasswordResetInput> {
  const { username, email } = await readJson(exchange).catch(nothingIfMalformed)
  if (email !== undefined) return { email }
  if (username === undefined) throw new ToldError(MAIL_WORDS.missing)
  return { identifier: username, identifiers: ['username'] }
}

/** The original does not look at this body, so nothing about its form is told. */
function nothingIfMalformed(error: unknown): WireBody {
  if (error instanceof AuthError && error.code === 'malformed_request') return {}
  throw error
}

/** @throws {ToldError} naming the first key that is missing */
async function readKeys(exchange: Exchange, keys: readonly string[]): Promise<WireBody> {
  const body = await readJson(exchange)
  const missing = keys.find((key) => !Object.hasOwn(body, key))
  if (missing !== undefined) throw new ToldError(en.errors.missing(missing))
  return body
}

/** JSON, whatever the body is said to be. One that is empty is none. */
async function readJson(exchange: Exchange): Promise<WireBody> {
  const bytes = await exchange.bytes()
  if (bytes.length === 0) throw new AuthError('malformed_request')
  return readBody(bytes, 'application/json')
}

/** Fields that the application declared, under their own names. */
function ownFields(body: WireBody, { engine }: Exchange): Readonly<Record<string, unknown>> {
  const names = Object.keys(engine.config.user.fields)
  return Object.fromEntries(names.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]))
}
