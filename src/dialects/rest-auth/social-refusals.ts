import type { AuthError } from '../../errors.ts'
import { NON_FIELD, type WireValues } from '../drf/field-set.ts'
import type { RowSpec } from '../drf/row.ts'
import type { DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { SocialWay } from './settings.ts'
import { isCode } from './social-proof.ts'

type Refusals = NonNullable<RowSpec<never, never>['refusals']>

type Refusal = (error: AuthError, call: DrfCall) => DrfAnswer

const saying =
  (sentence: (call: DrfCall) => string): Refusal =>
  (_, call) => ({ status: 400, body: { [NON_FIELD]: [sentence(call)] } })

/**
 * What the paths of social log-in say in their own words.
 *
 * Who comes this far has proven who they are, so they are told what is the matter with their account. That a provider is
 * away is told as that it has refused: the originals' clients know no other answer.
 */
export function socialRefusals(parts: DoorParts, { takesTokenSecret }: SocialWay): Refusals {
  const { words, settings } = parts
  const host = settings.generation === '7' ? 'api.x.com' : 'api.twitter.com'
  const unproven = saying((call) => {
    const { noPrivateAccess, valueIncorrect } = words(call).social
    return takesTokenSecret ? noPrivateAccess(host) : valueIncorrect
  })
  const exchangeFailed = saying((call) => words(call).social.exchangeFailed)
  const disabled = saying((call) => call.words.authentication.userDisabled)
  return {
    provider_refused: (error, call, values) =>
      isRefusedCode(parts, error, values) ? exchangeFailed(error, call) : unproven(error, call),
    provider_unavailable: unproven,
    social_state_invalid: unproven,
    validation_failed: (error, call) => (isAboutProof(error) ? unproven(error, call) : null),
    // Of both generations it is the later words.
    email_in_use: saying((call) => words(call).registration.emailTaken.second),
    user_not_active: disabled,
    invalid_credentials: disabled,
    email_not_verified: saying((call) => words(call).login.emailNotVerified),
    identity_taken: saying(({ words: { fieldErrors } }) =>
      fieldErrors.taken({ model: 'social account', field: 'uid' }),
    ),
  }
}

/** Generation 0.9 fell over it. */
function isRefusedCode({ settings }: DoorParts, { details }: AuthError, values: WireValues): boolean {
  return settings.generation === '7' && details.reason === 'invalid_grant' && isCode(values)
}

const PROOF: ReadonlySet<string> = new Set(['accessToken', 'code', 'codeVerifier', 'idToken', 'tokenSecret'])

/** It is too long, or of a kind that the provider does not take. */
const isAboutProof = ({ details: { fields = {} } }: AuthError): boolean =>
  Object.keys(fields).some((field) => PROOF.has(field))
