import type { DjmongoauthOptions } from './options.ts'

/** Settings that weaken safety, for the log at each start. */
export function dangersOf(options: DjmongoauthOptions): readonly string[] {
  return TELLING.filter((name) => options[name] === true).map(
    (name) => `djmongoauth: ${name} lets anybody find out who has an account`,
  )
}

const TELLING = ['dangerouslyTellUnknownUsers', 'dangerouslyTellTakenAddresses'] as const
