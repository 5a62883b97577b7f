import { type RequestPasswordResetInput, requestPasswordReset } from '../../commands/request-password-reset.ts'
import type { WireValues } from '../drf/field-set.ts'
import { emailField, type FieldReader, textField } from '../drf/fields.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { RestRegistrationSettings } from './settings.ts'
import { UserNotFoundError } from './user-not-found.ts'

/** `POST send-reset-password-link/`: everybody is answered alike, unless the site wants to tell who has an account. */
export function resetLinkAction(parts: DoorParts): Action {
  const { settings, words } = parts
  const { dangerouslyResetPasswordFailWhenUserNotFound: dangerouslyTellUnknown, resetPasswordMayBeUnknown } = settings
  const sent = (call: DrfCall): DrfAnswer => {
    const { resetLinkSent, resetLinkSentIfExists } = words(call).done
    return parts.succeed(resetPasswordMayBeUnknown ? resetLinkSentIfExists : resetLinkSent)
  }
  const unknown = (call: DrfCall): DrfAnswer => parts.fail(words(call).refused.userNotFound)
  return row({
    permission: settings.publicPermission,
    fields: parts.input('sendResetPasswordLink', linkReader(settings)),
    command: async (ctx, values: WireValues) =>
      requestPasswordReset(ctx, { ...(await whoIsMeant(settings, values)), dangerouslyTellUnknown }),
    read: (values) => values,
    write: (_, call) => sent(call),
    refusals: {
      not_found: (_, call) => unknown(call),
      // What can be nobody's name or address.
      validation_failed: (_, call) => (dangerouslyTellUnknown ? unknown(call) : sent(call)),
    },
  })
}

const linkReader = (settings: RestRegistrationSettings): Readonly<Record<string, FieldReader>> =>
  settings.sendResetPasswordLinkSerializerUseEmail
    ? { email: emailField({ label: 'Email', maxLength: null }) }
    : { login: textField({ label: 'Login' }) }

type Meant = Pick<RequestPasswordResetInput, 'identifier' | 'identifiers'>

/** What no user name can be: asked for like any other, so that it takes no less time. */
const NOBODY: Meant = { identifier: '(nobody)', identifiers: ['username'] }

async function whoIsMeant(settings: RestRegistrationSettings, values: WireValues): Promise<Meant> {
  const { sendResetPasswordLinkUserFinder: find, loginFields } = settings
  if (find !== null) return foundBy(find, values)
  if (values['login'] !== undefined) return { identifier: values['login'], identifiers: loginFields }
  const named = loginFields.find((field) => values[field] !== undefined)
  return named === undefined ? NOBODY : { identifier: values[named], identifiers: [named] }
}

type Finder = NonNullable<RestRegistrationSettings['sendResetPasswordLinkUserFinder']>

async function foundBy(find: Finder, values: WireValues): Promise<Meant> {
  try {
    const identifier = await find(values)
    return identifier === null ? NOBODY : { identifier, identifiers: ['username', 'email'] }
  } catch (error) {
    if (error instanceof UserNotFoundError) return NOBODY
    throw error
  }
}
