import { describe, expect, it } from 'vitest'
import { describeAgent } from './describe-agent.ts'

describe('describeAgent', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox, Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
      'Chrome, Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari, iOS',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
      'Safari, macOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0 Chrome/130.0 Mobile Safari/537.36',
      'Samsung Internet, Android',
    ],
    ['curl/8.19.0', 'curl'],
    ['AcmeApp/2.1 (Android 16)', 'AcmeApp, Android'],
    ['Your account is blocked, call 0900 1234', null],
    ['http://evil.example/', null],
    ['evil.example/1.0', null],
    ['', null],
  ])('says what %j is', (header, expected) => {
    expect(describeAgent(header)).toBe(expected)
  })

  it('reads only the beginning of a long header', () => {
    expect(describeAgent(`${'Version/'.repeat(100_000)}Firefox/150.0`)).toBe('Version')
  })
})
