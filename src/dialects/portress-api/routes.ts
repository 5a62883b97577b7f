import { activate } from '../../commands/activate.ts'
import { beginSocialLogin } from '../../commands/begin-social-login.ts'
import { cancelEmailChange } from '../../commands/cancel-email-change.ts'
import { changeEmail } from '../../commands/change-email.ts'
import { changePassword } from '../../commands/change-password.ts'
import { changeUsername } from '../../commands/change-username.ts'
import { confirmEmailChange } from '../../commands/confirm-email-change.ts'
import { confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import type { Engine } from '../../commands/context.ts'
import { currentUser } from '../../commands/current-user.ts'
import { deleteAccount } from '../../commands/delete-account.ts'
import { exchangeHandoverCode } from '../../commands/exchange-handover-code.ts'
import { exportUser } from '../../commands/export-user.ts'
import { listAttempts } from '../../commands/list-attempts.ts'
import { listIdentities } from '../../commands/list-identities.ts'
import { listProviders } from '../../commands/list-providers.ts'
import { listPublicKeys } from '../../commands/list-public-keys.ts'
import { listSessions } from '../../commands/list-sessions.ts'
import { login } from '../../commands/login.ts'
import { logout } from '../../commands/logout.ts'
import { register } from '../../commands/register.ts'
import { requestPasswordReset } from '../../commands/request-password-reset.ts'
import { resendActivation } from '../../commands/resend-activation.ts'
import { revokeOtherSessions } from '../../commands/revoke-other-sessions.ts'
import { revokeSession } from '../../commands/revoke-session.ts'
import { rotateToken } from '../../commands/rotate-token.ts'
import { socialConnect } from '../../commands/social-connect.ts'
import { socialDisconnect } from '../../commands/social-disconnect.ts'
import { socialLogin } from '../../commands/social-login.ts'
import { unlock } from '../../commands/unlock.ts'
import { updateProfile } from '../../commands/update-profile.ts'
import { describer } from './describer.ts'
import { type Endpoint, open, own } from './endpoint.ts'
import { bodyReaders, identityId, loginReader, mountPath, nothing, ownScope, sessionId } from './read.ts'
import * as write from './write.ts'
import { connected, identityList, providerList, socialBegun } from './write-social.ts'

interface LoginRules {
  readonly revealLocks?: boolean
}

/** The whole API. What a row does is its command's business; here stands only how it is asked and how it answers. */
export function routes(config: Engine['config'], rules: LoginRules = {}): readonly Endpoint[] {
  const { register: registration, profile, as: body, ...social } = bodyReaders(config)
  const { registered, activated, user, loggedIn, refreshed, exported, socialLoggedIn } = write.userWriters(config)
  const rows: readonly Endpoint[] = [
    open('POST /register', { command: register, read: registration, write: registered }),
    open('POST /email/verify', { command: activate, read: body('code'), write: activated }),
    open('POST /email/verify/resend', { command: resendActivation, read: body('email'), write: write.accepted }),
    open('POST /login', { command: login, read: loginReader(body('login'), rules), write: loggedIn }),
    own('POST /logout', { command: logout, read: nothing, write: write.sessionEnded }),
    own('GET /sessions', { command: listSessions, read: nothing, write: write.sessionList }),
    own('DELETE /sessions', { command: revokeOtherSessions, read: nothing, write: write.done }),
    own('DELETE /sessions/:id', { command: revokeSession, read: sessionId, write: write.sessionRevoked }),
    own('GET /me', { command: currentUser, read: nothing, write: user }),
    own('PATCH /me', { command: updateProfile, read: profile, write: user }),
    own('DELETE /me', { command: deleteAccount, read: body('currentPassword'), write: write.sessionEnded }),
    own('GET /me/export', { command: exportUser, read: nothing, write: exported }),
    own('GET /me/attempts', { command: listAttempts, read: ownScope, write: write.attemptList }),
    own('POST /password/change', {
      command: changePassword,
      read: body('passwordChange'),
      write: write.passwordChanged,
    }),
    open('POST /password/reset', { command: requestPasswordReset, read: body('email'), write: write.accepted }),
    open('POST /password/reset/confirm', {
      command: confirmPasswordReset,
      read: body('passwordReset'),
      write: write.done,
    }),
    own('POST /email/change', { command: changeEmail, read: body('emailChange'), write: write.accepted }),
    open('POST /email/change/confirm', { command: confirmEmailChange, read: body('code'), write: user }),
    open('POST /email/change/cancel', { command: cancelEmailChange, read: body('code'), write: write.done }),
    own('POST /username/change', { command: changeUsername, read: body('usernameChange'), write: user }),
    open('POST /token/refresh', { command: rotateToken, read: body('refresh'), write: refreshed }),
    open('GET /.well-known/jwks.json', { command: listPublicKeys, read: nothing, write: write.keySet }),
    open('POST /unlock', { command: unlock, read: body('code'), write: write.done }),
    open('GET /social/providers', { command: listProviders, read: nothing, write: providerList }),
    open('POST /social/:provider/login', { command: socialLogin, read: social.socialLogin, write: socialLoggedIn }),
    open('POST /social/:provider/begin', {
      command: beginSocialLogin,
      read: social.ofProvider('socialBegin'),
      write: socialBegun,
    }),
    open('POST /social/exchange', { command: exchangeHandoverCode, read: body('handover'), write: socialLoggedIn }),
    own('POST /social/:provider/connect', {
      command: socialConnect,
      read: social.ofProvider('socialProof'),
      write: connected,
    }),
    own('POST /social/:provider/connect/begin', {
      command: beginSocialLogin,
      read: social.connectBegin,
      write: socialBegun,
    }),
    own('GET /identities', { command: listIdentities, read: nothing, write: identityList }),
    own('DELETE /identities/:id', { command: socialDisconnect, read: identityId, write: write.done }),
    open('GET /openapi.json', { command: describer(() => rows), read: mountPath, write: write.document }),
  ]
  return rows
}
