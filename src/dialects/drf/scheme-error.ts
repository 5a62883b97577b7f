import type { JsonValue } from '../../model/field.ts'

/** A credential that is there and bad. Whether it becomes a 401 or a 403 the first scheme of the site decides. */
export class SchemeError extends Error {
  override readonly name = 'SchemeError'
  readonly body: JsonValue

  constructor(body: JsonValue) {
    super('a credential was refused')
    this.body = body
  }
}

export const badCredential = (detail: string): SchemeError => new SchemeError({ detail })
