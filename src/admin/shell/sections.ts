/** The parts of the admin, in the order of its navigation, each with who is offered it. */
export const SECTIONS = [
  { name: 'overview', path: '/', right: null },
  { name: 'users', path: '/users/', right: 'portress.view_user' },
  { name: 'groups', path: '/groups/', right: 'portress.view_group' },
  { name: 'attempts', path: '/attempts/', right: 'portress.view_attempt' },
  { name: 'locks', path: '/locks/', right: 'portress.view_lock' },
  { name: 'addresses', path: '/addresses/', right: 'portress.view_lock' },
  { name: 'outbox', path: '/outbox/', right: 'portress.view_mail' },
  { name: 'audit', path: '/audit/', right: 'portress.view_audit' },
] as const

export type Section = (typeof SECTIONS)[number]['name']
