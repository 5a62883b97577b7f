import type { Problems } from '../util/option-problems.ts'
import { ROOT_OPTIONS, SECTION_OPTIONS } from './known-options.ts'
import type { EngineOptions, SiteOptions } from './options.ts'

type Bag = Record<string, unknown>

/**
 * Checks names and kinds of all options, before anything is asked of their values: a configuration written in
 * JavaScript can hold anything.
 *
 * @returns the options without the parts of a wrong kind, so that the rest can be checked as well
 */
export function checkShapes(options: EngineOptions, problems: Problems): EngineOptions {
  const readable: Bag = isBag(options) ? { ...options } : {}
  problems.onlyKnown('', readable, ROOT_OPTIONS)
  checkRequired(readable, problems)
  for (const [path, names] of Object.entries(SECTION_OPTIONS)) checkSection(readable, { path, names }, problems)
  for (const [path, isFine] of Object.entries(KINDS)) {
    const [owner, name] = locate(readable, path)
    if (owner[name] === undefined || !isFine(path, owner[name], problems)) delete owner[name]
  }
  readable['site'] = { ...STAND_IN, ...(isBag(readable['site']) ? readable['site'] : {}) }
  // The checks above make it so, as far as anything reads these options before the problems are thrown.
  return readable as unknown as EngineOptions
}

/** Takes the place of a site that is missing or wrong, so that it is told once; it is never used. */
const STAND_IN: SiteOptions = { name: 'Site', origin: 'https://site.invalid' }

function checkRequired({ store, site }: Bag, problems: Problems): void {
  if (!isBag(store) || typeof store['open'] !== 'function') {
    problems.add('store', 'must be a store, such as sqlite("app.db")')
  }
  if (!isBag(site)) {
    problems.add('site', 'must be an object like { name: "Acme", origin: "https://acme.example" }')
    return
  }
  if (site['name'] === undefined) problems.add('site.name', 'is missing; it is shown in mails and pages')
  if (site['origin'] === undefined) problems.add('site.origin', 'is missing; it must be like https://example.org')
}

function checkSection(
  readable: Bag,
  { path, names }: { readonly path: string; readonly names: readonly string[] },
  problems: Problems,
): void {
  const [owner, name] = locate(readable, path)
  const section = owner[name]
  if (isBag(section)) {
    problems.onlyKnown(path, section, names)
    owner[name] = { ...section }
    return
  }
  // Without a site there is a line already.
  if (section !== undefined && path !== 'site') problems.add(path, 'must be an object with options')
  delete owner[name]
}

/** Where the value of a path is kept, and its name there; an empty object where the section is not set. */
function locate(readable: Bag, path: string): readonly [owner: Bag, name: string] {
  const names = path.split('.')
  const name = names.pop() ?? ''
  let owner = readable
  for (const section of names) {
    const inner = owner[section]
    owner = isBag(inner) ? inner : {}
  }
  return [owner, name]
}

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Kind = (path: string, value: unknown, problems: Problems) => boolean

const boolean: Kind = (path, value, problems) => problems.boolean(path, value)
const text: Kind = (path, value, problems) => problems.text(path, value)
const texts: Kind = (path, value, problems) => problems.texts(path, value)

const languages: Kind = (path, value, problems) => {
  const isEmpty = Array.isArray(value) && value.length === 0
  if (isEmpty) problems.add(path, 'must hold at least one language, such as "en"')
  return !isEmpty && problems.texts(path, value)
}

const oneOf =
  (...allowed: readonly string[]): Kind =>
  (path, value, problems) =>
    problems.oneOf(path, value, allowed)

const bag =
  (advice: string): Kind =>
  (path, value, problems) => {
    if (!isBag(value)) problems.add(path, advice)
    return isBag(value)
  }

const list: Kind = (path, value, problems) => {
  if (!Array.isArray(value)) problems.add(path, 'must be a list')
  return Array.isArray(value)
}

const identifiers: Kind = (path, value, problems) => {
  if (!list(path, value, problems) || !Array.isArray(value)) return false
  const entries = value.map((entry, index) => problems.oneOf(`${path}[${index}]`, entry, ['username', 'email']))
  return !entries.includes(false)
}

