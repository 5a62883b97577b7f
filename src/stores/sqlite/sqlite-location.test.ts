import { expect, it } from 'vitest'
import { sqliteLocation } from './sqlite-location.ts'

it('reads paths and URLs', () => {
  const paths = {
    'app.db': 'app.db',
    './data/app.db': './data/app.db',
    '/var/lib/app.db': '/var/lib/app.db',
    'C:\\data\\app.db': 'C:\\data\\app.db',
    'what? #1.db': 'what? #1.db',
    'sqlite:app.db': 'app.db',
    'sqlite://app.db': 'app.db',
    'sqlite:/var/lib/app.db': '/var/lib/app.db',
    'sqlite:///var/lib/my%20app.db': '/var/lib/my app.db',
    'SQLITE:app.db': 'app.db',
    'file:app.db': 'app.db',
    'file:///var/lib/my%20app.db': '/var/lib/my app.db',
  }
  for (const [location, path] of Object.entries(paths)) {
    expect(sqliteLocation(location), location).toEqual({ kind: 'file', path })
  }
  for (const location of [':memory:', 'sqlite::memory:', 'file::memory:']) {
    expect(sqliteLocation(location), location).toEqual({ kind: 'memory' })
  }
})

it('refuses what is no SQLite database', () => {
  const refused = ['', 'sqlite:', 'sqlite://', 'file:', 'postgres://localhost/app', 'https://example.org/app.db']
  for (const location of [...refused, 'app\0.db', 'sqlite:app.db?mode=ro', 'file:app.db#1']) {
    expect(() => sqliteLocation(location), location).toThrow(TypeError)
  }
})
