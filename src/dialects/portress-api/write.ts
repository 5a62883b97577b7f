import type { ChangePasswordResult } from '../../commands/change-password.ts'
import type { Engine } from '../../commands/context.ts'
import type { UserExport } from '../../commands/export-user.ts'
import type { ListedSession } from '../../commands/list-sessions.ts'
import type { LoginResult } from '../../commands/login.ts'
import type { RegisterResult } from '../../commands/register.ts'
import type { RotateTokenResult } from '../../commands/rotate-token.ts'
import { clearCookie, writeCookie } from '../../http/cookies.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Attempt } from '../../model/attempt.ts'
import type { IssuedToken } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import type { AnswerName } from './answer-schemas.ts'
import type { Writer } from './endpoint.ts'
import { userWriter, type WireObject, writeAttempt, writeSession } from './wire.ts'

/** RFC 6265bis §5.5: browsers keep no cookie longer than 400 days. */
const DEVICE_COOKIE_SECONDS = 400 * 86_400

/** Was asked for; what comes of it is mailed. */
export const accepted: Writer<void> = empty(202)

export const done: Writer<void> = empty(204)

/** Ended the caller's own session, so the browser need not keep its cookie. */
export const ended: Writer<void> = empty(204, ({ ctx, engine: { config } }) => {
  return ctx.actor?.session.carrier === 'cookie' ? [clearCookie(config, config.cookies.sessionName)] : []
})

/** A cookie has a new value after its password was changed; other carriers keep theirs. */
export const passwordChanged: Writer<ChangePasswordResult> = {
  ...empty<ChangePasswordResult>(204, (exchange, { renewed }) => {
    return renewed === null ? [] : [sessionCookie(exchange, renewed)]
  }),
}
