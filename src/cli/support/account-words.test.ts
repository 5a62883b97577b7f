import { expect, it } from 'vitest'
import { fieldLabel, promptComplaint, refusalLines } from './account-words.ts'

it.each([
  ['username', 'Username'],
  ['email', 'Email address'],
  ['description', 'Description'],
  ['homeTown', 'Home town'],
  ['line2Text', 'Line2 text'],
  ['vatID', 'Vat id'],
])('asks for %s as %s', (name, label) => {
  expect(fieldLabel(name)).toBe(label)
})

it('says at a prompt what is wrong first, and nothing where nothing is', () => {
  expect(promptComplaint('homeTown', [{ code: 'taken' }, { code: 'required' }])).toBe(
    'That home town is already taken.',
  )
  expect(promptComplaint('homeTown', [{ code: 'required' }])).toBe('This field cannot be blank.')
  expect(promptComplaint('homeTown', [{ code: 'not_text' }])).toBe('This must be text.')
  expect(promptComplaint('homeTown', [])).toBeNull()
})

it('says of what was given beforehand what is wrong with which field', () => {
  const fields = {
    username: [{ code: 'taken' }],
    email: [{ code: 'email_invalid' }],
    homeTown: [{ code: 'required' }, { code: 'too_long', params: { maxLength: 5 } }],
  } as const
  expect(refusalLines(fields)).toEqual([
    'Error: That username is already taken.',
    'Enter a valid email address.',
    'Home town cannot be blank.',
    'Home town: Use at most 5 characters.',
  ])
})
