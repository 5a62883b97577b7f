import { field } from '../../model/declare-field.ts'
import { declaredField } from './declared-field.ts'
import type { FieldReader } from './fields.ts'

/** Yes or no, also in words; `false` where nothing of it was sent. */
export const booleanField = (wireName: string): FieldReader =>
  declaredField(wireName, field.boolean({ default: false }), 'create')
