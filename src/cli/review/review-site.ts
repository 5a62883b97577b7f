import type { ResolvedConfig } from '../../config/resolved-config.ts'
import { outboxMailer } from '../../mailers/outbox-mailer.ts'
import { parseIpRange } from '../../util/ip-range.ts'
import { isLoopback } from '../support/is-loopback.ts'
import { type Finding, present } from './finding.ts'

export interface SiteFacts {
  readonly config: ResolvedConfig
  readonly mailDescription: string
  /** Judge as for a site that people use. */
  readonly isProduction: boolean
}

/** How the site is reached, and how it reaches people. */
export function reviewSite({ config, mailDescription, isProduction }: SiteFacts): readonly Finding[] {
  return present([
    plainHttp(config, isProduction),
    config.environment === 'development' &&
      isProduction && {
        id: 'development',
        severity: 'error',
        message: 'It runs with what is only fit for development.',
        advice: 'Set environment: "production", or NODE_ENV=production for the embedded default.',
      },
    mailDescription === outboxMailer().description && {
      id: 'no-mailer',
      severity: isProduction ? 'error' : 'info',
      message: 'Mails are kept and not sent, so nobody can confirm an address or reset a password.',
      advice: 'Set mailer: smtpMailer("smtps://…"), or PORTRESS_SMTP_URL for the embedded default.',
    },
    ...proxies(config),
    config.jwt.stateless && {
      id: 'jwt-stateless',
      severity: 'warning',
      message: `Access tokens work for up to ${config.jwt.accessLifetimeSeconds} s after log-out or a new password.`,
      advice: 'Leave jwt.stateless out unless nothing behind it minds.',
    },
    (config.login.revealLocks || config.login.revealStatus) && {
      id: 'revealing-login',
      severity: 'info',
      message: 'Log-in tells more than whether name and password were right.',
      advice: 'Leave login.revealLocks and login.revealStatus out unless clients need them.',
    },
  ])
}

function plainHttp({ site, environment }: ResolvedConfig, isProduction: boolean): Finding | null {
  if (site.isHttps) return null
  const { hostname } = new URL(site.origin)
  const isDangerous = environment === 'production'
  return {
    id: 'plain-http',
    severity: isProduction || !isLoopback(hostname) ? 'error' : 'info',
    message:
      `Passwords and cookies travel over plain HTTP to ${site.origin}` +
      (isDangerous ? ', because cookies.dangerouslyAllowPlainHttp is set.' : '.'),
    advice: 'Put a proxy with TLS in front and set site.origin, or PORTRESS_ORIGIN, to the https:// address.',
  }
}

/** An IPv4 range this wide, or an IPv6 range, is more than the proxies of one site. */
const WIDEST_PREFIX = { 4: 96 + 8, 6: 32 } as const

function proxies({ trustedProxies, site }: ResolvedConfig): readonly (Finding | false)[] {
  const wide = trustedProxies.filter((text) => {
    const { first, bits } = parseIpRange(text)
    return bits < WIDEST_PREFIX[first.family]
  })
  return [
    wide.length > 0 && {
      id: 'wide-trusted-proxies',
      severity: 'error',
      message: `Anybody in ${wide.join(', ')} can pretend to come from any address.`,
      advice: 'Name the proxies themselves in trustedProxies.',
    },
    trustedProxies.length === 0 &&
      site.isHttps && {
        id: 'no-trusted-proxies',
        severity: 'warning',
        message: 'Behind a proxy, all people share its address, and one of them can get all of them locked out.',
        advice: 'Name the proxy in trustedProxies, or PORTRESS_TRUSTED_PROXIES; ignore this where there is none.',
      },
  ]
}
