import type { SubCommand } from './support/sub-command.ts'

interface Entry {
  /** One line of the overview. */
  readonly summary: string
  /** Loaded only when it is asked for: `serve` must not wait for what draws prompts. */
  readonly load: () => Promise<SubCommand>
}

/** Everything that `portress` can do, by name, in the order of the overview. */
export const SUB_COMMANDS: Readonly<Record<string, Entry>> = {
  serve: {
    summary: 'answer requests until told to stop',
    load: async () => (await import('./serve.ts')).serve,
  },
  migrate: {
    summary: 'apply what the database still needs, or tell what that is',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  makemigrations: {
    summary: 'write the migration that the declared fields need',
    load: async () => (await import('./makemigrations.ts')).makemigrations,
  },
  createsuperuser: {
    summary: 'make a user who may do everything',
    load: async () => (await import('./createsuperuser.ts')).createsuperuser,
  },
  createuser: {
    summary: 'make a user',
    load: async () => (await import('./createuser.ts')).createuser,
  },
  changepassword: {
    summary: 'set a user’s password and end the user’s sessions',
    load: async () => (await import('./changepassword.ts')).changepassword,
  },
  attempts: {
    summary: 'list who tried to prove who they are, and how that ended',
    load: async () => (await import('./attempts.ts')).attempts,
  },
  locks: {
    summary: 'list what is locked now',
    load: async () => (await import('./locks.ts')).locks,
  },
  unlock: {
    summary: 'end the locks of a user, a name or an address, or all',
    load: async () => (await import('./unlock.ts')).unlock,
  },
  cleanup: {
    summary: 'delete what has expired',
    load: async () => (await import('./cleanup.ts')).cleanup,
  },
  check: {
    summary: 'review the configuration for what weakens it',
    load: async () => (await import('./check.ts')).check,
  },
  openapi: {
    summary: 'print the OpenAPI document of the Portress API',
    load: async () => (await import('./openapi.ts')).openapi,
  },
}
