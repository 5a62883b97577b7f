import { describe, expect, it } from 'vitest'
import { readWebhookOptions } from './webhook-options.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const good = { url: 'https://hooks.example.org/portress', secret: SECRET, events: ['userLockedOut'] }

function complaint(options: object): string {
  try {
    readWebhookOptions(options)
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
  return ''
}

describe('the options of a webhook', () => {
  it('have defaults', () => {
    expect(readWebhookOptions(good)).toEqual({
      url: 'https://hooks.example.org/portress',
      keys: [Buffer.alloc(32, 7)],
      events: ['userLockedOut'],
      timeoutSeconds: 15,
      tries: 5,
      firstWaitMilliseconds: 1000,
      maxPending: 1000,
    })
  })

  it.each(['http://127.0.0.1:8080/x', 'http://localhost/x', 'http://[::1]/'])('may lead to this machine: %s', (url) => {
    expect(complaint({ ...good, url })).toBe('')
  })

  it.each([
    undefined,
    null,
    7,
    '',
    'hooks.example.org',
    'http://hooks.example.org/',
    'http://127.0.0.1.example.org/',
    'ftp://hooks.example.org/',
    'file:///etc/passwd',
    'https://user:word@hooks.example.org/',
  ])('refuse the address %j, and do not show it', (url) => {
    const told = complaint({ ...good, url })
    expect(told).toContain('url must be like https://')
    expect(told).not.toContain('word@')
  })

  it.each([
    undefined,
    null,
    7,
    '',
    'hunter2-hunter2-hunter2-hunter2-hunter2',
    'whsec_',
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    'whsec_hunter2!hunter2!hunter2!hunter2!hunter2!hunter2!',
    [],
    [SECRET, 'hunter2'],
  ])('refuse the secret %j, and do not show it', (secret) => {
    const told = complaint({ ...good, secret })
    expect(told).toContain('secret must be whsec_')
    expect(told).not.toContain('hunter2')
  })

  it.each([
    [{ events: [] }, 'events must name at least one'],
    [{ events: 'userLockedOut' }, 'events must be a list of texts'],
    [{ events: [7] }, 'events must be a list of texts'],
    [{ events: undefined }, 'events must be a list of texts'],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds must be a whole number, from 1 to 60; it is 0'],
    [{ tries: 11 }, 'tries must be a whole number, from 1 to 10; it is 11'],
    [{ maxPending: 1.5 }, 'maxPending must be a whole number'],
    [{ firstWaitMilliseconds: '1' }, 'firstWaitMilliseconds must be a whole number'],
    [{ retries: 3 }, 'there is no option "retries"'],
  ])('refuse %j', (options, beginning) => {
    expect(complaint({ ...good, ...options })).toContain(beginning)
  })
})
