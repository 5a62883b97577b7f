import type { Engine } from '../../commands/context.ts'
import { currentUser } from '../../commands/current-user.ts'
import { login } from '../../commands/login.ts'
import { logout } from '../../commands/logout.ts'
import { register } from '../../commands/register.ts'
import { updateProfile } from '../../commands/update-profile.ts'
import { AuthError } from '../../errors.ts'
import type { DjoserMessages } from '../../messages/djoser/djoser-messages.ts'
import type { IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { forgetSession } from '../drf/cookies.ts'
import { type FieldSet, NON_FIELD } from '../drf/field-set.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, View } from '../drf/view.ts'
import { accountInput, accountNames } from './account-fields.ts'
import type { FirstGenerationFields } from './first-generation-fields.ts'
import type { FirstGenerationPermissions } from './first-generation-permissions.ts'
import type { Refusals } from './refusals.ts'
import type { DjoserSettings } from './settings.ts'
import { objectOf } from './user-objects.ts'

/** What the rows of 0.x are made from. */
export interface FirstGenerationDoor {
  readonly settings: DjoserSettings
  readonly config: Engine['config']
  readonly words: DjoserMessages
  readonly refusals: Refusals
  readonly may: FirstGenerationPermissions
  readonly fields: FirstGenerationFields
}

export interface FirstGenerationAccount {
  readonly register: Action
  readonly login: Action
  readonly logout: Action
  readonly me: View['actions']
}

/** Coming, going, and what a user is. */
export function firstGenerationAccount(door: FirstGenerationDoor): FirstGenerationAccount {
  const { settings, may, fields } = door
  return {
    register: registerRow(door),
    login: loginRow(door),
    logout: row({
      permission: may.tokenDestroy,
      command: logout,
      read: (_, { exchange, settings: { cookies } }) => ({
        ends: settings.hasTokens ? ('both' as const) : ('session' as const),
        cookie: exchange.cookie(cookies.sessionName),
      }),
      write: (_, call) => ({ ...emptyAnswer(), cookies: forgetSession(call) }),
    }),
    me: {
      GET: row({ permission: may.user, command: currentUser, read: () => undefined, write: userAnswer(settings) }),
      PUT: changeRow(door, fields.replaceMe),
      PATCH: changeRow(door, fields.changeMe),
    },
  }
}

/** Until release 0.5 every success was a 200, also where there is nothing to tell. */
export const emptyAnswer = (): DrfAnswer => ({ status: 200 })

/** Without a carrier nobody is logged in by the way. */
export const carrierFor = ({ hasTokens }: DjoserSettings, isLoggedIn: boolean): { readonly carrier?: 'user-token' } =>
  isLoggedIn && hasTokens ? { carrier: 'user-token' } : {}

export const authToken = (issued: IssuedToken | null): { readonly auth_token?: string } =>
  issued === null ? {} : { auth_token: issued.token }

/** 0.x asked nobody to confirm a new address; but where log-in needs a proven one, it is asked for. */
export const activationFor = ({ login: { emailMustBeVerified } }: Engine['config']): 'mailed' | 'none' =>
  emailMustBeVerified ? 'mailed' : 'none'

function registerRow({ settings, may, fields }: FirstGenerationDoor): Action {
  const { model, loginAfterRegistration } = settings
  const write = userObject(settings)
  return row({
    permission: may.userCreate,
    fields: fields.register,
    command: register,
    read: (values) => ({
      ...accountInput(model, values),
      password: values['password'],
      // Nobody had to wait for the mail then. Where log-in needs a proven address, the command lets nobody in all the same.
      activation: 'none' as const,
      ...carrierFor(settings, loginAfterRegistration),
    }),
    write: ({ user, issued }) => ({ status: 201, body: { ...write(user), ...authToken(issued) } }),
    names: accountNames(model),
    steps: [[model.usernameField]],
  })
}

function loginRow({ settings, words, may, fields }: FirstGenerationDoor): Action {
  const { model, hasTokens } = settings
  return row({
    permission: may.tokenCreate,
    fields: fields.login,
    command: login,
    read: (values) => {
      // A site with JWT alone has no token to give: for its clients that is a log-in that does not work.
      if (!hasTokens) throw new AuthError('invalid_credentials')
      return {
        identifier: values[model.usernameField],
        password: values['password'],
        carrier: 'user-token' as const,
        updateLastLogin: false,
      }
    },
    write: ({ issued }) => ({ status: 200, body: authToken(issued) }),
    names: { identifier: model.usernameField },
    refusals: { invalid_credentials: () => ({ status: 400, body: { [NON_FIELD]: [words.cannotLogIn] } }) },
  })
}

function changeRow({ settings, config, may }: FirstGenerationDoor, fields: FieldSet): Action {
  const { model } = settings
  return row({
    permission: may.user,
    fields,
    command: updateProfile,
    read: (values) => ({ ...accountInput(model, values), activation: activationFor(config) }),
    write: userAnswer(settings),
    names: accountNames(model),
  })
}

function userAnswer(settings: DjoserSettings): (user: User) => DrfAnswer {
  const write = userObject(settings)
  return (user) => ({ status: 200, body: write(user) })
}

/** The required fields, then the name to log in with, and nothing else. */
const userObject = ({ model }: DjoserSettings) =>
  objectOf(model, [...model.requiredFields.map(({ name }) => name), model.usernameField])
