import type { Engine } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Bodies, BodyName, BodySchemas } from './body-schemas.ts'
import { readFormValues } from './form-values.ts'

/** Reads the body and judges its shape, all complaints together. */
export interface BodyParser {
  /** @throws {AuthError} `validation_failed`, and what reading the body throws */
  <K extends BodyName>(name: K, exchange: Exchange): Promise<Bodies[K]>
}

/** Schemas are made once, when the first body comes: the library alone costs more than the rest of the start. */
export function bodyParser(config: Engine['config']): BodyParser {
  let loading: Promise<Loaded> | undefined
  return async (name, exchange) => {
    const given = await exchange.body()
    const isForm = exchange.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false
    loading ??= load(config)
    const { schemas, complaintsOf } = await loading
    const body = isForm ? readFormValues(config.user.fields, given) : given
    const parsed = schemas[name].safeParse(body, { reportInput: true })
    if (parsed.success) return parsed.data
    throw new AuthError('validation_failed', { fields: complaintsOf(parsed.error.issues, config.user) })
  }
}

interface Loaded {
  readonly schemas: BodySchemas
  readonly complaintsOf: typeof import('./complaints.ts').complaintsOf
}

