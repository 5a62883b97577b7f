import * as z from 'zod'
import type { Engine } from '../../commands/context.ts'
import type { Carrier } from '../../model/session.ts'
import { fieldShape, text } from './field-schemas.ts'

/** The forms of tokens that clients of this API may choose; the others belong to clients of other vocabularies. */
type OfferedCarrier = Extract<Carrier, 'cookie' | 'token' | 'jwt'>

const OFFERED_CARRIERS: readonly OfferedCarrier[] = ['cookie', 'token', 'jwt']

/** The bodies that are read, as their readers get them. */
export interface Bodies {
  readonly register: Readonly<Record<string, unknown>>
  readonly profile: Readonly<Record<string, unknown>>
  readonly login: { readonly identifier: string; readonly password: string; readonly carrier?: OfferedCarrier }
  readonly code: { readonly code: string }
  readonly email: { readonly email: string }
  readonly currentPassword: { readonly currentPassword: string }
  readonly passwordChange: { readonly currentPassword: string; readonly newPassword: string }
  readonly passwordReset: { readonly code: string; readonly newPassword: string }
  readonly emailChange: { readonly newEmail: string; readonly currentPassword: string }
  readonly usernameChange: { readonly newUsername: string; readonly currentPassword: string }
  readonly refresh: { readonly refreshToken: string }
}

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
      carrier: z.enum(OFFERED_CARRIERS, 'not_a_choice').meta({ default: 'token' }).exactOptional(),
    }),
    code: z.strictObject({ code }),
    email: z.strictObject({ email }),
    currentPassword: z.strictObject({ currentPassword: password }),
    passwordChange: z.strictObject({ currentPassword: password, newPassword: password }),
    passwordReset: z.strictObject({ code, newPassword: password }),
    emailChange: z.strictObject({ newEmail: email, currentPassword: password }),
    usernameChange: z.strictObject({ newUsername: username, currentPassword: password }),
    refresh: z.strictObject({ refreshToken: text({}) }),
  }
}

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
