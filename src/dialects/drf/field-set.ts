import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import type { RequestData } from './request-data.ts'

/** What was sent, by the wire's names. */
export type WireValues = Readonly<Record<string, unknown>>

/** Sentences by field; what concerns no single one stands under `non_field_errors`. */
export type WireErrors = Readonly<Record<string, readonly string[]>>

export interface ReadFields {
  /** Only fields that were sent and are right, or that have a default. */
  readonly values: WireValues
  readonly errors: WireErrors
}

/** How one field is described to a client, and drawn in a form. */
export interface FieldDescription {
  readonly type: 'string' | 'email' | 'boolean' | 'integer' | 'float' | 'datetime' | 'choice' | 'field'
  readonly required: boolean
  readonly label: string
  readonly isSecret: boolean
  /** Shown in answers, and never read. @default false */
  readonly isReadOnly?: boolean
  /** Code points. */
  readonly minLength?: number
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly choices?: readonly string[]
}

/** Reads a body's fields and says what is wrong with each: a serializer's input half. */
export interface FieldSet {
  readonly fields: Readonly<Record<string, FieldDescription>>
  read(data: RequestData, words: DrfMessages): ReadFields | Promise<ReadFields>
}

export const NON_FIELD = 'non_field_errors'
