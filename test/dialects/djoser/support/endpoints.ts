import type { Endpoint } from '../../drf/support/hostile-suite.ts'
import { OTHER_PASSWORD, PASSWORD } from '../../drf/support/passwords.ts'
import { FORGED_TOKEN } from './mailed-link.ts'

/** Every endpoint of the second generation that reads a body, at a site that asks for everything twice. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    row: 'POST users/',
    guard: 'public',
    body: { email: 'new@example.org', username: 'newcomer', password: PASSWORD, re_password: PASSWORD },
  },
  { row: 'PUT users/me/', guard: 'session', body: { email: 'ann@example.org' } },
  { row: 'PATCH users/me/', guard: 'session', body: { email: 'ann@example.org' } },
  { row: 'PUT users/1/', guard: 'session', body: { email: 'ann@example.org' } },
  { row: 'PATCH users/1/', guard: 'session', body: { email: 'ann@example.org' } },
  { row: 'DELETE users/me/', guard: 'session', body: { current_password: 'wrong' } },
  { row: 'DELETE users/1/', guard: 'session', body: { current_password: 'wrong' } },
  { row: 'POST users/activation/', guard: 'public', body: { uid: 'MQ', token: FORGED_TOKEN } },
  { row: 'POST users/resend_activation/', guard: 'public', body: { email: 'ann@example.org' } },
  {
    row: 'POST users/set_password/',
    guard: 'session',
    body: { current_password: 'wrong', new_password: OTHER_PASSWORD, re_new_password: OTHER_PASSWORD },
  },
  { row: 'POST users/reset_password/', guard: 'public', body: { email: 'ann@example.org' } },
  {
    row: 'POST users/reset_password_confirm/',
    guard: 'public',
    body: { uid: 'MQ', token: FORGED_TOKEN, new_password: OTHER_PASSWORD, re_new_password: OTHER_PASSWORD },
  },
  {
    row: 'POST users/set_username/',
    guard: 'session',
    body: { current_password: 'wrong', new_username: 'anna', re_new_username: 'anna' },
  },
  { row: 'POST users/reset_username/', guard: 'public', body: { email: 'ann@example.org' } },
  {
    row: 'POST users/reset_username_confirm/',
    guard: 'public',
    body: { uid: 'MQ', token: FORGED_TOKEN, new_username: 'anna', re_new_username: 'anna' },
  },
  { row: 'POST token/login/', guard: 'public', body: { username: 'ann', password: 'wrong' } },
  { row: 'POST jwt/create/', guard: 'public', body: { username: 'ann', password: 'wrong' } },
  { row: 'POST jwt/refresh/', guard: 'public', body: { refresh: 'a.b.c' } },
  { row: 'POST jwt/verify/', guard: 'public', body: { token: 'a.b.c' } },
]

/** Everything is asked for twice, so that every field there is gets its share. */
export const TWICE = {
  sendActivationEmail: true,
  userCreatePasswordRetype: true,
  setPasswordRetype: true,
  passwordResetConfirmRetype: true,
  setUsernameRetype: true,
  usernameResetConfirmRetype: true,
} as const
