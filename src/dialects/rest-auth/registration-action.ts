import { checkRegistration } from '../../commands/check-registration.ts'
import type { CommandContext } from '../../commands/context.ts'
import { type RegisterInput, type RegisterResult, register } from '../../commands/register.ts'
import { AuthError, type FieldError } from '../../errors.ts'
import { complaintsOf } from '../drf/complaints-of.ts'
import type { FieldNames } from '../drf/field-errors.ts'
import { NON_FIELD, type WireErrors, type WireValues } from '../drf/field-set.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall } from '../drf/view.ts'
import { acceptableName } from './acceptable-name.ts'
import type { DoorParts } from './door-parts.ts'
import { inPlace } from './in-place.ts'
import { carrierOf, loginAnswer, sessionBeside } from './login-answer.ts'
import { registrationFields } from './registration-fields.ts'
import type { RestAuthSettings } from './settings.ts'
import { doorWords, said } from './words.ts'

/** Code points of a password, where a site has no validators at all. */
const MIN_LENGTH_WITHOUT_VALIDATORS = 6

/** `POST registration/`: whoever calls gets an account of its own, also somebody who has one already. */
export function registrationAction(parts: DoorParts): Action {
  const { settings } = parts
  const { allows: permission, message: denial } = settings.registerPermission
  const names = namesOf(parts)
  const enter = row({
    permission,
    denial,
    fields: registrationFields(parts),
    check: (values, call) => complaintsBeside(settings, values, { call, names }),
    command: (ctx, input: RegisterInput) => inOwnSteps(register(ctx, input), { ctx, settings }),
    read: (values, call) => ({ ...whoRegisters(parts, values, call), ...howToEnter(settings) }),
    write: answerOf(parts),
    names,
    // The two entries are compared once each field is right, and the password with its owner once there is one.
    steps: [['passwordAgain'], ['passwordSimilar']],
  })
  return inPlace(parts, enter)
}

function whoRegisters({ settings, details }: DoorParts, values: WireValues, call: DrfCall): RegisterInput {
  const { password1: password, password2: passwordAgain } = values
  return {
    ...details.input(values),
    email: emailIn(settings, values),
    // A form of the site's own may ask for no password; this door's asks for both.
    ...(password === undefined ? { withoutPassword: true } : { password, passwordAgain }),
    minLengthWithoutValidators: MIN_LENGTH_WITHOUT_VALIDATORS,
    inventUsername: settings.signup.isUsernameRequired ? false : acceptableName(settings, call),
    dangerouslyTellTaken: settings.tellsTakenAddresses,
  }
}

function emailIn({ generation }: RestAuthSettings, { email }: WireValues): unknown {
  return generation === '7' && typeof email === 'string' ? email.toLowerCase() : email
}

function howToEnter(settings: RestAuthSettings): Pick<RegisterInput, 'activation' | 'carrier' | 'withCookie'> {
  if (settings.emailVerification === 'mandatory') return { activation: 'mailed' }
  return { activation: 'none', carrier: carrierOf(settings), withCookie: sessionBeside(settings) }
}

function answerOf(parts: DoorParts): (registered: RegisterResult, call: DrfCall) => DrfAnswer {
  const { settings, words } = parts
  const letIn = loginAnswer(parts, 'registration')
  return ({ user, issued, cookie }, call) => {
    if (settings.emailVerification === 'mandatory') {
      return { status: 201, body: { detail: words(call).registration.verificationSent } }
    }
    // The application lets nobody in at the moment. The account is there, and there is nothing to give.
    if (issued === null) return { status: 204 }
    return letIn({ user, issued, cookie }, call)
  }
}

interface Told {
  readonly call: DrfCall
  readonly names: FieldNames
}

/** Beside fields that cannot be read the others are judged as well; where all can, the command finds out. */
function complaintsBeside(settings: RestAuthSettings, values: WireValues, { call, names }: Told): Promise<WireErrors> {
  const { ctx } = call
  const { username, email, password1: password } = values
  const check = checkRegistration(ctx, {
    username,
    email,
    password,
    minLengthWithoutValidators: MIN_LENGTH_WITHOUT_VALIDATORS,
    dangerouslyTellTaken: settings.tellsTakenAddresses,
  })
  return complaintsOf(inOwnSteps(check, { ctx, settings }), call, names)
}

interface Telling {
  readonly ctx: Pick<CommandContext, 'validators'>
  readonly settings: RestAuthSettings
}

/** Two of the complaints about a password have a place, or words, of their own here. */
async function inOwnSteps<T>(work: Promise<T>, telling: Telling): Promise<T> {
  try {
    return await work
  } catch (error) {
    const fields = error instanceof AuthError && error.code === 'validation_failed' ? error.details.fields : undefined
    if (fields === undefined) throw error
    throw new AuthError('validation_failed', { fields: apart(fields, telling) })
  }
}

type Complaints = NonNullable<AuthError['details']['fields']>

function apart({ password = [], ...others }: Complaints, { ctx, settings }: Telling): Complaints {
  const isSimilar = ({ code }: FieldError): boolean => settings.generation === '7' && code === 'password_too_similar'
  const isMinimum = ({ code }: FieldError): boolean => ctx.validators.length === 0 && code === 'password_too_short'
  const told = {
    ...others,
    password: password.filter((complaint) => !isSimilar(complaint) && !isMinimum(complaint)),
    passwordMinimum: password.filter(isMinimum),
    passwordSimilar: password.filter(isSimilar),
  }
  return Object.fromEntries(Object.entries(told).filter(([, complaints]) => complaints.length > 0))
}

function namesOf({ settings, details }: DoorParts): FieldNames {
  const own = (language: string) => doorWords(settings, language).registration
  return {
    ...details.names,
    email: {
      name: 'email',
      sentence: ({ code }, { language }) => (code === 'taken' ? said(settings, own(language).emailTaken) : null),
    },
    password: 'password1',
    passwordMinimum: {
      name: 'password1',
      sentence: ({ params }, { language }) =>
        said(settings, own(language).passwordTooShort)(Number(params?.['minLength'])),
    },
    passwordAgain: { name: NON_FIELD, sentence: (_, { language }) => own(language).passwordsDiffer },
    passwordSimilar: NON_FIELD,
  }
}
