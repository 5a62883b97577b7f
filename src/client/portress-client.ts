import type { Answers, WireUser } from '../dialects/portress-api/answers.ts'
import type { Bodies, ProfileBody, RegistrationBody } from '../dialects/portress-api/bodies.ts'
import type { Result } from './result.ts'
import type { Tokens } from './tokens.ts'
import type { CallOptions } from './transport.ts'

/**
 * Every row of the Portress API as a method, called like the command behind it. What the API refuses comes back as a result; a
 * method throws only when its call was aborted, the storage for tokens fails, or an id is empty or made of dots.
 *
 * `Own` are the fields and profiles that the site declares and shows, as JSON has them: a date is a text.
 */
export interface PortressClient<Own = unknown> {
  /** `POST /register`. The address may have to be proven before the first log-in; `status` says so. */
  register(input: RegistrationBody & Given<Own>, options?: CallOptions): Answer<'Registered', Own>
  /** `POST /email/verify`: proves the address with the mailed code. */
  activate(input: Bodies['code'], options?: CallOptions): Answer<'UserAnswer', Own>
  /** `POST /email/verify/resend`. Succeeds whoever has the address. */
  resendActivation(input: Bodies['email'], options?: CallOptions): Nothing
  /** `POST /login`, with the carrier of this client. What is issued is kept. */
  login(input: Omit<Bodies['login'], 'carrier'>, options?: CallOptions): Answer<'LoggedIn', Own>
  /** `POST /logout`. What was kept is forgotten. */
  logout(options?: CallOptions): Nothing
  /** `GET /sessions`: those of the user. */
  listSessions(options?: CallOptions): Answer<'SessionList', Own>
  /** `DELETE /sessions`: ends all but this one. */
  revokeOtherSessions(options?: CallOptions): Nothing
  /** `DELETE /sessions/:id`. The current one may be ended as well. */
  revokeSession(input: { readonly sessionId: string }, options?: CallOptions): Nothing
  /** `GET /me`. */
  currentUser(options?: CallOptions): Answer<'UserAnswer', Own>
  /** `PATCH /me`: changes names and declared fields, and leaves out what is not given. */
  updateProfile(input: ProfileBody & Given<Own>, options?: CallOptions): Answer<'UserAnswer', Own>
  /** `DELETE /me`. What was kept is forgotten. */
  deleteAccount(input: Bodies['currentPassword'], options?: CallOptions): Nothing
  /** `GET /me/export`: all that is kept about the user. */
  exportUser(options?: CallOptions): Answer<'UserExport', Own>
  /** `GET /me/attempts`: attempts to log in as the user. */
  listAttempts(options?: CallOptions): Answer<'AttemptList', Own>
  /** `POST /password/change`. Ends all other sessions. */
  changePassword(input: Bodies['passwordChange'], options?: CallOptions): Nothing
  /** `POST /password/reset`: asks for a code by mail. Succeeds whoever has the address. */
  requestPasswordReset(input: Bodies['email'], options?: CallOptions): Nothing
  /** `POST /password/reset/confirm`: sets a new password with the mailed code. */
  confirmPasswordReset(input: Bodies['passwordReset'], options?: CallOptions): Nothing
  /** `POST /email/change`: asks for a code at the new address. Succeeds whoever has it. */
  changeEmail(input: Bodies['emailChange'], options?: CallOptions): Nothing
  /** `POST /email/change/confirm`: takes the new address. */
  confirmEmailChange(input: Bodies['code'], options?: CallOptions): Answer<'UserAnswer', Own>
  /** `POST /email/change/cancel`: keeps the old address, with the code that was mailed there. */
  cancelEmailChange(input: Bodies['code'], options?: CallOptions): Nothing
  /** `POST /username/change`. */
  changeUsername(input: Bodies['usernameChange'], options?: CallOptions): Answer<'UserAnswer', Own>
  /** `POST /token/refresh` with the refresh token that is kept. Rarely needed: every other method does so when it must. */
  rotateToken(options?: CallOptions): Promise<Result<Tokens>>
  /** `GET /.well-known/jwks.json`: the keys that verify access tokens. */
  listPublicKeys(options?: CallOptions): Answer<'KeySet', Own>
  /** `POST /unlock`: ends a lock with the mailed code. */
  unlock(input: Bodies['code'], options?: CallOptions): Nothing
  /** `GET /social/providers`. */
  listProviders(options?: CallOptions): Answer<'ProviderList', Own>
  /** `POST /social/:provider/login`, with the carrier of this client. What is issued is kept. */
  socialLogin(
    input: OfProvider & Bodies['socialProof'] & Given<Own>,
    options?: CallOptions,
  ): Answer<'SocialLoggedIn', Own>
  /** `POST /social/:provider/begin`: where to send the browser. */
  beginSocialLogin(input: OfProvider & Bodies['socialBegin'], options?: CallOptions): Answer<'SocialBegun', Own>
  /** `POST /social/exchange`, with the carrier of this client. What is issued is kept. */
  exchangeHandoverCode(input: Omit<Bodies['handover'], 'carrier'>, options?: CallOptions): Answer<'SocialLoggedIn', Own>
  /** `POST /social/:provider/connect`. */
  socialConnect(input: OfProvider & Bodies['socialProof'], options?: CallOptions): Answer<'IdentityAnswer', Own>
  /** `POST /social/:provider/connect/begin`, for the carrier `cookie` alone: where to send the browser. */
  beginSocialConnect(input: OfProvider & Bodies['connectBegin'], options?: CallOptions): Answer<'SocialBegun', Own>
  /** `GET /identities`: the providers that the user can log in by. */
  listIdentities(options?: CallOptions): Answer<'IdentityList', Own>
  /** `DELETE /identities/:id`. */
  socialDisconnect(input: { readonly identityId: number }, options?: CallOptions): Nothing
  /** `GET /openapi.json`. */
  openApiDocument(options?: CallOptions): Answer<'OpenApiDocument', Own>
}

type Answer<K extends keyof Answers, Own> = Promise<Result<Answers<WireUser & Own>[K]>>

type Nothing = Promise<Result<void>>

/** Fields that the server fills in by itself may be left out, and so may the fields of a profile. */
type Given<Own> = { readonly [K in keyof Own]?: Partial<Own[K]> | undefined }

interface OfProvider {
  readonly provider: string
}
