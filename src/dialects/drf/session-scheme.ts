import { authenticate } from '../../commands/authenticate.ts'
import { AuthError } from '../../errors.ts'
import type { Actor } from '../../model/session.ts'
import { assertCsrfToken } from './csrf.ts'
import { isSafeMethod } from './safe-methods.ts'
import type { Scheme, SchemeInput } from './scheme.ts'

/** The cookie of a session. One that is over means nobody, and an unsafe method needs the CSRF token beside it. */
export const sessionScheme: Scheme = async (input) => {
  const { exchange, settings, cookies } = input
  cookies.isCookieAsked = true
  const cookie = exchange.cookie(settings.cookies.sessionName)
  if (cookie === null) return null
  const actor = await sessionOf(input, cookie)
  cookies.isSessionOver = actor === null
  if (actor !== null && !isSafeMethod(exchange.method)) await assertCsrfToken({ ...input, cookies: settings.cookies })
  return actor
}

/** No other carrier's token is a session here: those are asked for no CSRF token where they belong. */
async function sessionOf({ exchange }: SchemeInput, cookie: string): Promise<Actor | null> {
  if (cookie === '') return null
  try {
    const active = await authenticate(exchange.engine, cookie)
    return active.session.carrier === 'cookie' ? active : null
  } catch (error) {
    if (error instanceof AuthError && error.code === 'token_invalid') return null
    throw error
  }
}
