import type { Engine } from '../../commands/context.ts'
import type { DjmongoauthOptions } from './options.ts'

/** The options with every default filled in. */
export interface DjmongoauthSettings {
  readonly name: string
  /** What mails call the site. */
  readonly siteUrl: string
  /** What links begin with; `null`: they lead to the product's own pages. */
  readonly frontEnd: string | null
  readonly lifetimeSeconds: number
  readonly tokenPerLogin: boolean
  readonly tellsUnknownUsers: boolean
  readonly tellsTakenAddresses: boolean
  /** What is looked up for the key `username`: an address where names do not log in. */
  readonly loginField: 'username' | 'email'
  /** The keys that registration asks for, in the order in which the original misses them. */
  readonly registrationKeys: readonly ('username' | 'email' | 'password')[]
  /** Whether a name may be given that registration does not ask for. */
  readonly takesUsername: boolean
  /** Whether nobody can log in before the mailed link was used. */
  readonly mailsAtRegistration: boolean
}

/** Options of a wrong kind have been refused before. */
export function resolveSettings(options: DjmongoauthOptions, config: Engine['config']): DjmongoauthSettings {
  const { host, protocol } = new URL(config.site.origin)
  const { siteUrl = host, isHttps = protocol === 'https:' } = options
  const hasNames = config.user.username !== 'none'
  const isNameInvented = config.user.username === 'invented'
  return {
    name: nameOf(options),
    siteUrl,
    frontEnd: options.siteUrl === undefined ? null : `${isHttps ? 'https' : 'http'}://${siteUrl}`,
    lifetimeSeconds: (options.sessionExpireInHour ?? 168) * 3600,
    tokenPerLogin: options.tokenPerLogin ?? false,
    tellsUnknownUsers: options.dangerouslyTellUnknownUsers ?? false,
    tellsTakenAddresses: options.dangerouslyTellTakenAddresses ?? false,
    loginField: hasNames && config.login.identifiers.includes('username') ? 'username' : 'email',
    registrationKeys: hasNames && !isNameInvented ? ['username', 'email', 'password'] : ['email', 'password'],
    takesUsername: isNameInvented,
    mailsAtRegistration: config.login.emailMustBeVerified,
  }
}

export const nameOf = ({ name = 'djmongoauth' }: DjmongoauthOptions): string => name
