import { describe, expect, it } from 'vitest'
import { type PasswordBackendOptions, readPasswordBackendOptions } from './password-backend-options.ts'

/** Options as JavaScript may hold them. */
const read = (options: unknown) => readPasswordBackendOptions(options as PasswordBackendOptions)

describe('the options of the password backend', () => {
  it('need nothing but identifiers', () => {
    expect(read({ identifiers: ['email'] })).toMatchObject({
      name: 'password',
      identifiers: ['email'],
      exactCase: [],
      provenEmailOnly: false,
      maxCandidates: 1,
    })
  })

  it('trim the value of a field that has no other form', () => {
    const [identifier] = read({ identifiers: [{ field: 'phone' }] }).identifiers
    expect(typeof identifier === 'object' && identifier.normalize(' 17\n')).toBe('17')
  })

  it.each<[unknown, RegExp]>([
    [undefined, /passwordBackend\(\) needs options/],
    [null, /passwordBackend\(\) needs options/],
    [{}, /identifiers must name what may be typed/],
    [{ identifiers: [] }, /identifiers must name what may be typed/],
    [{ identifiers: 'email' }, /identifiers must name what may be typed/],
    [{ identifiers: ['mail'] }, /identifiers\[0\] must be "username", "email", or a field/],
    [{ identifiers: [null] }, /identifiers\[0\] must be/],
    [{ identifiers: [{ field: '' }] }, /identifiers\[0\] must be/],
    [{ identifiers: ['email', { field: 'phone', normalize: true }] }, /identifiers\[1\]\.normalize must be a function/],
    [{ identifiers: ['email'], exactCase: true }, /exactCase must be a list/],
    [{ identifiers: ['email'], exactCase: ['phone'] }, /exactCase may name "username" and "email"/],
    [{ identifiers: ['email'], exactCase: ['username'] }, /exactCase is about "username", which is none of the/],
    [{ identifiers: ['email'], provenEmailOnly: 1 }, /provenEmailOnly must be true or false; it is 1/],
    [{ identifiers: ['username'], provenEmailOnly: true }, /provenEmailOnly is about "email", which is none/],
    [{ identifiers: ['email'], isEmailProven: 'verified' }, /isEmailProven must be a function/],
    [{ identifiers: ['email'], name: 7 }, /name must be a text; it is 7/],
    [{ identifiers: ['email'], maxCandidates: 0 }, /maxCandidates must be a whole number, from 1 to 5; it is 0/],
    [{ identifiers: ['email'], maxCandidates: 6 }, /maxCandidates must be a whole number, from 1 to 5; it is 6/],
    [{ identifiers: ['email'], maxCandidates: '2' }, /maxCandidates must be a whole number/],
    [{ identifiers: ['email'], exactcase: [] }, /there is no option "exactcase"; did you mean exactCase\?/],
  ])('are refused where they are wrong: %j', (options, message) => {
    expect(() => read(options)).toThrow(message)
    expect(() => read(options)).toThrow(TypeError)
  })
})
