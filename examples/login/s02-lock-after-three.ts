/**
 * S2: a table of failed log-ins, written by listeners; the third failure locks, and a success clears the table.
 *
 * In the seed the lock sets the user inactive. It never ends, anybody can shut anybody out, failures by address are not counted,
 * and once an operator has helped, one more failure locks again, because the old rows are still there. The listener as it is
 * written there makes a server error of every failed log-in. Here the lock is a thing of its own with an end, every spelling of
 * the user counts, unlocking forgets the failures, and a listener that fails changes nothing.
 */
import { AuthError, createAuth } from 'portress'
import { sqlite } from 'portress/stores/sqlite'

// A clock that the program moves, so that nobody has to wait a minute for a lock to end.
let now = new Date('2026-03-01T12:00:00Z')

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  clock: { now: () => now },
  lockout: { maxFailures: 3 },
  events: {
    userLockedOut: ({ user, until }) => console.log(`${user?.username} is locked until ${until?.toISOString()}`),
  },
  logger: false,
  mounts: {},
})

const password = 'otter by the weir'
await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function logIn(identifier: string, typed: string): Promise<string> {
  try {
    await auth.login({ identifier, password: typed })
    return 'let in'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

async function failures(): Promise<number> {
  const filter = { outcome: 'wrong_password', limit: 100 } as const
  return (await auth.listAttempts({ scope: 'all', filter })).length
}

for (const identifier of ['ann', 'ANN', 'ann@example.org']) await logIn(identifier, 'wrong')
console.log('failures in the log:', await failures())
console.log('the right password during the lock:', await logIn('ann', password))
console.log('the user is still', (await auth.findUser('ann'))?.status)

now = new Date(now.getTime() + 60_000)
console.log('a minute later:', await logIn('ann', password))

for (let guess = 0; guess < 3; guess += 1) await logIn('ann', 'wrong')
console.log('an operator ends', (await auth.clearLocks({ identifier: 'ann' })).locks, 'locks')
console.log('one more failure:', await logIn('ann', 'wrong'))
console.log('and then:', await logIn('ann', password))

await auth.close()

/* prints:
ann is locked until 2026-03-01T12:01:00.000Z
failures in the log: 3
the right password during the lock: invalid_credentials
the user is still active
a minute later: let in
ann is locked until 2026-03-01T12:02:00.000Z
an operator ends 2 locks
one more failure: invalid_credentials
and then: let in
*/
