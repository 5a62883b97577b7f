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
import { messagesFor } from './messages/catalogues.ts'
import type { Messages } from './messages/messages.ts'

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
  const social = `/account/social/development?next=${hasDemo ? '/' : '/api/me'}`
  const links = [
    linkTo('/admin/', 'admin'),
    ...(hasDocs ? [linkTo('/docs', 'docs')] : []),
    linkTo('/api/openapi.json', 'openApi'),
    linkTo('/dj-rest-auth/openapi.json', 'restAuth'),
    ...(hasOutboxPage ? [linkTo('/outbox', 'outbox')] : []),
    ...(hasDevelopmentProvider ? [linkTo(social, 'development')] : []),
  ]
  return {
    '/api': portressApi(),
    // The owner is told of every change that a thief would make, which the original leaves to the site.
    '/auth': djoser({
      languages: 'all',
      passwordChangedEmailConfirmation: true,
      usernameChangedEmailConfirmation: true,
    }),
    '/rest-auth': { ...restAuth({ name: 'rest-auth-0.9', generation: '0.9', languages: 'all' }), isBuiltIn: true },
    '/dj-rest-auth': { ...restAuth({ languages: 'all' }), isBuiltIn: true },
    '/accounts': restRegistration({ languages: 'all' }),
    '/djmongoauth': djmongoauth(),
    '/admin': admin(),
    ...(hasDemo ? demoMounts(hasOutboxPage, links) : { '/': [pages({ links }), operations()] }),
    ...(hasDocs ? { '/docs': docs({ document: openApiDocument }) } : {}),
    ...(hasOutboxPage ? { '/outbox': outbox() } : {}),
  }
}

const linkTo = (href: string, name: keyof Messages['pages']['index']['labels']): PageLink => ({
  href,
  label: (language) => messagesFor(language).pages.index.labels[name],
})

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
