import { OTHER_PASSWORD, PASSWORD } from './open-site.ts'

/** One row of the API with a body that it would take, so that a test can spoil one field at a time. */
export interface EndpointCase {
  readonly row: string
  readonly body: Readonly<Record<string, string>>
  readonly guard: 'public' | 'session'
  /** Takes a session in a cookie alone, and looks at nothing else before. */
  readonly needsCookie?: true
}

const CODE = 'A'.repeat(43)

/** Every row that reads a body; `:provider` becomes `sample`. The route table test fails when one is missing. */
export const BODY_ENDPOINTS: readonly EndpointCase[] = [
  {
    row: 'POST /register',
    guard: 'public',
    body: {
      username: 'newcomer',
      email: 'newcomer@example.org',
      password: PASSWORD,
      firstName: 'New',
      lastName: 'Comer',
    },
  },
  { row: 'POST /email/verify', guard: 'public', body: { code: CODE } },
  { row: 'POST /email/verify/resend', guard: 'public', body: { email: 'ann@example.org' } },
  { row: 'POST /login', guard: 'public', body: { identifier: 'ann', password: PASSWORD, carrier: 'token' } },
  { row: 'PATCH /me', guard: 'session', body: { firstName: 'Ann', lastName: 'Lee' } },
  { row: 'DELETE /me', guard: 'session', body: { currentPassword: PASSWORD } },
  {
    row: 'POST /password/change',
    guard: 'session',
    body: { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
  },
  { row: 'POST /password/reset', guard: 'public', body: { email: 'ann@example.org' } },
  { row: 'POST /password/reset/confirm', guard: 'public', body: { code: CODE, newPassword: OTHER_PASSWORD } },
  { row: 'POST /email/change', guard: 'session', body: { newEmail: 'ann@example.net', currentPassword: PASSWORD } },
  { row: 'POST /email/change/confirm', guard: 'public', body: { code: CODE } },
  { row: 'POST /email/change/cancel', guard: 'public', body: { code: CODE } },
  { row: 'POST /username/change', guard: 'session', body: { newUsername: 'anna', currentPassword: PASSWORD } },
  { row: 'POST /token/refresh', guard: 'public', body: { refreshToken: CODE } },
  { row: 'POST /unlock', guard: 'public', body: { code: CODE } },
  { row: 'POST /social/:provider/login', guard: 'public', body: { accessToken: CODE, carrier: 'token' } },
  { row: 'POST /social/:provider/begin', guard: 'public', body: { next: '/', challenge: CODE } },
  { row: 'POST /social/exchange', guard: 'public', body: { code: CODE, verifier: CODE } },
  { row: 'POST /social/:provider/connect', guard: 'session', body: { accessToken: CODE } },
  { row: 'POST /social/:provider/connect/begin', guard: 'session', body: { next: '/' }, needsCookie: true },
]

/** The rows that answer without a body of their own. */
export const OTHER_ROWS: readonly string[] = [
  'POST /logout',
  'GET /sessions',
  'DELETE /sessions',
  'DELETE /sessions/:id',
  'GET /me',
  'GET /me/export',
  'GET /me/attempts',
  'GET /.well-known/jwks.json',
  'GET /openapi.json',
  'GET /social/providers',
  'GET /identities',
  'DELETE /identities/:id',
]

/** A body of one endpoint with one field replaced by something hostile. */
export interface SpoiledBody {
  readonly row: string
  readonly field: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Every field of every endpoint with every value. */
export function spoiledBodies(values: readonly unknown[]): readonly SpoiledBody[] {
  return BODY_ENDPOINTS.filter(({ needsCookie = false }) => !needsCookie).flatMap(({ row, body }) =>
    Object.keys(body).flatMap((field) => values.map((value) => ({ row, field, body: { ...body, [field]: value } }))),
  )
}
