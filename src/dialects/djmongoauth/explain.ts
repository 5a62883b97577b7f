import type { LoginInput } from '../../commands/login.ts'
import type { AuthError } from '../../errors.ts'
import { en } from '../../messages/djmongoauth/en.ts'

const words = en.errors

/** A name or an address that somebody has is told before anything else that is wrong. */
export function explainRegistration({ details: { fields = {} } }: AuthError): string | null {
  const complaints = [...(fields['username'] ?? []), ...(fields['email'] ?? [])]
  return complaints.some(({ code }) => code === 'taken') ? words.taken : null
}

/**
 * One text for a wrong password and for a name that nobody has, unless they are to be told apart. What cannot be anybody's
 * name is called unknown either way: that depends on what was sent, and on nobody.
 */
export function explainLogin({ code, details }: AuthError, { identifier }: LoginInput): string | null {
  const isUnfitName = details.fields?.['identifier'] !== undefined
  if (isUnfitName || details.reason === 'user_unknown') return words.unknownUser
  const isWrong = code === 'invalid_credentials' || details.fields?.['password'] !== undefined
  return isWrong ? words.wrongPassword(String(identifier)) : null
}

export function explainLink({ code, details }: AuthError): string | null {
  if (code !== 'code_invalid') return null
  return details.reason === 'expired' ? words.expiredCode : words.unknownCode
}
