import type { Credential } from '../../http/dialect.ts'
import type { Exchange } from '../../http/exchange.ts'

/** The session cookie: these pages are for browsers, and know no other credential. */
export function findSession({ cookie, engine }: Pick<Exchange, 'cookie' | 'engine'>): Credential | null {
  const token = cookie(engine.config.cookies.sessionName)
  return token === null || token === '' ? null : { token, sentBy: 'cookie' }
}
