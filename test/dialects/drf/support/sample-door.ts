import { login } from '../../../../src/commands/login.ts'
import { logout } from '../../../../src/commands/logout.ts'
import { updateProfile } from '../../../../src/commands/update-profile.ts'
import { sessionCookies } from '../../../../src/dialects/drf/cookies.ts'
import { declaredFields, declaredInput, writeDeclared } from '../../../../src/dialects/drf/declared-fields.ts'
import { type DrfDialectOptions, drfDialect } from '../../../../src/dialects/drf/drf-dialect.ts'
import { emailField, passwordField, textField, usernameField } from '../../../../src/dialects/drf/fields.ts'
import { allowAny, isAuthenticated } from '../../../../src/dialects/drf/permissions.ts'
import { row } from '../../../../src/dialects/drf/row.ts'
import { serializer } from '../../../../src/dialects/drf/serializer.ts'
import type { Action, DrfCall, DrfSettings, Generation, View } from '../../../../src/dialects/drf/view.ts'
import type { Dialect } from '../../../../src/http/dialect.ts'
import { drfMessagesFor } from '../../../../src/messages/drf/catalogues.ts'
import type { JsonValue } from '../../../../src/model/field.ts'
import type { User } from '../../../../src/model/user.ts'

type Config = Parameters<DrfDialectOptions['views']>[0]

export type DoorSettings = Partial<DrfSettings> & Partial<Pick<Generation, 'json'>>

/** A door with one view of each sort, over commands of the engine. */
export function sampleDoor({ json = 'compact', ...settings }: DoorSettings = {}): Dialect {
  const generation: Generation = { words: drfMessagesFor, json, mailStyle: null }
  return drfDialect({
    name: 'sample',
    settings: {
      schemes: ['token', 'jwt'],
      jwtTypes: ['JWT', 'Bearer'],
      cookies: {
        sessionName: 'sessionid',
        sessionAgeSeconds: 1_209_600,
        csrfName: 'csrftoken',
        csrfAgeSeconds: 31_449_600,
      },
      isTranslated: false,
      ...settings,
    },
    views: (config) => [...accountViews(config, generation), ...plainViews(generation)],
  })
}

function accountViews(config: Config, generation: Generation): readonly View[] {
  const logIn = { generation, permission: allowAny, name: 'Login', slash: 'optional' } as const
  return [
    { ...logIn, path: '/token/login', actions: { POST: loginRow('user-token') } },
    { ...logIn, path: '/session/login', actions: { POST: loginRow('cookie') } },
    {
      path: '/jwt/create',
      slash: 'none',
      matchesPrefix: true,
      readsCredentials: false,
      name: 'Token Obtain Pair',
      permission: allowAny,
      actions: { POST: loginRow('simple-jwt') },
      generation,
    },
    {
      path: '/logout',
      slash: 'required',
      name: 'Logout',
      permission: isAuthenticated,
      actions: {
        POST: row({
          permission: isAuthenticated,
          command: logout,
          read: () => undefined,
          write: () => ({ status: 204 }),
        }),
      },
      generation,
    },
    {
      path: '/me',
      slash: 'required',
      hasFormatSuffix: true,
      name: 'User Details',
      description: 'Who is asking.',
      permission: isAuthenticated,
      actions: { GET: profileRow(config), PUT: updateRow(config, 'create'), PATCH: updateRow(config, 'update') },
      generation,
    },
  ]
}

const credentials = serializer({
  username: textField({ label: 'Username' }),
  password: passwordField({ label: 'Password' }),
})

function loginRow(carrier: 'user-token' | 'cookie' | 'simple-jwt'): Action {
  return row({
    permission: allowAny,
    fields: credentials,
    command: login,
    read: ({ username, password }) => ({ identifier: username, password, carrier }),
    write: ({ issued }, { exchange, settings }) =>
      carrier === 'cookie'
        ? { status: 200, body: {}, cookies: sessionCookies(exchange, settings, issued) }
        : { status: 200, body: { token: issued.token, refresh: issued.refreshToken } },
  })
}

function profileRow(config: Config): Action {
  return row({
    permission: isAuthenticated,
    command: ({ actor }) => (actor === null ? Promise.reject(new Error('nobody')) : Promise.resolve(actor.user)),
    read: () => undefined,
    write: (user) => ({ status: 200, body: userBody(config, user) }),
  })
}

function updateRow(config: Config, mode: 'create' | 'update'): Action {
  const { fields } = config.user
  const names = { first_name: textField({ label: 'First name', required: false, allowBlank: true, maxLength: 150 }) }
  return row({
    permission: isAuthenticated,
    fields: serializer({ ...names, ...declaredFields(fields, mode) }, { isPartial: mode === 'update' }),
    command: updateProfile,
    read: (values) => ({ firstName: values['first_name'], fields: declaredInput(fields, values) }),
    write: (user) => ({ status: 200, body: userBody(config, user) }),
  })
}

const userBody = (config: Config, user: User): JsonValue => ({
  username: user.username,
  first_name: user.firstName,
  ...writeDeclared(config.user.fields, user.fields),
})

/** Views that only give back what they read. */
function plainViews(generation: Generation): readonly View[] {
  const open = { generation, permission: allowAny } as const
  const echo = row({
    permission: allowAny,
    fields: serializer({
      username: usernameField({ label: 'Username', maxLength: 10 }),
      email: emailField({ label: 'Email address', required: false, allowBlank: true }),
    }),
    command: (_, input: Readonly<Record<string, JsonValue>>) => Promise.resolve(input),
    read: (values) => values as Readonly<Record<string, JsonValue>>,
    write: (body) => ({ status: 200, body }),
  })
  const params = ({ params: { id = '' } }: DrfCall): JsonValue => ({ id })
  const show: Action = {
    permission: allowAny,
    fields: null,
    run: async (call) => ({ status: 200, body: params(call) }),
  }
  const nothing: Action = { permission: allowAny, fields: null, run: async () => ({ status: 400 }) }
  return [
    { ...open, path: '/echo', slash: 'required', name: 'Echo', actions: { POST: echo } },
    { ...open, path: '/nothing', slash: 'none', name: 'Nothing', actions: { POST: nothing, DELETE: nothing } },
    {
      ...open,
      path: '/people/:id{[^/.]+}',
      slash: 'required',
      hasFormatSuffix: true,
      name: 'Person',
      actions: { GET: show },
    },
  ]
}
