import { checkRegistration } from '../../commands/check-registration.ts'
import { type RegisterInput, register } from '../../commands/register.ts'
import type { AuthError } from '../../errors.ts'
import { complaintsOf } from '../drf/complaints-of.ts'
import type { FieldNames } from '../drf/field-errors.ts'
import type { WireErrors, WireValues } from '../drf/field-set.ts'
import { passwordField } from '../drf/fields.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView, whereEnabled } from './door-view.ts'
import { EMPTY_LIST, EMPTY_LIST_NAME, withEmptyList } from './empty-list.ts'
import { confirmReader, passwordConfirm } from './password-confirm.ts'
import type { RestRegistrationSettings } from './settings.ts'

/** Code points: as many as the original's column holds. */
const PASSWORD_LENGTH = 128

/** `register/`: makes a user, who waits for the mailed link where addresses are verified. */
export function registerView(parts: DoorParts): View {
  const { settings } = parts
  const { publicPermission: permission } = settings
  return doorView(parts, {
    path: '/register',
    name: 'Register',
    permission,
    actions: { POST: whereEnabled(settings.registerFlowEnabled, registerAction(parts)) },
  })
}

function registerAction(parts: DoorParts): Action {
  const { settings, profile } = parts
  const names = namesOf(parts)
  return row({
    permission: settings.publicPermission,
    fields: parts.input('register', {
      ...profile.readers('register'),
      password: passwordField({ label: 'Password', maxLength: PASSWORD_LENGTH }),
      ...confirmReader(settings.registerSerializerPasswordConfirm),
    }),
    check: (values, call) => takenComplaints(settings, values, { call, names }),
    command: (ctx, input: RegisterInput) => withEmptyList(register(ctx, input)),
    read: (values) => whoRegisters(parts, values),
    write: ({ user }) => ({ status: 201, body: profile.writeRegistered(user) }),
    names,
    // The password is judged once each field is right, and that the link has nowhere to go after that.
    steps: [['password', 'passwordAgain', EMPTY_LIST], ['email']],
    refusals: {
      validation_failed: (error, call) => missingAddress(parts, error, call),
      registration_closed: (_, { words }) => ({ status: 404, body: { detail: words.requests.notFound } }),
    },
  })
}

function whoRegisters({ settings, profile }: DoorParts, values: WireValues): RegisterInput {
  const { email, password, password_confirm: passwordAgain } = values
  const isVerified = settings.registerVerificationEnabled
  return {
    ...profile.input(values),
    email,
    // A form of the site's own may ask for no password; this door's asks for one.
    ...(password === undefined ? { withoutPassword: true } : { password, passwordAgain }),
    activation: isVerified ? 'mailed' : 'none',
    emailRequired: isVerified,
    dangerouslyTellTaken: settings.tellsTakenAddresses,
  }
}

interface Telling {
  readonly call: DrfCall
  readonly names: FieldNames
}

/** Beside fields that cannot be read it is told what is taken; where all can be read, the command finds out. */
function takenComplaints(
  { tellsTakenAddresses: dangerouslyTellTaken }: RestRegistrationSettings,
  { username, email }: WireValues,
  { call, names }: Telling,
): Promise<WireErrors> {
  return complaintsOf(checkRegistration(call.ctx, { username, email, dangerouslyTellTaken }), call, names)
}

function missingAddress(parts: DoorParts, { details: { fields = {} } }: AuthError, call: DrfCall): DrfAnswer | null {
  const { email, ...others } = fields
  const isMissing = email?.some(({ code }) => code === 'required') === true
  return isMissing && Object.keys(others).length === 0 ? parts.fail(parts.words(call).refused.userWithoutEmail) : null
}

function namesOf({ profile }: DoorParts): FieldNames {
  return {
    ...profile.names,
    password: 'password',
    passwordAgain: passwordConfirm,
    [EMPTY_LIST]: EMPTY_LIST_NAME,
  }
}