const lockoutKeys: Kind = (path, value, problems) => {
  if (!list(path, value, problems) || !Array.isArray(value)) return false
  const isKey = (at: string, part: unknown): boolean =>
    problems.oneOf(at, part, ['user', 'identifier', 'address', 'agent'])
  const entries = value.flatMap((entry: unknown, index) => {
    const at = `${path}[${index}]`
    return Array.isArray(entry) ? entry.map((part, inner) => isKey(`${at}[${inner}]`, part)) : [isKey(at, entry)]
  })
  return !entries.includes(false)
}

const rateLimit: Kind = (path, value, problems) => {
  const isFine = value === false || isBag(value)
  if (!isFine) problems.add(path, 'must be like { count: 5, perSeconds: 3600 }, or false to switch it off')
  return isFine
}

const callable: Kind = (path, value, problems) => {
  const isFine = typeof value === 'function'
  if (!isFine) problems.add(path, 'must be a function')
  return isFine
}

const mailer: Kind = (path, value, problems) => {
  const isFine = isBag(value) && typeof value['send'] === 'function'
  if (!isFine) problems.add(path, 'must be a mailer, such as smtpMailer("smtps://…")')
  return isFine
}

const kindOfAll = (section: string, kind: Kind): Readonly<Record<string, Kind>> =>
  Object.fromEntries((SECTION_OPTIONS[section] ?? []).map((name) => [`${section}.${name}`, kind]))

const declared = bag('must be an object of declared fields')

const profiles: Kind = (path, value, problems) => {
  if (!declared(path, value, problems) || !isBag(value)) return false
  const entries = Object.entries(value).map(([name, fields]) => declared(`${path}.${name}`, fields, problems))
  return !entries.includes(false)
}

const KINDS: Readonly<Record<string, Kind>> = {
  environment: oneOf('production', 'development'),
  ids: oneOf('integer', 'uuid'),
  'site.name': text,
  'site.origin': text,
  'site.trustedOrigins': list,
  'user.username': oneOf('required', 'optional', 'invented', 'none'),
  'user.atInUsernames': oneOf('allowed', 'refused'),
  'user.email': oneOf('required', 'optional'),
  'user.emailUnique': oneOf('always', 'once-proven'),
  'user.fields': declared,
  'user.profiles': profiles,
  'user.reservedUsernames': texts,
  'user.displayName': callable,
  permissions: bag('must be an object like { "blog.add_post": "Can add a post" }'),
  'registration.open': boolean,
  'login.identifiers': identifiers,
  'login.backends': list,
  'login.defaultBackend': text,
  'login.emailMustBeVerified': boolean,
  'login.revealLocks': boolean,
  'login.revealStatus': boolean,
  'login.mailNewDevices': boolean,
  'lockout.keys': lockoutKeys,
  'lockout.lockTiersSeconds': list,
  'lockout.dangerouslyPermanent': boolean,
  'lockout.neverLock.addresses': texts,
  'lockout.neverLock.identifiers': texts,
  'lockout.alwaysRefuse.addresses': texts,
  'lockout.alwaysRefuse.identifiers': texts,
  'social.providers': list,
  'social.callback': text,
  'social.linkProvenAddresses': boolean,
  'social.storeTokens': boolean,
  'jwt.stateless': boolean,
  'jwt.audience': text,
  'simpleJwt.rotateRefreshTokens': boolean,
  'simpleJwt.blacklistAfterRotation': boolean,
  'simpleJwt.userIdClaim': text,
  'simpleJwt.updateLastLogin': boolean,
  'simpleJwt.claims': callable,
  'passwords.validators': list,
  'cookies.sameSite': oneOf('Lax', 'Strict'),
  'cookies.dangerouslyAllowPlainHttp': boolean,
  'cookies.deviceAtEveryDoor': boolean,
  'mail.from': text,
  'mail.languages': languages,
  'mail.sendNoAccountNotice': boolean,
  mailer,
  trustedProxies: texts,
  tokens: list,
  migrationsFolder: text,
  ...kindOfAll('mail.links', text),
  ...kindOfAll('mail.templates', callable),
  ...kindOfAll('rateLimits', rateLimit),
  ...kindOfAll('hooks', callable),
  ...kindOfAll('events', callable),
}
