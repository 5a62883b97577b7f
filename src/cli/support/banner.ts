import type { Application } from './application.ts'

/** What a person wants to know once the server listens. */
export interface Banner {
  readonly url: string
  readonly origin: string
  readonly environment: string
  readonly mounts: readonly { readonly path: string; readonly dialects: readonly string[] }[]
  readonly mails: string
  readonly database: string | null
  /** Where locks are kept, where that is not the database. */
  readonly locks: string | null
  readonly configFile: string | null
  readonly secretFile: string | null
  readonly superuser: string
  /** Where there is more than one process that answers. */
  readonly workers?: number
}

export function bannerOf(application: Application, url: string): Banner {
  const { auth, options, databaseName, configFile, secretFile } = application
  const paths = [...new Set(auth.mounts.map(({ path }) => path))]
  const outboxPage = auth.mounts.find(({ dialect }) => dialect === 'outbox')
  const { origin } = auth.config.site
  return {
    url,
    origin,
    environment: auth.config.environment,
    mounts: paths.map((path) => ({
      path,
      dialects: auth.mounts.filter((mount) => mount.path === path).map(({ dialect }) => dialect),
    })),
    mails: auth.mailDescription + (outboxPage === undefined ? '' : `; read them at ${origin}${outboxPage.path}`),
    database: databaseName,
    locks: options?.throttles?.description ?? null,
    configFile,
    secretFile: secretFile?.path ?? null,
    superuser: `npx portress createsuperuser${configFile === null ? '' : ` --config ${configFile}`}`,
  }
}

/** The banner as text: in columns for a person at a terminal, one plain line a fact for everything else. */
export function formatBanner(banner: Banner, { isTerminal }: { readonly isTerminal: boolean }): string {
  const facts: readonly (readonly [string, string | null])[] = [
    ...(banner.origin === banner.url ? [] : [['Origin', banner.origin] as const]),
    ...banner.mounts.map(({ path, dialects }, index) => {
      return [index === 0 || !isTerminal ? 'Mount' : '', `${path}  (${dialects.join(', ')})`] as const
    }),
    ['Mails', banner.mails],
    ['Database', banner.database],
    ['Locks', banner.locks],
    ['Workers', banner.workers === undefined ? null : String(banner.workers)],
    ['Configuration', banner.configFile],
    ['Secret', banner.secretFile],
    ['Superuser', `make one with: ${banner.superuser}`],
  ]
  const known = facts.flatMap(([name, fact]) => (fact === null ? [] : [{ name, fact }]))
  const title = `Portress listens on ${banner.url} (${banner.environment})`
  if (!isTerminal) return [title, ...known.map(({ name, fact }) => `${name}: ${fact}`)].join('\n')
  const width = Math.max(...known.map(({ name }) => name.length))
  return ['', title, '', ...known.map(({ name, fact }) => `  ${name.padEnd(width)}  ${fact}`), ''].join('\n')
}
