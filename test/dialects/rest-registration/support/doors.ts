import type { RestRegistrationOptions } from '../../../../src/dialects/rest-registration/options.ts'
import { basicDoor, confirmingDoor, type Door, type Doors, NEW_PASSWORDS } from '../../drf/support/doors.ts'
import type { GuardedDoor } from '../../drf/support/guarded-door.ts'
import { OTHER_PASSWORD } from '../../drf/support/passwords.ts'
import { askedForReset, newcomer } from './links.ts'
import type { restRegistrationWorlds } from './world.ts'

/** A site where each of these doors is open: by name, by address, and by Basic. */
const EVERY_DOOR = {
  authentication: ['token', 'basic'],
  userLoginFields: ['username', 'email'],
} as const satisfies RestRegistrationOptions

const login = (name: string, identifier: (username: string) => string): Door => ({
  name,
  request: (username, password) => ['POST login/', { json: { login: identifier(username), password } }],
})

/** Where people log in. */
const LOGIN_DOORS: Doors = [
  login('login/ by name', (username) => username),
  login('login/ by address', (username) => `${username}@example.org`),
  login('login/ by another spelling of the address', (username) => ` ${username.toUpperCase()}@Example.ORG `),
  basicDoor('GET profile/'),
]

const confirmingDoors = (token: string): readonly Door[] =>
  NEW_PASSWORDS.map(({ how, again }) => {
    const at = { row: 'POST change-password/', credential: { token }, name: `change-password/ with ${how}` }
    return confirmingDoor(at, (old_password) => ({ old_password, password: OTHER_PASSWORD, password_confirm: again }))
  })

/** This dialect, for the suites about attacks. */
export function restRegistrationDoor(
  newWorld: ReturnType<typeof restRegistrationWorlds>,
  options: RestRegistrationOptions = {},
) {
  const open: GuardedDoor['open'] = (engine) => newWorld({ ...EVERY_DOOR, ...options }, engine)
  return {
    open,
    openDiscreet: open,
    loginDoors: LOGIN_DOORS,
    async doorsTo(world) {
      const { token } = await world.member('victim')
      return [...LOGIN_DOORS, ...confirmingDoors(token)]
    },
    ownRow: 'GET profile/',
    register: (username, changes) => ['POST register/', { json: newcomer(username, changes) }],
    async resetPassword(world, username) {
      const json = { ...(await askedForReset(world, username)), password: OTHER_PASSWORD }
      const { status } = await world.call('POST reset-password/', { json })
      if (status !== 200) throw new Error(`the new password is answered ${status}`)
    },
    askForMails,
  } as const satisfies GuardedDoor
}

const askForMails: GuardedDoor['askForMails'] = async (world, { username, email, index, address }) => {
  for (const login of [username, email]) {
    await world.call('POST send-reset-password-link/', { json: { login }, address })
  }
  await world.call('POST register/', { json: newcomer(`person${index}`, { email }), address })
  const { token } = await world.member(`member${index}`)
  await world.call('POST register-email/', { token, json: { email }, address })
}
