import { beginSocialLogin } from '../../commands/begin-social-login.ts'
import type { Engine } from '../../commands/context.ts'
import { type Route, route } from '../../http/route.ts'
import { answerCallback } from './answer-callback.ts'
import { openSocialPage } from './open-social-page.ts'
import { readBegin } from './read-begin.ts'
import { writeBegun } from './write-social.ts'

/** Where a log-in by a provider begins, below the mount. */
const LOGIN_PATH = '/account/social/:provider'

/** The pages on the way to a provider, and the address to which it sends browsers back. */
export function socialRoutes({ callback }: Engine['config']['social']): readonly Route[] {
  const [login, connect] = [LOGIN_PATH, `${LOGIN_PATH}/connect`]
  return [
    { method: 'GET', path: login, guard: 'public', run: (exchange) => openSocialPage(exchange, 'login') },
    route({
      method: 'POST',
      path: login,
      command: beginSocialLogin,
      read: (exchange) => readBegin(exchange, 'login'),
      write: writeBegun,
    }),
    { method: 'GET', path: connect, guard: 'public', run: (exchange) => openSocialPage(exchange, 'connect') },
    route({
      method: 'POST',
      path: connect,
      guard: 'session',
      command: beginSocialLogin,
      read: (exchange) => readBegin(exchange, 'connect'),
      write: writeBegun,
    }),
    // A row for all methods judges by itself what comes from another site: here the provider's own page may post.
    {
      method: 'ANY',
      path: callback.replace('{provider}', ':provider'),
      guard: 'public',
      run: answerCallback,
      methods: ['GET', 'POST'],
    },
  ]
}
