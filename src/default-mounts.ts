import { djoser } from './dialects/djoser/index.ts'
import { operations } from './dialects/operations/index.ts'
import { outbox } from './dialects/outbox/index.ts'
import { pages } from './dialects/pages/index.ts'
import { portressApi } from './dialects/portress-api/index.ts'
import type { Dialect } from './http/dialect.ts'

/** Where everything answers unless the configuration says otherwise. */
export function defaultMounts({
  hasOutboxPage,
}: {
  readonly hasOutboxPage: boolean
}): Readonly<Record<string, Dialect | readonly Dialect[]>> {
  const api = { href: '/api/openapi.json', label: 'The Portress API below /api, as an OpenAPI document' }
  const mails = { href: '/outbox', label: 'The mails that were kept here instead of being sent' }
  return {
    '/api': portressApi(),
    // The owner is told of every change that a thief would make, which the original leaves to the site.
    '/auth': djoser({
      languages: 'all',
      passwordChangedEmailConfirmation: true,
      usernameChangedEmailConfirmation: true,
    }),
    '/': [pages({ links: hasOutboxPage ? [api, mails] : [api] }), operations()],
    ...(hasOutboxPage ? { '/outbox': outbox() } : {}),
  }
}
