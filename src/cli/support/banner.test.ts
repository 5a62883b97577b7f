import { describe, expect, it } from 'vitest'
import { formatBanner } from './banner.ts'

describe('formatBanner', () => {
  const banner = {
    url: 'http://127.0.0.1:3000',
    origin: 'https://accounts.example.org',
    environment: 'production',
    mounts: [
      { path: '/api', dialects: ['portress-api'] },
      { path: '/', dialects: ['pages', 'operations'] },
    ],
    mails: 'smtps://mail.example.org',
    database: null,
    locks: null,
    configFile: '/srv/portress.config.ts',
    secretFile: null,
    superuser: 'npx portress createsuperuser --config /srv/portress.config.ts',
  }

  it('is one plain line a fact where a program reads it', () => {
    expect(formatBanner(banner, { isTerminal: false }).split('\n')).toEqual([
      'Portress listens on http://127.0.0.1:3000 (production)',
      'Origin: https://accounts.example.org',
      'Mount: /api  (portress-api)',
      'Mount: /  (pages, operations)',
      'Mails: smtps://mail.example.org',
      'Configuration: /srv/portress.config.ts',
      'Superuser: make one with: npx portress createsuperuser --config /srv/portress.config.ts',
    ])
  })

  it('stands in columns where a person reads it', () => {
    const lines = formatBanner(banner, { isTerminal: true }).split('\n')
    expect(lines).toContain('  Mount          /api  (portress-api)')
    expect(lines).toContain('                 /  (pages, operations)')
  })
})
