import type { Engine } from '../../commands/context.ts'
import type { OpenApiDocument } from './describe-api.ts'
import { describer } from './describer.ts'
import { routes } from './routes.ts'

/**
 * The OpenAPI 3.1 document of the API as `auth.config` makes it, declared fields and profiles included: the same that
 * it serves at `/openapi.json`.
 *
 * @param mount `path`: where the API is mounted
 *
 * @example
 * ```ts
 * const document = await openApiDocument(auth.config, { path: '/api' })
 * ```
 */
export function openApiDocument(
  config: Engine['config'],
  mount: { readonly path: string } = { path: '/api' },
): Promise<OpenApiDocument> {
  return describer(() => routes(config))({ config }, mount.path)
}
