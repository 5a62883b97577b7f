import { field } from '../../model/declare-field.ts'
import { declaredField } from './declared-field.ts'
import type { FieldReader } from './fields.ts'

/** A whole number that must be there, also in digits. An input of a form that was left empty is no number. */
export function integerField(wireName: string): FieldReader {
  const declared = declaredField(wireName, field.number({ integer: true, required: true }), 'create')
  return { ...declared, read: (value, how) => declared.read(value, { ...how, isForm: false }) }
}
