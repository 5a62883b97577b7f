import { describe } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import { field } from '../../src/model/declare-field.ts'
import { authenticationBackendConformance } from '../../src/testing/authentication-backend-conformance.ts'

const user = { username: 'ann', email: 'ann@example.org' }

describe('passwordBackend by user name', () => {
  const newBackend = () => passwordBackend({ identifiers: ['username'] })
  authenticationBackendConformance({ newBackend, identifier: ' ANN', spellings: ['ann', 'ａｎｎ'], user })
})

describe('passwordBackend by address', () => {
  const newBackend = () => passwordBackend({ identifiers: ['username', 'email'] })
  authenticationBackendConformance({ newBackend, identifier: 'Ann@Example.ORG', spellings: ['ann@example.org'], user })
})

describe('passwordBackend by exact name or proven address', () => {
  const newBackend = () =>
    passwordBackend({
      name: 'strict',
      identifiers: ['email', 'username'],
      exactCase: ['username', 'email'],
      provenEmailOnly: true,
    })
  authenticationBackendConformance({ newBackend, identifier: 'ann@EXAMPLE.org', user })
})

describe('passwordBackend by telephone number', () => {
  const normalize = (typed: string): string | null => {
    const digits = typed.replace(/[\s()/-]/g, '').replace(/^0(?=[1-9])/, '+49')
    return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null
  }
  authenticationBackendConformance({
    newBackend: () => passwordBackend({ identifiers: [{ field: 'phone', normalize }, 'username'] }),
    identifier: '030 123-4567',
    spellings: ['+49301234567', '(030) 1234567'],
    user: { ...user, fields: { phone: '+49301234567' } },
    fields: { phone: field.text({ unique: true }) },
  })
})

describe('passwordBackend for up to three who share an address', () => {
  const newBackend = () => passwordBackend({ identifiers: ['username', 'email'], maxCandidates: 3 })
  authenticationBackendConformance({ newBackend, identifier: 'ann@example.org', user })
})
