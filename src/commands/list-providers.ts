import type { CommandContext } from './context.ts'

/** A provider as a page offers it. */
export interface ListedProvider {
  readonly name: string
  readonly title: string
}

/** The providers that people can log in by, in the configured order. */
export async function listProviders(ctx: CommandContext): Promise<readonly ListedProvider[]> {
  return [...ctx.providers.values()].map(({ name, title }) => ({ name, title }))
}
