import type { IdentityProviderFactory, ProvenIdentity } from '../contracts/identity-provider.ts'
import { IdentityProviderError } from '../contracts/identity-provider-error.ts'
import { asObject } from './answers.ts'
import { toIdentity } from './profile.ts'

export interface DevelopmentOptions {
  /** @default 'development' */
  readonly name?: string
  /** @default 'Development' */
  readonly title?: string
  /** Who can come in. The redirect way takes the first. @default Ada, with a proven address, and Bob, without one */
  readonly people?: readonly [DevelopmentPerson, ...DevelopmentPerson[]]
}

/** Somebody who proves to be themselves by their name. */
export interface DevelopmentPerson {
  /** What the API way sends as `code` or `accessToken`. */
  readonly login: string
  readonly email?: string
  /** @default false */
  readonly emailVerified?: boolean
  readonly firstName?: string
  readonly lastName?: string
}

/**
 * A provider for trying social log-in offline: it believes whoever says who they are.
 *
 * The redirect way comes back at once as the first of `people`; the API way takes anybody's `login` as `code` or
 * `accessToken`. It refuses to be opened in production.
 */
export function development(options: DevelopmentOptions = {}): IdentityProviderFactory {
  return ({ environment }) => {
    const { name = 'development', title = 'Development', people = PEOPLE } = options
    if (environment !== 'development') {
      throw new TypeError(`the identity provider "${name}" lets anybody in as anybody: only in development`)
    }
    const [first] = people
    return {
      name,
      title,
      async begin({ redirectUri, state }) {
        const url = new URL(redirectUri)
        url.searchParams.set('state', state)
        url.searchParams.set('code', first.login)
        return { url: url.href, kept: { state } }
      },
      async finish({ params, kept, state }) {
        if (params.get('state') !== state || asObject(kept)?.['state'] !== state) {
          throw new IdentityProviderError('state_mismatch', 'state')
        }
        return identityOf(people, params.get('code'))
      },
      async verify({ code, accessToken }) {
        const login = accessToken ?? code
        if (login === undefined) throw new IdentityProviderError('missing_input')
        return identityOf(people, login)
      },
    }
  }
}

const PEOPLE: readonly [DevelopmentPerson, ...DevelopmentPerson[]] = [
  { login: 'ada', email: 'ada@example.test', emailVerified: true, firstName: 'Ada', lastName: 'Lovelace' },
  { login: 'bob', email: 'bob@example.test', firstName: 'Bob' },
]

function identityOf(people: readonly DevelopmentPerson[], login: string | null): ProvenIdentity {
  const person = people.find((candidate) => candidate.login === login)
  if (person === undefined) throw new IdentityProviderError('invalid_grant', 'nobody')
  const { email, emailVerified, firstName, lastName } = person
  const facts = { subject: person.login, email, emailVerified, firstName, lastName, usernameHint: person.login }
  return toIdentity({ ...facts, extra: { login: person.login } }, null)
}
