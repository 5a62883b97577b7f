import type { JsonValue } from '../../model/field.ts'
import type { FieldDescription, FieldSet } from './field-set.ts'
import { allowAny } from './permissions.ts'
import { PARSED_TYPES } from './request-data.ts'
import { rowList } from './row-list.ts'
import type { Action, DrfCall, DrfMethod, DrfSettings, SchemeName, View } from './view.ts'

type Json = { readonly [key: string]: JsonValue }

/**
 * `openapi.json`: the views of a door as an OpenAPI 3.1 document, for Swagger UI and for whoever generates clients. A browser
 * shows them as a page that leads to each.
 */
export function openApiView(views: readonly View[], { generation }: Pick<View, 'generation'>): View {
  return {
    path: '/openapi.json',
    slash: 'none',
    name: 'OpenAPI',
    readsCredentials: false,
    permission: allowAny,
    page: (call) => rowList(views, call),
    generation,
    actions: {
      GET: { permission: allowAny, fields: null, run: async (call) => ({ status: 200, body: describe(views, call) }) },
    },
  }
}

function describe(views: readonly View[], { exchange, settings }: DrfCall): JsonValue {
  const { site } = exchange.engine.config
  return {
    openapi: '3.1.1',
    info: { title: `${site.name}: accounts`, version: '1' },
    servers: [{ url: site.origin + exchange.mountPath }],
    paths: Object.fromEntries(views.map((view) => [pathOf(view), operationsOf(view, settings)])),
    components: {
      securitySchemes: Object.fromEntries(settings.schemes.map((name) => [name, securityScheme(name, settings)])),
    },
  }
}

const pathOf = ({ path, slash }: View): string => path.replace(PARAMETER, '{$1}') + (slash === 'none' ? '' : '/')

const PARAMETER = /:(\w+)(?:\{[^}]*\})?/g

function operationsOf(view: View, settings: DrfSettings): Json {
  const parameters = [...view.path.matchAll(PARAMETER)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const operations = Object.entries(view.actions).map(([method, action]) => {
    return [method.toLowerCase(), operation({ view, method: method as DrfMethod, action }, settings)] as const
  })
  return { ...(parameters.length === 0 ? {} : { parameters }), ...Object.fromEntries(operations) }
}

interface Row {
  readonly view: View
  readonly method: DrfMethod
  readonly action: Action
}

function operation({ view, method, action }: Row, { schemes }: DrfSettings): Json {
  const isOpen = action.permission({ caller: null, method, target: null })
  return {
    summary: view.name,
    ...(view.description === undefined ? {} : { description: view.description }),
    ...(action.fields === null ? {} : { requestBody: requestBody(action.fields) }),
    ...(isOpen ? {} : { security: schemes.map((name) => ({ [name]: [] })) }),
    responses: { default: { description: 'JSON in the manner of Django REST framework' } },
  }
}

function requestBody({ fields }: FieldSet): Json {
  const sent = Object.entries(fields).filter(([, { isReadOnly = false }]) => !isReadOnly)
  const required = sent.flatMap(([name, field]) => (field.required ? [name] : []))
  const schema: Json = {
    type: 'object',
    properties: Object.fromEntries(sent.map(([name, field]) => [name, schemaOf(field)])),
    ...(required.length === 0 ? {} : { required }),
  }
  return { content: Object.fromEntries(PARSED_TYPES.map((type) => [type, { schema }])) }
}

function schemaOf({ type, label, isSecret, minLength, maxLength, min, max, choices }: FieldDescription): Json {
  return {
    title: label,
    ...JSON_TYPES[type],
    ...(isSecret ? { format: 'password', writeOnly: true } : {}),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(choices === undefined ? {} : { enum: choices }),
  }
}

const JSON_TYPES: { readonly [K in FieldDescription['type']]: Json } = {
  string: { type: 'string' },
  email: { type: 'string', format: 'email' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  float: { type: 'number' },
  datetime: { type: 'string', format: 'date-time' },
  choice: { type: 'string' },
  // Whatever an application's own field takes.
  field: {},
}

function securityScheme(name: SchemeName, { cookies, jwtTypes }: DrfSettings): Json {
  const header = (description: string): Json => ({ type: 'apiKey', in: 'header', name: 'Authorization', description })
  switch (name) {
    case 'token':
      return header('The word Token, a space, and the key')
    case 'drf-jwt':
      return header('The word JWT, a space, and the token')
    case 'jwt':
    case 'jwt-cookie':
      return { type: 'http', scheme: 'bearer', bearerFormat: `JWT behind ${jwtTypes.join(' or ')}` }
    case 'basic':
      return { type: 'http', scheme: 'basic' }
    case 'session':
      return { type: 'apiKey', in: 'cookie', name: cookies.sessionName }
  }
}
