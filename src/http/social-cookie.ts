import type { BegunSocialLogin } from '../commands/begin-social-login.ts'
import type { Exchange } from './exchange.ts'

/**
 * The cookie that carries a social log-in from its beginning to the callback.
 *
 * Never `Strict`, whatever the session's cookie is: the provider's page sends the browser back, and would come without it.
 * A callback that is posted from there gets `SameSite=None`, which browsers take from HTTPS alone. Over plain HTTP nothing
 * is said in its place, because they then let a new cookie go with a form from elsewhere for two minutes. Nothing is lost
 * by either: the cookie is good for nothing but the one callback that names the state sealed in it.
 */
export function socialCookie({ engine: { config, clock } }: Exchange, begun: BegunSocialLogin): string {
  const { socialName, isSecure } = config.cookies
  const seconds = Math.max(0, Math.floor((begun.expiresAt.getTime() - clock.now().getTime()) / 1000))
  const secure = isSecure ? '; Secure' : ''
  return `${socialName}=${begun.pending}; Path=/; Max-Age=${seconds}; HttpOnly${sameSiteOf(begun, isSecure)}${secure}`
}

function sameSiteOf({ responseMode }: BegunSocialLogin, isSecure: boolean): string {
  if (responseMode === 'query') return '; SameSite=Lax'
  return isSecure ? '; SameSite=None' : ''
}
