import { describe, expect, it } from 'vitest'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const COMMON = [
  'login',
  'logout',
  'user',
  'password/change',
  'password/reset',
  'password/reset/confirm',
  'registration/verify-email',
  'socialaccounts',
]

describe('§1.1 mount points and slashes', () => {
  it('generation 0.9 sends every path without its final slash to the one with it, whatever the method', async () => {
    const { call, mount } = newWorld({ generation: '0.9' })
    for (const path of [...COMMON, 'registration', 'socialaccounts/1/disconnect']) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const { status, headers, text } = await call(`${method} ${path}?next=1`)
        expect([path, status, headers.get('location'), text]).toEqual([path, 301, `${mount}/${path}/?next=1`, ''])
      }
    }
  })

  it('generation 7 serves both, but for registration and its link', async () => {
    const { call, mount } = newWorld({ useJwt: true })
    const both = [
      ...COMMON,
      'registration/resend-email',
      'token/verify',
      'token/refresh',
      'socialaccounts/1/disconnect',
    ]
    for (const path of both) {
      const [bare, slashed] = [await call(`DELETE ${path}`), await call(`DELETE ${path}/`)]
      expect([path, bare.status, bare.text]).toEqual([path, slashed.status, slashed.text])
      expect([401, 405]).toContain(bare.status)
    }
    for (const path of ['registration', 'registration/account-confirm-email/a-b:c_d']) {
      const { status, headers } = await call(`POST ${path}`)
      expect([path, status, headers.get('location')]).toEqual([path, 301, `${mount}/${path}/`])
    }
  })

  it('generation 0.9 has none of the routes that came later', async () => {
    const { call } = newWorld({ generation: '0.9', useJwt: true })
    for (const path of ['token/verify/', 'token/refresh/', 'registration/resend-email/']) {
      expect([path, (await call(`POST ${path}`)).status]).toEqual([path, 404])
    }
  })

  it.each(GENERATIONS)('generation %s answers whatever is no path with a page', async (generation) => {
    const { call } = newWorld({ generation })
    for (const path of [
      'nothing/',
      'login/more/',
      'login//',
      '/login/',
      'password/',
      'user/1/',
      'Login/',
      'socialaccounts/x/disconnect/',
    ]) {
      for (const method of ['GET', 'POST']) {
        const { status, headers } = await call(`${method} ${path}`)
        expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8'])
      }
    }
  })
})
