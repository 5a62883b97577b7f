import type { ErrorCode } from '../../errors.ts'

/** Every row by its method and path. */
export type EndpointName =
  | 'POST /register'
  | 'POST /email/verify'
  | 'POST /email/verify/resend'
  | 'POST /login'
  | 'POST /logout'
  | 'GET /sessions'
  | 'DELETE /sessions'
  | 'DELETE /sessions/:id'
  | 'GET /me'
  | 'PATCH /me'
  | 'DELETE /me'
  | 'GET /me/export'
  | 'GET /me/attempts'
  | 'POST /password/change'
  | 'POST /password/reset'
  | 'POST /password/reset/confirm'
  | 'POST /email/change'
  | 'POST /email/change/confirm'
  | 'POST /email/change/cancel'
  | 'POST /username/change'
  | 'POST /token/refresh'
  | 'GET /.well-known/jwks.json'
  | 'POST /unlock'
  | 'GET /social/providers'
  | 'POST /social/:provider/login'
  | 'POST /social/:provider/begin'
  | 'POST /social/exchange'
  | 'POST /social/:provider/connect'
  | 'POST /social/:provider/connect/begin'
  | 'GET /identities'
  | 'DELETE /identities/:id'
  | 'GET /openapi.json'

export type Group = 'Registration' | 'Sessions' | 'The account' | 'Credentials' | 'Other providers' | 'About the API'

/** What the document says of a row that the row does not say itself. */
export interface Description {
  /** What it is listed under. */
  readonly group: Group
  readonly summary: string
  /** Why its command refuses. What every row of its kind may refuse for goes without saying. */
  readonly refusals: readonly ErrorCode[]
}

/** What the step that checks a password may refuse for, beside a wrong one. */
const GATE: readonly ErrorCode[] = ['rate_limited', 'locked_out', 'overloaded', 'user_not_active', 'email_not_verified']

const CONFIRMED: readonly ErrorCode[] = [...GATE, 'wrong_current_password']

const CODE: readonly ErrorCode[] = ['code_invalid', 'rate_limited']

/** Why a provider may prove nobody. */
const PROVIDER: readonly ErrorCode[] = [
  'not_found',
  'rate_limited',
  'provider_refused',
  'provider_unavailable',
  'social_state_invalid',
]

/** Why whom a provider proved may not come in all the same. */
const ADMISSION: readonly ErrorCode[] = [
  'registration_closed',
  'email_in_use',
  'email_not_verified',
  'user_not_active',
  'invalid_credentials',
  'refused_by_hook',
  'token_invalid',
]

/** A row that is not described does not compile. */
export const DESCRIPTIONS: Readonly<Record<EndpointName, Description>> = {
  'POST /register': {
    group: 'Registration',
    summary: 'Register',
    refusals: ['registration_closed', 'rate_limited', 'overloaded', 'refused_by_hook'],
  },
  'POST /email/verify': { group: 'Registration', summary: 'Prove the address with the mailed code', refusals: CODE },
  'POST /email/verify/resend': { group: 'Registration', summary: 'Ask for another code', refusals: ['rate_limited'] },
  'POST /login': {
    group: 'Sessions',
    summary: 'Log in',
    refusals: [...GATE, 'invalid_credentials', 'refused_by_hook'],
  },
  'POST /logout': { group: 'Sessions', summary: 'End the session that the request carries', refusals: [] },
  'GET /sessions': { group: 'Sessions', summary: 'List the sessions of the user', refusals: [] },
  'DELETE /sessions': { group: 'Sessions', summary: 'End all sessions but this one', refusals: [] },
  'DELETE /sessions/:id': { group: 'Sessions', summary: 'End one session', refusals: ['not_found'] },
  'GET /me': { group: 'The account', summary: 'Read the user', refusals: [] },
  'PATCH /me': { group: 'The account', summary: 'Change names and declared fields', refusals: [] },
  'DELETE /me': { group: 'The account', summary: 'Delete the account', refusals: [...CONFIRMED, 'refused_by_hook'] },
  'GET /me/export': { group: 'The account', summary: 'Export what is kept about the user', refusals: [] },
  'GET /me/attempts': { group: 'The account', summary: 'List the attempts to log in as the user', refusals: [] },
  'POST /password/change': {
    group: 'Credentials',
    summary: 'Change the password and end all other sessions',
    refusals: CONFIRMED,
  },
  'POST /password/reset': {
    group: 'Credentials',
    summary: 'Ask for a code to set a new password',
    refusals: ['rate_limited'],
  },
  'POST /password/reset/confirm': {
    group: 'Credentials',
    summary: 'Set a new password with the mailed code',
    refusals: [...CODE, 'overloaded'],
  },
  'POST /email/change': { group: 'Credentials', summary: 'Ask for another address', refusals: CONFIRMED },
  'POST /email/change/confirm': {
    group: 'Credentials',
    summary: 'Take the new address with the code mailed there',
    refusals: CODE,
  },
  'POST /email/change/cancel': {
    group: 'Credentials',
    summary: 'Keep the old address with the code mailed there',
    refusals: CODE,
  },
  'POST /username/change': { group: 'Credentials', summary: 'Change the user name', refusals: CONFIRMED },
  'POST /token/refresh': {
    group: 'Sessions',
    summary: 'Exchange a refresh token',
    refusals: ['token_invalid', 'rate_limited'],
  },
  'GET /.well-known/jwks.json': {
    group: 'About the API',
    summary: 'Read the keys that verify access tokens',
    refusals: [],
  },
  'POST /unlock': { group: 'Sessions', summary: 'End a lock with the mailed code', refusals: CODE },
  'GET /social/providers': {
    group: 'Other providers',
    summary: 'List the providers that people can log in by',
    refusals: [],
  },
  'POST /social/:provider/login': {
    group: 'Other providers',
    summary: 'Log in with what the client got from the provider; the first time with declared fields of the new user',
    refusals: [...PROVIDER, ...ADMISSION],
  },
  'POST /social/:provider/begin': {
    group: 'Other providers',
    summary: 'Begin a log-in on the pages of the provider',
    refusals: PROVIDER,
  },
  'POST /social/exchange': {
    group: 'Other providers',
    summary: 'Log in with the code that a log-in begun with a challenge ended with',
    refusals: [...CODE, 'token_invalid'],
  },
  'POST /social/:provider/connect': {
    group: 'Other providers',
    summary: 'Let the user log in by the provider from now on, with what the client got there',
    refusals: [...PROVIDER, 'identity_taken'],
  },
  'POST /social/:provider/connect/begin': {
    group: 'Other providers',
    summary: 'Begin to connect on the pages of the provider. Takes a session with a cookie alone',
    refusals: [...PROVIDER, 'forbidden'],
  },
  'GET /identities': {
    group: 'Other providers',
    summary: 'List the providers that the user can log in by',
    refusals: [],
  },
  'DELETE /identities/:id': {
    group: 'Other providers',
    summary: 'Disconnect a provider',
    refusals: ['not_found', 'last_way_in'],
  },
  'GET /openapi.json': { group: 'About the API', summary: 'Read this description', refusals: [] },
}
