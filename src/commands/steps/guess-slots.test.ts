import { expect, it } from 'vitest'
import { GOOD_PASSWORD } from '../../../test/support/accounts.ts'
import { testAuth } from '../../../test/support/test-auth.ts'

it('a right password forgets wrong ones also where the name of a user is the address', async () => {
  const { auth } = testAuth({ login: { identifiers: ['username'] }, lockout: { maxFailures: 2 } })
  const name = 'ann@example.org'
  await auth.createUser({ username: name, email: name, password: GOOD_PASSWORD, passwordCheck: 'enforced' })
  const logIn = (password: string) => auth.login({ identifier: name, password })
  for (const _ of [1, 2, 3]) {
    await expect(logIn('wrong, but long enough')).rejects.toMatchObject({ code: 'invalid_credentials' })
    await logIn(GOOD_PASSWORD)
  }
})
