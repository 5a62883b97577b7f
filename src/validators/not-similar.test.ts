import { describe, expect, it } from 'vitest'
import type { PasswordContext } from '../contracts/validator.ts'
import { validatorConformance } from '../testing/validator-conformance.ts'
import { notSimilar } from './not-similar.ts'

const alice = { username: 'alice_smith', email: 'alice.smith@example.com', firstName: 'Alice', lastName: 'Smith-Jones' }
const nobody: PasswordContext = { username: null, email: null, firstName: '', lastName: '', siteWords: [] }

describe('notSimilar', () => {
  const code = 'password_too_similar'
  validatorConformance({
    newValidator: notSimilar,
    refuses: [
      { password: 'alice_smith', code, context: alice },
      { password: 'Alice_Smith1', code, context: alice },
      { password: 'htims_ecila', code, context: alice },
      { password: 'example1', code, context: alice },
    ],
    accepts: [
      { password: 'alice_smith' },
      { password: 'correct horse', context: alice },
      { password: 'Alice9999!', context: alice },
    ],
  })

  it('names the first attribute that is similar, and only that', () => {
    const judge = (password: string) => notSimilar().validate(password, { ...nobody, ...alice })
    expect(judge('smithalice')).toEqual([{ code, params: { attribute: 'username' } }])
    expect(judge('Alice99!')).toEqual([{ code, params: { attribute: 'firstName' } }])
    expect(judge('smithjones')).toEqual([{ code, params: { attribute: 'lastName' } }])
    expect(judge('example1')).toEqual([{ code, params: { attribute: 'email' } }])
  })

  it('is as strict as it is told to be', () => {
    const context = { ...nobody, username: 'abcdef' }
    expect(notSimilar({ maxSimilarity: 0.1 }).validate('axxxxxxx', context)).toHaveLength(1)
    expect(notSimilar({ maxSimilarity: 1 }).validate('abcdefg', context)).toEqual([])
    expect(notSimilar({ maxSimilarity: 1 }).validate('fedcba', context)).toHaveLength(1)
  })

  it.each([0, 0.05, 1.1, Number.NaN])('refuses %s as a similarity', (maxSimilarity) => {
    expect(() => notSimilar({ maxSimilarity })).toThrow(TypeError)
  })

  it('judges 1,000 characters beside a name of 150 within 20 ms (attack 56)', () => {
    const context = {
      ...nobody,
      username: 'a.'.repeat(75),
      firstName: 'ab '.repeat(50),
      email: `${'a-b.'.repeat(60)}@x.example`,
    }
    const started = performance.now()
    void notSimilar().validate('ab'.repeat(500), context)
    expect(performance.now() - started).toBeLessThan(20)
  })
})
