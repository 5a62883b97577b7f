import * as z from 'zod'
import type { Engine } from '../../commands/context.ts'
import type { Bodies, OfferedCarrier } from './bodies.ts'
import { fieldShape, text } from './field-schemas.ts'

const OFFERED_CARRIERS: readonly OfferedCarrier[] = ['cookie', 'token', 'jwt']

export type BodyName = keyof Bodies

export type BodySchemas = { readonly [K in BodyName]: z.ZodType<Bodies[K]> }

/**
 * The shape of every body: which keys there are, which must be there, of which type. Rules about values are the
 * commands' alone; here they are only described, for the document.
 */
export function bodySchemas({ user }: Engine['config']): BodySchemas {
  const password = text({ format: 'password' })
  const email = text({ format: 'email' })
  const code = text({ description: 'From the mailed link.' })
  const names = { firstName: text({ maxLength: 150 }), lastName: text({ maxLength: 150 }) }
  const username = text({ maxLength: user.usernameMaxLength })
  const carrier = z.enum(OFFERED_CARRIERS, 'not_a_choice').meta({ default: 'token' }).exactOptional()
  return {
    register: z.strictObject({
      ...(user.username === 'none' ? {} : { username: user.username === 'required' ? username : username.nullish() }),
      email: user.email === 'required' ? email : email.nullish(),
      password,
      firstName: names.firstName.optional(),
      lastName: names.lastName.optional(),
      ...fieldShape(user.fields, 'create'),
      ...profileShape(user.profiles, 'create'),
    }),
    profile: z.strictObject({
      firstName: names.firstName.optional(),
      lastName: names.lastName.optional(),
      ...fieldShape(user.fields, 'update'),
      ...profileShape(user.profiles, 'update'),
    }),
    login: z.strictObject({
      identifier: text({ description: 'A user name or an e-mail address.' }),
      password,
      carrier,
    }),
    code: z.strictObject({ code }),
    email: z.strictObject({ email }),
    currentPassword: z.strictObject({ currentPassword: password }),
    passwordChange: z.strictObject({ currentPassword: password, newPassword: password }),
    passwordReset: z.strictObject({ code, newPassword: password }),
    emailChange: z.strictObject({ newEmail: email, currentPassword: password }),
    usernameChange: z.strictObject({ newUsername: username, currentPassword: password }),
    refresh: z.strictObject({ refreshToken: text({}) }),
    socialLogin: z.strictObject({
      ...fieldShape(user.fields, 'update'),
      ...profileShape(user.profiles, 'update'),
      ...socialProof,
      carrier,
    }),
    socialProof: z.strictObject(socialProof),
    socialBegin: z.strictObject({ next, challenge: text({ description: CHALLENGE }).exactOptional() }),
    connectBegin: z.strictObject({ next }),
    handover: z.strictObject({
      code: text({ description: 'From the fragment of the address that the browser was sent to at last.' }),
      verifier: text({ description: 'The text whose SHA-256 the log-in was begun with.' }),
      carrier,
    }),
  }
}

const socialProof = {
  accessToken: text({ description: 'With `tokenSecret` one of OAuth 1.0a.' }).exactOptional(),
  code: text({ description: 'Issued for the callback of this site.' }).exactOptional(),
  idToken: text({}).exactOptional(),
  tokenSecret: text({}).exactOptional(),
  codeVerifier: text({ description: 'Goes with `code`.' }).exactOptional(),
  nonce: text({ description: 'Goes with `idToken`, where it carries one.' }).exactOptional(),
}

const next = text({
  description: 'Where the browser goes at last: a path, or an address of a trusted origin.',
}).exactOptional()

const CHALLENGE =
  'The SHA-256, as base64url, of a text that only the caller knows. The end is then a code for `/social/exchange`, not a session.'

function profileShape(
  profiles: Engine['config']['user']['profiles'],
  mode: 'create' | 'update',
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(profiles).map(([name, definitions]) => {
      return [name, z.strictObject(fieldShape(definitions, mode), { error: 'not_json' }).optional()]
    }),
  )
}
