import type { CommandContext } from '../../commands/context.ts'
import type { OpenApiDocument } from './describe-api.ts'
import type { Endpoint } from './endpoint.ts'

/** The command behind the document's own row: it is written when somebody first asks for it. */
export function describer(
  endpoints: () => readonly Endpoint[],
): (ctx: Pick<CommandContext, 'config'>, mountPath: string) => Promise<OpenApiDocument> {
  let writing: Promise<OpenApiDocument> | undefined
  return ({ config }, mountPath) => {
    writing ??= import('./describe-api.ts').then(({ describeApi }) => {
      return describeApi({ config, mountPath, endpoints: endpoints() })
    })
    return writing
  }
}
