import { type ApiDocument, resolved, type Schema } from './open-api.ts'

/**
 * A value that a schema may begin with: what is required, what has a default, and the address, without which no mail is written. Of
 * an object that requires nothing all of it is shown, so that one sees what there is.
 */
export function exampleOf(document: ApiDocument, given: Schema): unknown {
  const schema = resolved(document, given)
  const { properties, required = [], anyOf, items } = schema
  if (schema.default !== undefined) return schema.default
  if (schema.enum !== undefined) return schema.enum[0]
  if (anyOf?.[0] !== undefined) return exampleOf(document, anyOf[0])
  if (properties === undefined) return items === undefined ? plainExample(schema) : []
  const shown = Object.entries(properties).filter(
    ([name, property]) =>
      required.length === 0 ||
      required.includes(name) ||
      property.default !== undefined ||
      isAddress(document, property),
  )
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleOf(document, property)]))
}

function isAddress(document: ApiDocument, given: Schema): boolean {
  const { format, anyOf } = resolved(document, given)
  return format === 'email' || anyOf?.[0]?.format === 'email'
}

function plainExample({ type, format, minimum }: Schema): unknown {
  if (type === 'number' || type === 'integer') return minimum ?? 0
  if (type === 'boolean') return false
  if (type !== 'string') return null
  return format === 'email' ? 'ann@example.org' : ''
}
