import { type FieldDescription, type FieldSet, NON_FIELD, type WireErrors, type WireValues } from './field-set.ts'
import { readObject } from './read-object.ts'

/** What this product calls of a schema of any library: the interface that they agreed on (https://standardschema.dev). */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>
  }
}

export interface StandardResult {
  readonly value?: unknown
  /** Absent where the value is right. */
  readonly issues?: readonly StandardIssue[] | undefined
}

export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** Tells a schema from everything else that an option may hold; some libraries make theirs of functions. */
export const isStandardSchema = (value: object): value is StandardSchema => '~standard' in value

/**
 * The input half of a serializer out of a schema. Its sentences are the schema's own, and a form gives it nothing but
 * text. What a schema reads is described to nobody unless `descriptions` does it.
 */
export function schemaFields(
  schema: StandardSchema,
  descriptions: Readonly<Record<string, FieldDescription>> = {},
): FieldSet {
  return {
    fields: descriptions,
    async read(data, words) {
      const body = readObject(data, words)
      if ('errors' in body) return body
      // A copy, because a form's fields come without a prototype, which some libraries do not take for an object.
      const result = await schema['~standard'].validate({ ...body.object })
      if (result.issues !== undefined) return { values: {}, errors: errorsOf(result.issues) }
      return { values: isRecord(result.value) ? result.value : {}, errors: {} }
    },
  }
}

/** By the field at the top; what lies deeper is told of it, too. */
function errorsOf(issues: readonly StandardIssue[]): WireErrors {
  const errors = new Map<string, readonly string[]>()
  for (const { path: [first] = [], message } of issues) {
    const name = first === undefined ? NON_FIELD : String(typeof first === 'object' ? first.key : first)
    errors.set(name, [...(errors.get(name) ?? []), message])
  }
  // A schema that refuses without a reason has refused all the same.
  return errors.size > 0 ? Object.fromEntries(errors) : { [NON_FIELD]: [''] }
}

const isRecord = (value: unknown): value is WireValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
