import type { Engine } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Bodies } from './bodies.ts'
import type { BodyName, BodySchemas } from './body-schemas.ts'
import { complaintsOf } from './complaints.ts'
import { isForm, readFormValues } from './form-values.ts'

/**
 * Reads the body and judges its shape, all complaints together.
 *
 * @throws {AuthError} `validation_failed`, and what reading the body throws
 */
export type BodyParser = <K extends BodyName>(name: K, exchange: Exchange) => Promise<Bodies[K]>

/** Schemas are made once, for the first body: loading their library costs more than the rest of the start. */
export function bodyParser(config: Engine['config']): BodyParser {
  let loading: Promise<BodySchemas> | undefined
  return async (name, exchange) => {
    const given = await exchange.body()
    loading ??= loadSchemas(config)
    const schemas = await loading
    const body = isForm(exchange.header('content-type')) ? readFormValues(config.user.fields, given) : given
    const parsed = schemas[name].safeParse(body, { reportInput: true })
    if (parsed.success) return parsed.data
    throw new AuthError('validation_failed', { fields: complaintsOf(parsed.error.issues, config.user) })
  }
}

async function loadSchemas(config: Engine['config']): Promise<BodySchemas> {
  const { bodySchemas } = await import('./body-schemas.ts')
  return bodySchemas(config)
}
