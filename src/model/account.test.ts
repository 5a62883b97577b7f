import { describe, expect, it } from 'vitest'
import { withoutSecrets } from './account.ts'

describe('withoutSecrets', () => {
  it('leaves hashes, epochs and digests out at any depth, and everything else as it is', () => {
    const joined = new Date(0)
    const user = { id: 1, passwordHash: 'argon2$…', sessionEpoch: 3, dateJoined: joined, fields: { digest: 'my own' } }
    const session = { id: 's', digest: new Uint8Array(32), userId: 1 }
    expect(withoutSecrets({ user, sessions: [session], at: null })).toEqual({
      user: { id: 1, dateJoined: joined, fields: { digest: 'my own' } },
      sessions: [{ id: 's', userId: 1 }],
      at: null,
    })
  })

  it('does not touch what it was given', () => {
    const user = Object.freeze({ passwordHash: 'argon2$…' })
    expect(withoutSecrets(user)).toEqual({})
    expect(user.passwordHash).toBe('argon2$…')
  })
})
