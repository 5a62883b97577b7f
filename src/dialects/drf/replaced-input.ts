import type { FieldSet } from './field-set.ts'
import { isStandardSchema, type StandardSchema, schemaFields } from './standard-schema.ts'

/** What a site has put in place of an endpoint's own input, or `null`. */
export function replacedInput(given: StandardSchema | FieldSet | undefined): FieldSet | null {
  if (given === undefined) return null
  return isStandardSchema(given) ? schemaFields(given) : given
}
