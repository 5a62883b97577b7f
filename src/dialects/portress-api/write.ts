import type { ActivateResult } from '../../commands/activate.ts'
import type { ChangePasswordResult } from '../../commands/change-password.ts'
import type { Engine } from '../../commands/context.ts'
import type { UserExport } from '../../commands/export-user.ts'
import type { ListedSession } from '../../commands/list-sessions.ts'
import type { LoginResult } from '../../commands/login.ts'
import type { RegisterResult } from '../../commands/register.ts'
import type { RotateTokenResult } from '../../commands/rotate-token.ts'
import type { SocialLoginResult } from '../../commands/social-login.ts'
import { clearCookie } from '../../http/cookies.ts'
import type { Exchange } from '../../http/exchange.ts'
import { loginCookies, sessionCookie } from '../../http/login-cookies.ts'
import type { Attempt } from '../../model/attempt.ts'
import type { IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { answer, emptyAnswer } from './answer.ts'
import type { Writer } from './endpoint.ts'
import { userWriter, type WireObject, writeAttempt, writeIdentity, writeSession } from './wire.ts'

/** What was asked for comes by mail, or does not. */
export const accepted: Writer<void> = emptyAnswer(202)

export const done: Writer<void> = emptyAnswer(204)

/** The caller's own session is over. */
export const sessionEnded: Writer<void> = emptyAnswer(204, (_, exchange) => forgetSession(exchange))

export const sessionRevoked: Writer<void> = emptyAnswer(204, (_, exchange) => {
  return exchange.params['id'] === exchange.ctx.actor?.session.id ? forgetSession(exchange) : []
})

export const passwordChanged: Writer<ChangePasswordResult> = emptyAnswer(204, ({ renewed }, exchange) => {
  return renewed === null ? [] : [sessionCookie(exchange, renewed)]
})

export const sessionList: Writer<readonly ListedSession[]> = answer('SessionList', (listed) => ({
  sessions: listed.map(({ session, isCurrent }) => writeSession(session, isCurrent)),
}))

export const attemptList: Writer<readonly Attempt[]> = answer('AttemptList', (attempts) => ({
  attempts: attempts.map(writeAttempt),
}))

export const keySet: Writer<readonly WireObject[]> = answer('KeySet', (keys) => ({ keys }))

export const document: Writer<WireObject> = answer('OpenApiDocument', (openApi) => openApi)

/** Writers of answers in which there is a user. */
export interface UserWriters {
  readonly registered: Writer<RegisterResult>
  readonly activated: Writer<ActivateResult>
  readonly user: Writer<User>
  readonly loggedIn: Writer<LoginResult>
  readonly socialLoggedIn: Writer<SocialLoginResult>
  readonly refreshed: Writer<RotateTokenResult>
  readonly exported: Writer<UserExport>
}

export function userWriters(config: Engine['config']): UserWriters {
  const writeUser = userWriter(config.user)
  const begun = ({ user, issued }: { readonly user: User; readonly issued: IssuedToken }): WireObject => ({
    user: writeUser(user),
    session: writeSession(issued.session, true),
    ...secretsOf(issued),
  })
  const cookies = (result: LoginResult, exchange: Exchange): readonly string[] => loginCookies(exchange, result)
  return {
    registered: answer('Registered', ({ user, status }) => ({ user: writeUser(user), status }), { status: 201 }),
    activated: answer('UserAnswer', ({ user }) => ({ user: writeUser(user) })),
    user: answer('UserAnswer', (user) => ({ user: writeUser(user) })),
    loggedIn: answer('LoggedIn', begun, { cookies }),
    socialLoggedIn: answer<SocialLoginResult>(
      'SocialLoggedIn',
      (result) => ({ ...begun(result), isNew: result.isNew }),
      { cookies },
    ),
    refreshed: answer('Refreshed', begun),
    exported: answer(
      'UserExport',
      ({ user, identities, sessions, attempts, groups, permissions, exportedAt }, { ctx }) => ({
        user: writeUser(user),
        identities: identities.map(writeIdentity),
        sessions: sessions.map((session) => writeSession(session, session.id === ctx.actor?.session.id)),
        attempts: attempts.map(writeAttempt),
        groups: groups.map(({ name, permissions: ofGroup }) => ({ name, permissions: ofGroup })),
        permissions,
        exportedAt,
      }),
    ),
  }
}

/** A cookie's secret is never in a body, where scripts could read it. */
function secretsOf({ session, token, expiresAt, refreshToken }: IssuedToken): WireObject {
  switch (session.carrier) {
    case 'cookie':
      return {}
    case 'token':
    case 'user-token':
    case 'drf-jwt':
      return { token, expiresAt }
    case 'jwt':
    case 'simple-jwt':
      return { accessToken: token, expiresAt, refreshToken }
  }
}

/** A bearer's log-out is none of the browser's, which may hold the cookie of another session. */
function forgetSession({ ctx, engine: { config } }: Exchange): readonly string[] {
  return ctx.actor?.session.carrier === 'cookie' ? [clearCookie(config, config.cookies.sessionName)] : []
}
