import { changeEmail } from '../../commands/change-email.ts'
import { type ConfirmEmailChangeInput, confirmEmailChange } from '../../commands/confirm-email-change.ts'
import { setEmail } from '../../commands/set-email.ts'
import type { AuthError } from '../../errors.ts'
import type { FieldSet, WireValues } from '../drf/field-set.ts'
import { emailField } from '../drf/fields.ts'
import { isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView, whereEnabled } from './door-view.ts'
import { linkReaders, presentedCode, refusedLink } from './presented-link.ts'

/** `register-email/` and `verify-email/`: another address for the caller. */
export function emailViews(parts: DoorParts): readonly View[] {
  const { publicPermission, registerEmailVerificationEnabled: isVerified } = parts.settings
  return [
    doorView(parts, {
      path: '/register-email',
      name: 'Register Email',
      permission: isAuthenticated,
      actions: { POST: isVerified ? askNewAddress(parts) : setAddress(parts) },
    }),
    doorView(parts, {
      path: '/verify-email',
      name: 'Verify Email',
      permission: publicPermission,
      actions: { POST: whereEnabled(isVerified, verification(parts)) },
    }),
  ]
}

const registerFields = (parts: DoorParts): FieldSet =>
  parts.input('registerEmail', { email: emailField({ label: 'Email' }) })

/** The new address must confirm, and the old one can stop it. Whose it is now is kept from the caller. */
function askNewAddress(parts: DoorParts): Action {
  return row({
    permission: isAuthenticated,
    fields: registerFields(parts),
    command: changeEmail,
    read: ({ email: newEmail }) => ({ newEmail, dangerouslyWithoutCurrentPassword: true }),
    write: (_, call) => parts.succeed(parts.words(call).done.emailLinkSent),
    names: { newEmail: 'email' },
  })
}

/** Nobody is asked, and the answer says that somebody was: clients know no other. */
function setAddress(parts: DoorParts): Action {
  const { words } = parts
  return row({
    permission: isAuthenticated,
    fields: registerFields(parts),
    command: setEmail,
    read: ({ email }) => ({ email, activation: 'none' as const }),
    // One's own address is taken as well.
    write: ({ email }, call) =>
      email === call.actor?.user.email ? takenAddress(parts, call) : parts.succeed(words(call).done.emailLinkSent),
    refusals: { validation_failed: (error, call) => (isTaken(error) ? takenAddress(parts, call) : null) },
  })
}

const isTaken = ({ details: { fields } }: AuthError): boolean =>
  fields?.['email']?.some(({ code }) => code === 'taken') === true

const takenAddress = (parts: DoorParts, call: DrfCall): DrfAnswer => parts.fail(parts.words(call).refused.emailTaken)

/** What a link for another address is sent back with. */
export const verifyEmailFields: FieldSet = serializer({
  user_id: linkReaders.user_id,
  email: emailField({ label: 'Email', maxLength: null }),
  timestamp: linkReaders.timestamp,
  signature: linkReaders.signature,
})

/** What the command takes, out of what those fields gave. */
export const emailInput = (parts: Pick<DoorParts, 'settings'>, values: WireValues): ConfirmEmailChangeInput => ({
  ...presentedCode(parts, values),
  email: values['email'],
})

function verification(parts: DoorParts): Action {
  const refused = refusedLink(parts)
  return row({
    permission: parts.settings.publicPermission,
    fields: verifyEmailFields,
    command: confirmEmailChange,
    read: (values) => emailInput(parts, values),
    write: (_, call) => parts.succeed(parts.words(call).done.emailVerified),
    refusals: {
      code_invalid: (error, call) =>
        error.details.reason === 'taken_meanwhile' ? takenAddress(parts, call) : refused(error, call),
    },
  })
}
