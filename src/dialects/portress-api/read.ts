import type { Engine } from '../../commands/context.ts'
import type { NewUserInput } from '../../commands/steps/read-new-user.ts'
import { noInput } from '../../http/route.ts'
import { type BodyParser, bodyParser } from './body-parser.ts'
import type { Bodies, BodyName } from './body-schemas.ts'
import type { Reader } from './endpoint.ts'

/** For rows whose command needs nothing but the caller. */
export const nothing: Reader<undefined> = { body: null, read: noInput }

export const sessionId: Reader<{ readonly sessionId: string }> = {
  body: null,
  read: ({ params }) => ({ sessionId: params['id'] ?? '' }),
}

export const ownScope: Reader<{ readonly scope: 'own' }> = { body: null, read: () => ({ scope: 'own' }) }

export const mountPath: Reader<string> = { body: null, read: (exchange) => exchange.mountPath }

/** One reader for each body. Where the command has the wire's own words, the body is its input. */
export interface BodyReaders {
  readonly register: Reader<NewUserInput & { readonly password: unknown }>
  readonly profile: Reader<Omit<NewUserInput, 'username' | 'email'>>
  readonly as: <K extends BodyName>(name: K) => Reader<Bodies[K]>
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
  }
}

/** Declared fields and profiles lie flat on the wire, beside the user's own. */
function bodySplitter(
  model: Engine['config']['user'],
): (body: Readonly<Record<string, unknown>>) => Omit<NewUserInput, 'username' | 'email'> {
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
