import { jwtScheme } from './jwt-scheme.ts'
import { readJwtCookie } from './read-jwt-cookie.ts'
import type { Scheme } from './scheme.ts'
import { simpleJwtActor } from './simple-jwt-actor.ts'

/** An access token of simplejwt in `Authorization: Bearer …`, and only where there is no such header in the cookie. */
export const jwtCookieScheme: Scheme = async (input) => {
  const token = await readJwtCookie(input)
  return token === null ? jwtScheme(input) : simpleJwtActor(input, token)
}
