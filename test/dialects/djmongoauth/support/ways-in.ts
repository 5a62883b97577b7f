import { expect } from 'vitest'
import { portressApi } from '../../../../src/dialects/portress-api/index.ts'
import type { Doors } from '../../drf/support/doors.ts'
import type { WaysIn } from '../../drf/support/guarded-door.ts'
import { OTHER_PASSWORD } from '../../drf/support/passwords.ts'
import { type DjmongoauthSite, type djmongoauthSites, empty, type SiteOptions } from './djmongoauth-site.ts'

/** Where people log in: here, and at the API beside it. */
const DOORS: Doors = [
  {
    name: 'login',
    request: (username, password) => ['POST login', { json: { username, password } }],
  },
  {
    name: 'the Portress API',
    request: (identifier, password) => [
      'POST ../api/login',
      { json: { identifier, password }, headers: { 'content-type': 'application/json' } },
    ],
  },
]

/** This dialect with the Portress API beside it, for the suites about attacks. */
export const waysIn = (
  newSite: ReturnType<typeof djmongoauthSites>,
  options: SiteOptions = {},
): WaysIn<DjmongoauthSite> => ({
  open: (engine) => newSite({ ...options, ...engine, beside: { '/api': portressApi() } }),
  loginDoors: DOORS,
  async doorsTo(site) {
    await site.addUser('victim')
    return DOORS
  },
  ownRow: 'POST reset',
  async resetPassword(site, username) {
    await site.call('POST reset', { json: { username } })
    const json = { new_password: OTHER_PASSWORD }
    expect(empty(await site.call(`PUT reset?a=${await site.mailedCode()}`, { json }))).toBe(200)
  },
})
