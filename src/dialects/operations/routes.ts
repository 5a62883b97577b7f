import { checkReadiness } from '../../commands/check-readiness.ts'
import { noInput, type Route, route } from '../../http/route.ts'
import { rememberReady } from './remember-ready.ts'
import { writeHealth, writeReadiness } from './write.ts'

export function routes(): readonly Route[] {
  return [
    // Asks nothing of anybody: a process must not be killed because its database is away.
    { method: 'GET', path: '/health', guard: 'public', run: writeHealth },
    route({
      method: 'GET',
      path: '/ready',
      command: rememberReady(checkReadiness),
      read: noInput,
      write: writeReadiness,
    }),
  ]
}
