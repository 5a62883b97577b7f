import type { RestAuthOptions } from '../../../../src/dialects/rest-auth/options.ts'
import type { Endpoint } from '../../drf/support/hostile-suite.ts'
import { OTHER_PASSWORD, PASSWORD } from '../../drf/support/passwords.ts'
import { FORGED_TOKEN } from './reset-link.ts'

/** Both generations, each with its tokens and with JSON Web Tokens, and with all that reads a body. */
export const MODES: Readonly<Record<string, RestAuthOptions>> = {
  '0.9 with tokens': { generation: '0.9', oldPasswordFieldEnabled: true },
  '0.9 with JSON Web Tokens': { generation: '0.9', useJwt: true, jwtAuthCookie: 'access' },
  '7 with tokens': { oldPasswordFieldEnabled: true, emailVerification: 'mandatory' },
  '7 with JSON Web Tokens': {
    useJwt: true,
    jwtAuthCookie: 'access',
    jwtAuthRefreshCookie: 'refresh',
    jwtAuthHttpOnly: false,
    tokenBlacklist: true,
  },
}

/** Every endpoint of a mode that reads a body, at a site with the provider `sample` and a user `ann`. */
export function endpointsOf(options: RestAuthOptions): readonly Endpoint[] {
  const isNew = options.generation !== '0.9'
  const isPair = isNew && options.useJwt === true
  return [...COMMON, password(options), ...social(isNew), ...(isNew ? [RESEND] : []), ...(isPair ? TOKENS : [])]
}

const COMMON: readonly Endpoint[] = [
  { row: 'POST login/', guard: 'public', body: { username: 'ann', email: 'ann@example.org', password: 'wrong' } },
  { row: 'PUT user/', guard: 'session', body: { username: 'ann', first_name: 'Ann', last_name: 'Lee' } },
  { row: 'PATCH user/', guard: 'session', body: { username: 'ann', first_name: 'Ann', last_name: 'Lee' } },
  { row: 'POST password/reset/', guard: 'public', body: { email: 'ann@example.org' } },
  {
    row: 'POST password/reset/confirm/',
    guard: 'public',
    body: { uid: 'MQ', token: FORGED_TOKEN, new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD },
  },
  {
    row: 'POST registration/',
    guard: 'public',
    body: { username: 'newcomer', email: 'new@example.org', password1: PASSWORD, password2: PASSWORD },
  },
  { row: 'POST registration/verify-email/', guard: 'public', body: { key: FORGED_TOKEN } },
]

const RESEND: Endpoint = { row: 'POST registration/resend-email/', guard: 'public', body: { email: 'ann@example.org' } }

/** The old password is wrong where it is asked for, so that nothing comes of it. */
function password({ oldPasswordFieldEnabled = false }: RestAuthOptions): Endpoint {
  const body = { new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD }
  const old = oldPasswordFieldEnabled ? { old_password: 'wrong' } : {}
  return { row: 'POST password/change/', guard: 'session', body: { ...old, ...body } }
}

function social(isNew: boolean): readonly Endpoint[] {
  const body = { access_token: 'wrong', code: 'wrong', code_verifier: 'wrong' }
  const all = isNew ? { ...body, id_token: 'wrong', accessToken: 'wrong' } : body
  return [
    { row: 'POST sample/', guard: 'public', body: all },
    { row: 'POST sample/connect/', guard: 'session', body: all },
  ]
}

const TOKENS: readonly Endpoint[] = [
  { row: 'POST logout/', guard: 'public', body: { refresh: 'a.b.c' } },
  { row: 'POST token/refresh/', guard: 'public', body: { refresh: 'a.b.c' } },
  { row: 'POST token/verify/', guard: 'public', body: { token: 'a.b.c' } },
]
