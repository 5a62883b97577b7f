import type { DjoserOptions } from '../../../../src/dialects/djoser/index.ts'
import { textIn } from '../../drf/support/answer.ts'
import { basicDoor, confirmingDoor, type Door, type Doors } from '../../drf/support/doors.ts'
import type { GuardedDoor } from '../../drf/support/guarded-door.ts'
import { OTHER_PASSWORD, PASSWORD } from '../../drf/support/passwords.ts'
import type { djoserSites } from './djoser-site.ts'
import { requestLink } from './mailed-link.ts'

const login = (name: string, row: string): Door => ({
  name,
  request: (username, password) => [row, { json: { username, password } }],
})

/** Where people log in. */
const LOGIN_DOORS: Doors = [
  login('token/login/', 'POST token/login/'),
  login('jwt/create/', 'POST jwt/create/'),
  login('login of the first generation', 'POST login'),
  basicDoor('GET users/me/'),
]

/** Where somebody who is logged in must confirm who they are. */
function confirmingDoors({ token, jwt }: { readonly token: string; readonly jwt: string }): readonly Door[] {
  const confirmed =
    (more: object = {}) =>
    (current_password: string): object => ({ current_password, ...more })
  return [
    confirmingDoor(
      { row: 'POST users/set_password/', credential: { token } },
      confirmed({ new_password: OTHER_PASSWORD }),
    ),
    confirmingDoor({ row: 'POST users/set_username/', credential: { jwt } }, confirmed({ new_username: 'other' })),
    confirmingDoor({ row: 'DELETE users/me/', credential: { token } }, confirmed()),
    confirmingDoor({ row: 'DELETE users/1/', credential: { jwt } }, confirmed()),
  ]
}

/** This dialect, for the suites about attacks. */
export function djoserDoor(newSite: ReturnType<typeof djoserSites>, options: DjoserOptions = {}) {
  const open: GuardedDoor['open'] = (engine) =>
    newSite({ ...engine, djoser: { authentication: ['token', 'jwt', 'basic'], ...options } })
  return {
    open,
    openDiscreet: open,
    loginDoors: LOGIN_DOORS,
    async doorsTo(site) {
      const { id, token } = await site.member('victim')
      if (id !== 1) throw new Error('the victim must be the first user')
      const pair = await site.call('POST jwt/create/', { json: { username: 'victim', password: PASSWORD } })
      return [...LOGIN_DOORS, ...confirmingDoors({ token, jwt: textIn(pair, 'access') })]
    },
    ownRow: 'GET users/me/',
    register: (username, { email = `${username}@example.org` } = {}) => [
      'POST users/',
      { json: { username, email, password: PASSWORD } },
    ],
    async resetPassword(site, username) {
      const link = await requestLink(site, 'reset_password', `${username}@example.org`)
      const json = { ...link, new_password: OTHER_PASSWORD }
      const { status } = await site.call('POST users/reset_password_confirm/', { json })
      if (status !== 204) throw new Error(`the new password is answered ${status}`)
    },
    async askForMails(site, { email, address }) {
      for (const path of ['reset_password', 'reset_username']) {
        await site.call(`POST users/${path}/`, { json: { email }, address })
      }
    },
  } as const satisfies GuardedDoor
}
