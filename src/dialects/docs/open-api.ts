/** The parts of an OpenAPI 3.1 document that the page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string }
  readonly servers?: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

export interface ApiOperation {
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly security?: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses?: Readonly<Record<string, ApiResponse>>
}

export interface ApiResponse {
  readonly description?: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Content
}

export type Content = Readonly<Record<string, { readonly schema?: Schema }>>

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** One row of the API. */
export interface ApiRow {
  /** `POST`. */
  readonly method: string
  /** Below the mount, with `{name}` for a segment. */
  readonly path: string
  readonly operation: ApiOperation
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

/** The rows by what they are listed under, in the document's order. */
export function groupsOf({ paths }: ApiDocument): ReadonlyMap<string, readonly ApiRow[]> {
  const groups = new Map<string, ApiRow[]>()
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!METHODS.includes(method)) continue
      const group = operation.tags?.[0] ?? 'Endpoints'
      groups.set(group, [...(groups.get(group) ?? []), { method: method.toUpperCase(), path, operation }])
    }
  }
  return groups
}

/** What leads to a row on the page, and stays while its method and path do. */
export const rowId = ({ method, path }: ApiRow): string =>
  `${method}${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')

/** The name behind a reference; `null` where the schema is none. */
export const referredName = ({ $ref }: Schema): string | null => $ref?.split('/').at(-1) ?? null

/** The schema itself, or the one that it refers to. */
export function resolved(document: ApiDocument, schema: Schema): Schema {
  const name = referredName(schema)
  return name === null ? schema : (document.components?.schemas?.[name] ?? {})
}

/** The schema of a body, as JSON where there are several forms. */
export function schemaIn(content: Content | undefined): Schema | null {
  const entries = Object.entries(content ?? {})
  const [, media] = entries.find(([type]) => type.includes('json')) ?? entries[0] ?? []
  return media?.schema ?? null
}

/** The error codes that an answer may have. */
export function codesIn(schema: Schema | null): readonly string[] {
  const parts = schema === null ? [] : [schema, ...(schema.allOf ?? [])]
  return parts.flatMap(({ properties }) => (properties?.['code']?.enum ?? []).map(String))
}
