import type { RestRegistrationOptions } from '../../../../src/dialects/rest-registration/options.ts'
import type { Endpoint } from '../../drf/support/hostile-suite.ts'
import { OTHER_PASSWORD } from '../../drf/support/passwords.ts'
import { FORGED, newcomer } from './links.ts'

/** Asked for twice, so that every field there is gets its share. */
export const TWICE = { resetPasswordSerializerPasswordConfirm: true } as const satisfies RestRegistrationOptions

const LINK = { user_id: '1', timestamp: '1700000000', signature: FORGED }

const NAMES = { username: 'ann', first_name: 'Ann', last_name: '' }

const NEW_PASSWORD = { password: OTHER_PASSWORD, password_confirm: OTHER_PASSWORD }

/** Every endpoint that reads a body, but for `logout/`, which can do without one. */
export const ENDPOINTS: readonly Endpoint[] = [
  { row: 'POST register/', guard: 'public', body: { ...newcomer('ben'), ...NAMES, username: 'ben' } },
  { row: 'POST verify-registration/', guard: 'public', body: LINK },
  { row: 'POST login/', guard: 'public', body: { login: 'ann', password: 'wrong' } },
  { row: 'POST profile/', guard: 'session', body: NAMES },
  { row: 'PUT profile/', guard: 'session', body: NAMES },
  { row: 'PATCH profile/', guard: 'session', body: NAMES },
  { row: 'POST change-password/', guard: 'session', body: { old_password: 'wrong', ...NEW_PASSWORD } },
  { row: 'POST send-reset-password-link/', guard: 'public', body: { login: 'ann' } },
  { row: 'POST reset-password/', guard: 'public', body: { ...LINK, ...NEW_PASSWORD } },
  { row: 'POST register-email/', guard: 'session', body: { email: 'new@example.org' } },
  { row: 'POST verify-email/', guard: 'public', body: { ...LINK, email: 'new@example.org' } },
]
