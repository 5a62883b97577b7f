import { allowAny } from '../drf/permissions.ts'
import type { Action, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** The two paths that a browser comes to. They lead to pages that the site names, and do nothing themselves. */
export function confirmationPages(parts: DoorParts): readonly View[] {
  const { settings, generation } = parts
  const { links } = settings
  const shared = { readsCredentials: false, permission: allowAny, generation } as const
  const confirm: View = {
    ...shared,
    path: '/registration/account-confirm-email/:key{[-:\\w]+}',
    slash: 'required',
    name: 'Account Confirm Email',
    actions: { GET: leadTo((call) => confirmationPage(links.confirmEmail, call)) },
  }
  const sent: View = {
    ...shared,
    path: '/registration/account-email-verification-sent',
    slash: 'optional',
    name: 'Account Email Verification Sent',
    actions: { GET: leadTo(() => links.verificationSent) },
  }
  return settings.generation === '7' ? [confirm, sent] : [confirm]
}

const leadTo = (target: (call: DrfCall) => string): Action => ({
  permission: allowAny,
  fields: null,
  run: async (call) => ({ status: 302, headers: { location: target(call) } }),
})

/** Whoever names this very path, as the originals have it in their mails, means the product's page: no path leads to itself. */
function confirmationPage(template: string | null, { exchange, params }: DrfCall): string {
  const { key = '' } = params
  const own = template?.replace('{key}', key) ?? null
  const isHere = own !== null && slashed(new URL(own).pathname) === slashed(exchange.path)
  return own === null || isHere ? exchange.engine.config.mail.links.verifyEmail.replace('{code}', key) : own
}

const slashed = (path: string): string => (path.endsWith('/') ? path : `${path}/`)
