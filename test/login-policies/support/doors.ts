import { djmongoauth } from '../../../src/dialects/djmongoauth/index.ts'
import { djoser } from '../../../src/dialects/djoser/index.ts'
import { portressApi } from '../../../src/dialects/portress-api/index.ts'
import { restAuth } from '../../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../../src/dialects/rest-registration/index.ts'
import type { Dialect } from '../../../src/http/dialect.ts'
import { type Answer, readAnswer } from '../../security/support/answer.ts'
import { ORIGIN, type Site } from '../../security/support/open-site.ts'

/** Every vocabulary side by side. */
export const mounts: Readonly<Record<string, Dialect>> = {
  '/api': portressApi(),
  '/auth': djoser(),
  '/by-address': djoser({ name: 'djoser-by-address', loginField: 'email' }),
  '/rest-auth': restAuth(),
  '/accounts': restRegistration({ userLoginFields: ['username', 'email'] }),
  '/djmongoauth': djmongoauth(),
}

/** One way to send a name and a password. */
export interface Door {
  readonly name: string
  readonly row: string
  /** The field of the body for what says who is meant; `null` where both stand in the header of RFC 7617. */
  readonly field: string | null
  /** What may be typed there. */
  readonly takes: readonly ('username' | 'email')[]
  /** Tells whoever typed the right password that the address is not proven, as the original does. @default false */
  readonly tellsUnproven?: boolean
}

const either = ['username', 'email'] as const

export const DOORS: readonly Door[] = [
  { name: 'the Portress API', row: 'POST /api/login', field: 'identifier', takes: either },
  { name: 'the tokens of djoser', row: 'POST /auth/token/login/', field: 'username', takes: either },
  { name: 'the JWTs of djoser', row: 'POST /auth/jwt/create/', field: 'username', takes: either },
  { name: 'djoser by address', row: 'POST /by-address/token/login/', field: 'email', takes: either },
  { name: 'rest-auth by name', row: 'POST /rest-auth/login/', field: 'username', takes: either, tellsUnproven: true },
  {
    name: 'rest-auth by address',
    row: 'POST /rest-auth/login/',
    field: 'email',
    takes: ['email'],
    tellsUnproven: true,
  },
  { name: 'rest-registration', row: 'POST /accounts/login/', field: 'login', takes: either },
  { name: 'djmongoauth', row: 'POST /djmongoauth/login', field: 'username', takes: ['username'] },
  { name: 'HTTP Basic', row: 'GET /accounts/profile/', field: null, takes: either },
]

/** What is sent; what is left out is not there at all. */
export interface Knock {
  readonly identifier?: unknown
  readonly password?: unknown
  readonly address?: string
}

/** Sends it, and gives the answer without what was typed. */
export async function knock(
  site: Site,
  { row, field }: Door,
  { address = '192.0.2.10', ...sent }: Knock,
): Promise<Answer> {
  const [method = 'POST', path = '/'] = row.split(' ')
  const request =
    field === null
      ? new Request(ORIGIN + path, { method, headers: { authorization: basicHeader(sent) } })
      : new Request(ORIGIN + path, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ [field]: sent.identifier, password: sent.password }),
        })
  const answer = await readAnswer(await site.auth.fetch(request, { address }))
  const typed = String(sent.identifier ?? '')
  return typed === '' ? answer : { ...answer, text: answer.text.replaceAll(typed, '') }
}

function basicHeader({ identifier = '', password = '' }: Knock): string {
  return `Basic ${Buffer.from(`${String(identifier)}:${String(password)}`).toString('base64')}`
}
