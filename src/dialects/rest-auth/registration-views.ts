import { activate } from '../../commands/activate.ts'
import { resendActivation } from '../../commands/resend-activation.ts'
import { textField } from '../drf/fields.ts'
import { allowAny } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import { confirmationPages } from './confirmation-pages.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import { registrationAction } from './registration-action.ts'
import { registrationEmail } from './registration-fields.ts'

/** `registration/` and what lies below it. */
export function registrationViews(parts: DoorParts): readonly View[] {
  const { settings, generation } = parts
  const { registerPermission, ignoreStaleCredentials: ignoresBadCredentials } = settings
  const isNew = settings.generation === '7'
  const shared = { ignoresBadCredentials, permission: allowAny } as const
  const register: View = {
    path: '/registration',
    slash: 'required',
    name: 'Register',
    ignoresBadCredentials,
    isThrottled: isNew,
    permission: registerPermission.allows,
    denial: registerPermission.message,
    actions: { POST: registrationAction(parts) },
    generation,
  }
  const verify = doorView(parts, {
    ...shared,
    path: '/registration/verify-email',
    name: 'Verify Email',
    // The originals name a method there that they do not answer.
    allow: ['POST', 'OPTIONS', 'HEAD'],
    actions: { POST: verification(parts) },
  })
  const resend = doorView(parts, {
    ...shared,
    path: '/registration/resend-email',
    name: 'Resend Email Verification',
    actions: { POST: repeatedMail(parts) },
  })
  return [register, verify, ...(isNew ? [resend] : []), ...confirmationPages(parts)]
}

/** Proves the address that the key was mailed to, and logs nobody in. */
function verification(parts: DoorParts): Action {
  const { settings } = parts
  return row({
    permission: allowAny,
    fields: parts.input('verifyEmail', { key: textField({ label: 'Key' }) }),
    command: activate,
    read: ({ key }) => ({ code: key }),
    write: (_, call) => done(parts, call),
    refusals: {
      code_invalid: ({ details }, call) => {
        const isRepeated = settings.generation === '0.9' && details.reason === 'already_active'
        return isRepeated ? done(parts, call) : { status: 404, body: { detail: call.words.requests.notFound } }
      },
    },
  })
}

/** Whatever becomes of it, the answer is the same. */
function repeatedMail(parts: DoorParts): Action {
  const { settings } = parts
  return row({
    permission: allowAny,
    fields: parts.input('resendEmail', { email: registrationEmail(settings, { maxLength: null }) }),
    command: resendActivation,
    read: ({ email }) => ({ email }),
    write: (_, call) => done(parts, call),
    // No address, or one that nobody can have.
    refusals: { validation_failed: (_, call) => done(parts, call) },
  })
}

const done = ({ words }: DoorParts, call: DrfCall): DrfAnswer => ({
  status: 200,
  body: { detail: words(call).registration.ok },
})
