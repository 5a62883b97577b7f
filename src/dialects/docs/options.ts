import type { Engine } from '../../commands/context.ts'

export interface DocsOptions {
  /** Writes the OpenAPI 3.1 document that is shown; that of the Portress API is `openApiDocument`. */
  readonly document: (
    config: Engine['config'],
    mount: { readonly path: string },
  ) => Promise<Readonly<Record<string, unknown>>>
  /** Where the described API is mounted. @default '/api' */
  readonly path?: string
  /** `true` shows the page in production, too. @default false: there it is not found */
  readonly inProduction?: boolean
}
