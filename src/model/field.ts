/** What a declared field can hold at run time. `json` values are what `JSON.parse` gives. */
export type FieldValue = string | number | boolean | Date | JsonValue | null

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export type FieldValues = Readonly<Record<string, FieldValue>>

export type FieldKind = 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'json'

/** What every kind of field has. */
export interface FieldOptions<T> {
  /** A value must be given at registration, and beside a `default` only there and at prompts. @default false */
  readonly required?: boolean
  /** Stored when none is given. @default null */
  readonly default?: T
  /** No two users may have the same value; text is compared in canonical form. @default false */
  readonly unique?: boolean
  /** The user may set it at registration and change it later. @default true */
  readonly writable?: boolean
  /** It is shown to the user it belongs to. @default true */
  readonly public?: boolean
}

/** One declared field. `T` lives only in the type: it is what the field gives back. */
export interface FieldDefinition<T = unknown> {
  readonly kind: FieldKind
  readonly required: boolean
  readonly unique: boolean
  readonly writable: boolean
  readonly public: boolean
  readonly default: FieldValue
  /** Code points, for text. */
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  /** Whole numbers only. */
  readonly integer?: boolean
  readonly choices?: readonly string[]
  readonly __type?: T
}

/** Declared fields by name. The names are camelCase; their columns are the same in snake_case. */
export type FieldDefinitions = Readonly<Record<string, FieldDefinition>>

/** The values that declared fields give back. */
export type ValuesOf<F extends FieldDefinitions> = {
  readonly [K in keyof F]: F[K] extends FieldDefinition<infer T> ? T : never
}
