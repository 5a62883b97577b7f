import { admin } from './admin/index.ts'
import { demo } from './dialects/demo/index.ts'
import { djmongoauth } from './dialects/djmongoauth/index.ts'
import { djoser } from './dialects/djoser/index.ts'
import { docs } from './dialects/docs/index.ts'
import { operations } from './dialects/operations/index.ts'
import { outbox } from './dialects/outbox/index.ts'
import { type PageLink, pages } from './dialects/pages/index.ts'
import { openApiDocument, portressApi } from './dialects/portress-api/index.ts'
import { restAuth } from './dialects/rest-auth/index.ts'
import { restRegistration } from './dialects/rest-registration/index.ts'
import type { Dialect } from './http/dialect.ts'

export interface DefaultMountsInput {
  readonly hasOutboxPage: boolean
  /** The API is there to be read and tried on a page. */
  readonly hasDocs: boolean
  /** The page at `/` is one on which an account can be tried, not a list of what there is. @default false */
  readonly hasDemo?: boolean
  /** The provider that lets anybody in as its first person is there to be tried. @default false */
  readonly hasDevelopmentProvider?: boolean
}

/** Where everything answers unless the configuration says otherwise. */
export function defaultMounts({
  hasOutboxPage,
  hasDocs,
  hasDemo = false,
  hasDevelopmentProvider = false,
}: DefaultMountsInput): Readonly<Record<string, Dialect | readonly Dialect[]>> {
  const page = { href: '/docs', label: 'The Portress API below /api, to be read and tried' }
  const api = { href: '/api/openapi.json', label: 'The Portress API below /api, as an OpenAPI document' }
  const restAuthApi = { href: '/dj-rest-auth/openapi.json', label: 'The rows of dj-rest-auth, to be tried' }
  const operators = { href: '/admin/', label: 'The admin, for staff' }
  const mails = { href: '/outbox', label: 'The mails that were kept here instead of being sent' }
  const social = {
    href: `/account/social/development?next=${hasDemo ? '/' : '/api/me'}`,
    label: 'Try social log-in offline: come in as Ada',
  }
  const links = [
    operators,
    ...(hasDocs ? [page] : []),
    api,
    restAuthApi,
    ...(hasOutboxPage ? [mails] : []),
    ...(hasDevelopmentProvider ? [social] : []),
  ]
  return {
    '/api': portressApi(),
    // The owner is told of every change that a thief would make, which the original leaves to the site.
    '/auth': djoser({
      languages: 'all',
      passwordChangedEmailConfirmation: true,
      usernameChangedEmailConfirmation: true,
    }),
    '/rest-auth': restAuth({ name: 'rest-auth-0.9', generation: '0.9', languages: 'all' }),
    '/dj-rest-auth': restAuth({ languages: 'all' }),
    '/accounts': restRegistration({ languages: 'all' }),
    '/djmongoauth': djmongoauth(),
    '/admin': admin(),
    ...(hasDemo ? demoMounts(hasOutboxPage, links) : { '/': [pages({ links }), operations()] }),
    ...(hasDocs ? { '/docs': docs({ document: openApiDocument }) } : {}),
    ...(hasOutboxPage ? { '/outbox': outbox() } : {}),
  }
}

/** The page with a door of its own: it shows how long a lock lasts, which all others keep to themselves. */
function demoMounts(
  hasOutboxPage: boolean,
  links: readonly PageLink[],
): Readonly<Record<string, Dialect | readonly Dialect[]>> {
  const outboxPath = hasOutboxPage ? '/outbox' : null
  return {
    '/': [pages({ hasIndexPage: false }), demo({ api: '/demo/api', outbox: outboxPath, links }), operations()],
    '/demo/api': portressApi({ revealLocks: true }),
  }
}
