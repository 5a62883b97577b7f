import type { PresentedCodeInput } from '../../commands/steps/find-code.ts'
import type { AuthError } from '../../errors.ts'
import type { WireValues } from '../drf/field-set.ts'
import { type FieldReader, textField } from '../drf/fields.ts'
import { integerField } from '../drf/integer-field.ts'
import type { DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** What a front end sends back of a link. */
export const linkReaders: Readonly<Record<'user_id' | 'timestamp' | 'signature', FieldReader>> = {
  user_id: textField({ label: 'User id' }),
  timestamp: integerField('timestamp'),
  signature: textField({ label: 'Signature' }),
}

/** The code that the values of a link stand for. */
export function presentedCode(
  { settings }: Pick<DoorParts, 'settings'>,
  { user_id: owner, timestamp: issuedAtSeconds, signature: code }: WireValues,
): PresentedCodeInput {
  const named = settings.userVerificationIdField === 'id' ? { userId: owner } : { username: owner }
  return { code, issuedAtSeconds, ...named }
}

/**
 * Of a link that is not good only its holder learns more than that: nobody finds out which users there are, so an owner who
 * is gone or never was is told like a wrong signature.
 */
export function refusedLink(parts: DoorParts): (error: AuthError, call: DrfCall) => DrfAnswer {
  return ({ details }, call) => {
    const { signatureExpired, signatureInvalid } = parts.words(call).refused
    return parts.fail(details.reason === 'expired' ? signatureExpired : signatureInvalid)
  }
}
