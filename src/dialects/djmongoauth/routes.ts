import { activate } from '../../commands/activate.ts'
import { confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import { login } from '../../commands/login.ts'
import { type LogoutInput, logout } from '../../commands/logout.ts'
import { register } from '../../commands/register.ts'
import { requestPasswordReset } from '../../commands/request-password-reset.ts'
import { resendActivation } from '../../commands/resend-activation.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Route } from '../../http/route.ts'
import { en } from '../../messages/djmongoauth/en.ts'
import { action, type RunAction, row } from './action.ts'
import { explainLink, explainLogin, explainRegistration } from './explain.ts'
import { quietStyleOf } from './mail-styles.ts'
import {
  readLink,
  readLogin,
  readNewPassword,
  readRegistration,
  readResetRequest,
  readVerificationRequest,
} from './read.ts'
import { LOGOUT_WORDS, MAIL_WORDS, requireSession } from './require-session.ts'
import type { DjmongoauthSettings } from './settings.ts'
import { writeEmpty, writeToken } from './write.ts'

/** The five paths, none of which ends with a slash. */
export function routes(settings: DjmongoauthSettings): readonly Route[] {
  return [
    row('/register', { POST: registration(settings) }),
    row('/login', { POST: logIn(settings) }),
    row('/logout', logOut(settings)),
    row('/verify', { POST: sendVerification, PUT: verify }),
    row('/reset', { POST: sendReset, PUT: reset }),
  ]
}

const answerEmpty =
  (status: number) =>
  (_: unknown, exchange: Exchange): Response =>
    writeEmpty(status, exchange)

function registration(settings: DjmongoauthSettings): RunAction {
  return action({
    read: readRegistration(settings),
    command: register,
    write: answerEmpty(201),
    explain: explainRegistration,
    ...(settings.mailsAtRegistration ? {} : { mailStyle: quietStyleOf(settings) }),
  })
}

function logIn(settings: DjmongoauthSettings): RunAction {
  return action({
    read: readLogin(settings),
    command: login,
    write: ({ issued }, exchange) => writeToken(issued.token, exchange),
    explain: explainLogin,
  })
}

function logOut({ tokenPerLogin }: DjmongoauthSettings): RunAction {
  return action({
    identify: (exchange) => requireSession(exchange, LOGOUT_WORDS),
    read: (): LogoutInput => ({ ends: tokenPerLogin ? 'session' : 'all' }),
    command: logout,
    write: answerEmpty(204),
  })
}

const sendVerification = action({
  identify: (exchange) => requireSession(exchange, MAIL_WORDS),
  read: readVerificationRequest,
  command: resendActivation,
  write: answerEmpty(201),
})

const verify = action({
  read: readLink,
  command: activate,
  write: answerEmpty(200),
  explain: explainLink,
  frame: en.errors.linkNotProcessed,
})

const sendReset = action({
  identify: async (exchange) =>
    exchange.header('authorization') === null ? null : requireSession(exchange, MAIL_WORDS),
  read: readResetRequest,
  command: requestPasswordReset,
  write: answerEmpty(200),
})

const reset = action({
  read: readNewPassword,
  command: confirmPasswordReset,
  write: answerEmpty(200),
  explain: explainLink,
  frame: en.errors.linkNotProcessed,
})
