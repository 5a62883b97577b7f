import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { NON_FIELD, type ReadFields } from './field-set.ts'
import type { RequestData } from './request-data.ts'

/** A body as the object that it has to be, or what is said of one that is none. */
export function readObject(
  { value }: RequestData,
  { requests }: DrfMessages,
): ReadFields | { readonly object: Readonly<Record<string, unknown>> } {
  if (value === null) return { values: {}, errors: { [NON_FIELD]: [requests.noData] } }
  if (typeof value === 'object' && !Array.isArray(value)) return { object: value as Readonly<Record<string, unknown>> }
  return { values: {}, errors: { [NON_FIELD]: [requests.invalidData(pythonTypeOf(value))] } }
}

/** The names that the original tells its clients. */
function pythonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'boolean':
      return 'bool'
    default:
      return Number.isInteger(value) ? 'int' : 'float'
  }
}
