import type { RestAuthOptions } from '../../../../src/dialects/rest-auth/options.ts'
import { basicDoor, confirmingDoor, type Door, type Doors, NEW_PASSWORDS } from '../../drf/support/doors.ts'
import type { DrfWorld } from '../../drf/support/drf-world.ts'
import type { GuardedDoor } from '../../drf/support/guarded-door.ts'
import { OTHER_PASSWORD } from '../../drf/support/passwords.ts'
import { MANDATORY, newcomer, REGISTER } from './registration.ts'
import { confirmation, requestReset } from './reset-link.ts'
import type { restAuthWorlds } from './world.ts'

/** A site where each of these doors is open: by name, by address, by what may be either, and by Basic. */
const EVERY_DOOR = {
  authentication: ['token', 'basic'],
  loginMethods: ['username', 'email'],
  oldPasswordFieldEnabled: true,
} as const satisfies RestAuthOptions

const login = (name: string, body: (username: string) => object): Door => ({
  name,
  request: (username, password) => ['POST login/', { json: { ...body(username), password } }],
})

/** Where people log in. */
const LOGIN_DOORS: Doors = [
  login('login/ by name', (username) => ({ username })),
  login('login/ by address', (username) => ({ email: `${username}@example.org` })),
  login('login/ by address in the field of names', (username) => ({
    username: `${username.toUpperCase()}@Example.org`,
  })),
  basicDoor('GET user/'),
]

const confirmingDoors = (token: string): readonly Door[] =>
  NEW_PASSWORDS.map(({ how, again }) => {
    const at = { row: 'POST password/change/', credential: { token }, name: `password/change/ with ${how}` }
    return confirmingDoor(at, (old_password) => ({ old_password, new_password1: OTHER_PASSWORD, new_password2: again }))
  })

/** This dialect, for the suites about attacks. */
export function restAuthDoor(newWorld: ReturnType<typeof restAuthWorlds>, options: RestAuthOptions = {}) {
  const open = (more: RestAuthOptions): GuardedDoor['open'] => {
    return (engine = {}) =>
      newWorld(
        { ...EVERY_DOOR, ...options, ...more },
        { ...engine, login: { identifiers: ['username', 'email'], ...engine.login } },
      )
  }
  return {
    open: open({}),
    openDiscreet: open(MANDATORY),
    loginDoors: LOGIN_DOORS,
    async doorsTo(world) {
      const { token } = await world.member('victim')
      return [...LOGIN_DOORS, ...confirmingDoors(token)]
    },
    ownRow: 'GET user/',
    register: (username, changes) => [REGISTER, { json: { ...newcomer(username), ...changes } }],
    async resetPassword(world, username) {
      const json = confirmation(await requestReset(world, username))
      const { status } = await world.call('POST password/reset/confirm/', { json })
      if (status !== 200) throw new Error(`the new password is answered ${status}`)
    },
    askForMails,
  } as const satisfies GuardedDoor
}

const askForMails: GuardedDoor['askForMails'] = async (world: DrfWorld, { email, index, address }) => {
  for (const path of ['password/reset/', 'registration/resend-email/']) {
    await world.call(`POST ${path}`, { json: { email }, address })
  }
  await world.call(REGISTER, { json: { ...newcomer(`person${index}`), email }, address })
}
