import type { SocialConnectInput } from '../../commands/social-connect.ts'
import { DrfError } from '../drf/drf-error.ts'
import { NON_FIELD, type WireValues } from '../drf/field-set.ts'
import { type FieldReader, textField } from '../drf/fields.ts'
import type { DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import type { SocialWay } from './settings.ts'

/** What clients bring from a provider to one path, and what the command makes of it. */
export interface SocialProof {
  readonly readers: Readonly<Record<string, FieldReader>>
  /** @throws {DrfError} where nothing was brought */
  readonly read: (values: WireValues, call: DrfCall) => SocialConnectInput
}

/** OAuth 1.0a signs with a secret that goes with the token; OAuth 2 and OpenID Connect have tokens that stand alone. */
export function socialProof(parts: DoorParts, { provider, callbackUrl, takesTokenSecret }: SocialWay): SocialProof {
  const place = { provider, ...(callbackUrl === undefined ? {} : { redirectUri: callbackUrl }) }
  const { readers, read } = takesTokenSecret ? SIGNED : bearerProof(parts)
  return { readers, read: (values, call) => ({ ...place, ...read(values, call) }) }
}

interface Brought {
  readonly readers: SocialProof['readers']
  readonly read: (values: WireValues, call: DrfCall) => Omit<SocialConnectInput, 'provider' | 'redirectUri'>
}

const SIGNED: Brought = {
  readers: {
    access_token: textField({ label: 'Access token' }),
    token_secret: textField({ label: 'Token secret' }),
  },
  read: (values) => ({ accessToken: values['access_token'], tokenSecret: values['token_secret'] }),
}

/** A token wins over a code, and an ID token only goes with one. */
function bearerProof({ settings, words }: DoorParts): Brought {
  return {
    readers: {
      access_token: maybe('Access token'),
      code: maybe('Code'),
      // The serializer for Microsoft calls the token so.
      ...(settings.generation === '7' ? { id_token: maybe('Id token'), accessToken: maybe('Access token') } : {}),
      code_verifier: maybe('Code verifier'),
    },
    read(values, call) {
      const { access_token: token, accessToken, code, id_token: idToken, code_verifier: codeVerifier } = values
      if (isThere(token)) return { accessToken: token, idToken }
      if (isThere(accessToken)) return { accessToken, idToken }
      if (isThere(code)) return { code, codeVerifier }
      throw new DrfError({ status: 400, body: { [NON_FIELD]: [words(call).social.inputMissing] } })
    },
  }
}

/** Whether the proof in a body is a code, which the provider has to exchange first. */
export const isCode = ({ access_token: token, accessToken, code }: WireValues): boolean =>
  !isThere(token) && !isThere(accessToken) && isThere(code)

const maybe = (label: string): FieldReader => textField({ label, required: false, allowBlank: true })

const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== ''
