import type { JsonValue } from '../../model/field.ts'

/** What goes back, before it is rendered. */
export interface DrfAnswer {
  readonly status: number
  /** `undefined`: no body and no type. */
  readonly body?: JsonValue | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[]
}
