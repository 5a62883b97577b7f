import { toAccount } from '../../model/account.ts'
import type { JsonValue } from '../../model/field.ts'
import type { Carrier, IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { sessionCookies, withDeviceCookie } from '../drf/cookies.ts'
import { jwtCookies } from '../drf/jwt-cookies.ts'
import type { DrfAnswer, DrfCall } from '../drf/view.ts'
import { writeMoment } from '../drf/write-moment.ts'
import type { DoorParts } from './door-parts.ts'
import type { JwtAnswer } from './options.ts'
import type { RestAuthSettings } from './settings.ts'

/** Which command let somebody in: registration forgets some of what the others give. */
export type Occasion = 'login' | 'registration' | 'social'

/** Somebody who was let in; `cookie` is the session beside what carries the answer. */
export interface LoggedIn {
  readonly user: User
  readonly issued: IssuedToken
  readonly cookie: IssuedToken | null
  /** Not where a registration let them in. */
  readonly deviceToken?: string
}

/** What carries the proof of a log-in at this door: without tokens the session cookie alone. */
export function carrierOf({ answer, generation, tokenCarrier }: RestAuthSettings): Carrier {
  switch (answer) {
    case 'jwt':
      return generation === '7' ? 'simple-jwt' : 'drf-jwt'
    case 'token':
      return tokenCarrier
    case 'none':
      return 'cookie'
  }
}

/** Whether a log-in begins a session with a cookie beside its token. */
export const sessionBeside = ({ answer, sessionLogin }: RestAuthSettings): boolean => sessionLogin && answer !== 'none'

/** The answer to whoever was let in, with the cookies that go with it. */
export function loginAnswer(parts: DoorParts, occasion: Occasion): (login: LoggedIn, call: DrfCall) => DrfAnswer {
  const { answer } = parts.settings
  const full = occasion === 'registration' ? 201 : 200
  return (login, call) => ({
    status: answer === 'none' ? 204 : full,
    body: bodyOf(parts, login, occasion),
    cookies: cookiesOf({ parts, login, call, occasion }),
  })
}

function bodyOf(parts: DoorParts, login: LoggedIn, occasion: Occasion): JsonValue | undefined {
  const { answer, serialize } = parts.settings
  const { user, issued } = login
  switch (answer) {
    case 'jwt':
      return jwtBody(parts, login, occasion)
    case 'token':
      return serialize.token === undefined ? { key: issued.token } : serialize.token(issued.token, toAccount(user))
    case 'none':
      return undefined
  }
}

function jwtBody({ settings, details }: DoorParts, { user, issued }: LoggedIn, occasion: Occasion): JsonValue {
  const { serialize, generation, jwtAuthReturnExpiration } = settings
  const { jwt: plain = generation === '7' ? pairBody : singleBody, jwtWithExpiration = extended(plain) } = serialize
  const input: JwtAnswer = {
    access: issued.token,
    refresh: isRefreshTold(settings, occasion) ? (issued.refreshToken ?? '') : '',
    accessExpiresAt: issued.expiresAt,
    refreshExpiresAt: issued.refreshExpiresAt,
    account: toAccount(user),
    user: details.write(user),
  }
  // The original forgets them at registration.
  const tellsExpiration = jwtAuthReturnExpiration && occasion !== 'registration'
  return tellsExpiration ? jwtWithExpiration(input) : plain(input)
}

/** Where no script reads the cookies, none reads the refresh token in a body either; registration forgets that. */
function isRefreshTold(settings: RestAuthSettings, occasion: Occasion): boolean {
  const { isHttpOnly, refreshName } = settings.jwtCookies
  if (occasion === 'registration' || !isHttpOnly) return true
  return settings.refreshInBodyWithoutCookie && refreshName === null
}

const pairBody = ({ access, refresh, user }: JwtAnswer): JsonValue => ({ access, refresh, user })

const singleBody = ({ access: token, user }: JwtAnswer): JsonValue => ({ token, user })

type JwtWriter = (input: JwtAnswer) => JsonValue

const extended =
  (plain: JwtWriter): JwtWriter =>
  (input) => {
    const [body, { accessExpiresAt, refreshExpiresAt }] = [plain(input), input]
    // What is no object has no place for more.
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
    return {
      ...body,
      access_expiration: writeMoment(accessExpiresAt),
      refresh_expiration: refreshExpiresAt === null ? null : writeMoment(refreshExpiresAt),
    }
  }

interface Granting {
  readonly parts: DoorParts
  readonly login: LoggedIn
  readonly call: DrfCall
  readonly occasion: Occasion
}

function cookiesOf({ parts: { settings }, login, call, occasion }: Granting): readonly string[] {
  const { exchange, settings: drf } = call
  const session = settings.answer === 'none' ? login.issued : login.cookie
  const setsJwt = occasion !== 'registration' || settings.registrationSetsJwtCookies
  const cookies = [
    ...(setsJwt ? jwtCookies(exchange, drf, login.issued) : []),
    ...(session === null ? [] : sessionCookies(exchange, drf, session)),
  ]
  return withDeviceCookie(exchange, cookies, login)
}
