import { describe } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import { authenticationBackendConformance } from '../../src/testing/authentication-backend-conformance.ts'

const user = { username: 'ann', email: 'ann@example.org' }

describe('passwordBackend by user name', () => {
  const newBackend = () => passwordBackend({ identifiers: ['username'] })
  authenticationBackendConformance({ newBackend, identifier: ' ANN', user })
})

describe('passwordBackend by address', () => {
  const newBackend = () => passwordBackend({ identifiers: ['username', 'email'] })
  authenticationBackendConformance({ newBackend, identifier: 'Ann@Example.ORG', user })
})
