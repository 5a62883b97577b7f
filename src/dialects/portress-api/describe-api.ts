import * as z from 'zod'
import type { Engine } from '../../commands/context.ts'
import type { ErrorCode } from '../../errors.ts'
import { DEFAULT_STATUS } from '../../http/default-status.ts'
import { answerSchemas } from './answer-schemas.ts'
import { bodySchemas } from './body-schemas.ts'
import { DESCRIPTIONS } from './descriptions.ts'
import type { Endpoint } from './endpoint.ts'

type Json = Readonly<Record<string, unknown>>

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument extends Json {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json }
}

export interface ApiFacts {
  readonly config: Engine['config']
  readonly mountPath: string
  readonly endpoints: readonly Endpoint[]
}

/** Writes the document from the rows and from the schemas that judge their bodies. */
export function describeApi({ config, mountPath, endpoints }: ApiFacts): OpenApiDocument {
  const paths: Record<string, Record<string, Json>> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, path) }
  }
  return {
    openapi: '3.1.1',
    info: { title: `${config.site.name}: accounts`, version: '1' },
    servers: [{ url: config.site.origin + mountPath }],
    paths,
    components: { schemas: componentsOf(config), securitySchemes: securitySchemes(config) },
  }
}

function componentsOf(config: Engine['config']): Readonly<Record<string, Json>> {
  const bodies = Object.entries(bodySchemas(config)).map(([name, schema]) => [bodyComponent(name), schema] as const)
  return {
    ...jsonSchemas(Object.fromEntries(bodies), 'input'),
    ...jsonSchemas(answerSchemas(config), 'output'),
  }
}

const bodyComponent = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Body`

const refTo = (component: string): Json => ({ $ref: `#/components/schemas/${component}` })

function jsonSchemas(schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, Json> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` })
  // The document itself says which draft it speaks, and where each of its parts stands.
  return Object.fromEntries(Object.entries(made.schemas).map(([id, { $id, $schema, ...schema }]) => [id, schema]))
}

const securitySchemes = ({ cookies }: Engine['config']): Json => ({
  bearer: { type: 'http', scheme: 'bearer' },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: cookies.sessionName,
    description: 'Unsafe methods need a same-origin `Origin` or `Sec-Fetch-Site` besides.',
  },
})

function operation(endpoint: Endpoint, path: string): Json {
  const { name, guard, reader } = endpoint
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => {
    return { name: parameter, in: 'path', required: true, schema: { type: 'string' } }
  })
  return {
    tags: [DESCRIPTIONS[name].group],
    summary: DESCRIPTIONS[name].summary,
    ...(guard === 'session' ? { security: [{ bearer: [] }, { cookie: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(reader.body === null ? {} : { requestBody: requestBody(bodyComponent(reader.body)) }),
    responses: { ...success(endpoint), ...refusals(endpoint) },
  }
}

const requestBody = (component: string): Json => ({
  required: true,
  content: {
    'application/json': { schema: refTo(component) },
    'application/x-www-form-urlencoded': { schema: refTo(component) },
  },
})

function success({ writer: { status, answer, setsCookies } }: Endpoint): Json {
  const headers = setsCookies ? { headers: { 'Set-Cookie': { schema: { type: 'string' } } } } : {}
  const content = answer === null ? {} : { content: { 'application/json': { schema: refTo(answer) } } }
  return { [status]: { description: status === 202 ? 'Accepted' : 'Done', ...headers, ...content } }
}

/** One response for each status, with the codes that it may have. */
function refusals(endpoint: Endpoint): Json {
  const codes = new Map<number, ErrorCode[]>()
  for (const code of new Set(refusalsOf(endpoint))) {
    codes.set(DEFAULT_STATUS[code], [...(codes.get(DEFAULT_STATUS[code]) ?? []), code])
  }
  const problems = [...codes].map(([status, list]) => [status, problem(status, list)] as const)
  return { ...Object.fromEntries(problems), 500: { description: 'A fault', content: problemContent(refTo('Fault')) } }
}

function refusalsOf({ name, method, guard, reader }: Endpoint): readonly ErrorCode[] {
  return [
    ...DESCRIPTIONS[name].refusals,
    ...(guard === 'session' ? (['not_authenticated', 'token_invalid'] as const) : []),
    ...(method === 'GET' ? [] : (['cross_site_request'] as const)),
    ...(reader.body === null ? [] : BODY),
    'unavailable',
  ]
}

const BODY = ['malformed_request', 'payload_too_large', 'unsupported_media_type', 'validation_failed'] as const

function problem(status: number, codes: readonly ErrorCode[]): Json {
  const schema = { allOf: [refTo('Problem'), { properties: { code: { enum: codes } } }] }
  const headers = HEADERS.get(status)
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    ...(headers === undefined ? {} : { headers }),
    content: problemContent(schema),
  }
}

const problemContent = (schema: Json): Json => ({ 'application/problem+json': { schema } })

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } }

const HEADERS: ReadonlyMap<number, Json> = new Map<number, Json>([
  [401, { 'WWW-Authenticate': { schema: { type: 'string' } } }],
  [429, RETRY_AFTER],
  [503, RETRY_AFTER],
])
