import type { BeginSocialLoginInput } from '../../commands/begin-social-login.ts'
import type { Engine } from '../../commands/context.ts'
import type { SocialLoginInput } from '../../commands/social-login.ts'
import type { NewUserInput } from '../../commands/steps/read-new-user.ts'
import type { OwnInput } from '../../commands/steps/register-identity.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { noInput } from '../../http/route.ts'
import type { Bodies } from './bodies.ts'
import { type BodyParser, bodyParser } from './body-parser.ts'
import type { BodyName } from './body-schemas.ts'
import type { Reader } from './endpoint.ts'

/** For rows whose command needs nothing but the caller. */
export const nothing: Reader<undefined> = { body: null, read: noInput }

export const sessionId: Reader<{ readonly sessionId: string }> = {
  body: null,
  read: ({ params }) => ({ sessionId: params['id'] ?? '' }),
}

export const identityId: Reader<{ readonly identityId: unknown }> = {
  body: null,
  read: ({ params }) => ({ identityId: params['id'] }),
}

export const ownScope: Reader<{ readonly scope: 'own' }> = { body: null, read: () => ({ scope: 'own' }) }

export const mountPath: Reader<string> = { body: null, read: (exchange) => exchange.mountPath }

/** One reader for each body. Where the command has the wire's own words, the body is its input. */
export interface BodyReaders {
  readonly register: Reader<NewUserInput & { readonly password: unknown }>
  readonly profile: Reader<Omit<NewUserInput, 'username' | 'email'>>
  readonly as: <K extends BodyName>(name: K) => Reader<Bodies[K]>
  readonly socialLogin: Reader<SocialLoginInput>
  readonly connectBegin: Reader<BeginSocialLoginInput>
  /** The body, with the provider of the path. */
  readonly ofProvider: <K extends 'socialProof' | 'socialBegin'>(name: K) => Reader<Bodies[K] & OfProvider>
}

interface OfProvider {
  readonly provider: unknown
}

export function bodyReaders(config: Engine['config']): BodyReaders {
  const parse: BodyParser = bodyParser(config)
  const split = bodySplitter(config.user)
  return {
    register: {
      body: 'register',
      read: async (exchange) => {
        const { username, email, password, ...others } = await parse('register', exchange)
        return { username, email, password, ...split(others) }
      },
    },
    profile: { body: 'profile', read: async (exchange) => split(await parse('profile', exchange)) },
    as: (name) => ({ body: name, read: (exchange) => parse(name, exchange) }),
    socialLogin: {
      body: 'socialLogin',
      read: async (exchange) => {
        const body = await parse('socialLogin', exchange)
        const { accessToken, code, idToken, tokenSecret, codeVerifier, nonce, carrier = 'token', ...own } = body
        const { fields, profiles } = split(own)
        const proof = { accessToken, code, idToken, tokenSecret, codeVerifier, nonce }
        return { ...providerOf(exchange), ...proof, carrier, fields, profiles }
      },
    },
    connectBegin: {
      body: 'connectBegin',
      read: async (exchange) => {
        const body = await parse('connectBegin', exchange)
        // The callback is the browser's own, and nothing but a cookie comes with it: another session could never finish.
        if (exchange.ctx.actor?.session.carrier !== 'cookie') throw new AuthError('forbidden')
        return { ...body, ...providerOf(exchange), purpose: 'connect' }
      },
    },
    ofProvider: (name) => ({
      body: name,
      read: async (exchange) => ({ ...(await parse(name, exchange)), ...providerOf(exchange) }),
    }),
  }
}

/** The body, with what this mount tells. */
export function loginReader<I extends object, R extends object>({ body, read }: Reader<I>, rules: R): Reader<I & R> {
  return { body, read: async (exchange) => ({ ...(await read(exchange)), ...rules }) }
}

const providerOf = ({ params }: Exchange): OfProvider => ({ provider: params['provider'] })

/** Declared fields and profiles lie flat on the wire, beside the user's own. */
function bodySplitter(
  model: Engine['config']['user'],
): (body: Readonly<Record<string, unknown>>) => Omit<NewUserInput, 'username' | 'email'> & Required<OwnInput> {
  return ({ firstName, lastName, ...declared }) => {
    const entries = Object.entries(declared)
    return {
      firstName,
      lastName,
      fields: Object.fromEntries(entries.filter(([name]) => Object.hasOwn(model.fields, name))),
      profiles: Object.fromEntries(entries.filter(([name]) => Object.hasOwn(model.profiles, name))),
    }
  }
}
