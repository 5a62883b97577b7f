/** Rows 57, 69 and 82 of the attack table, and what one source may do, through this dialect, each with its control. */
import { floodSuite, linksSuite, type ProbedLinks } from '../drf/support/flood-suite.ts'
import { OTHER_PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { djoserDoor } from './support/doors.ts'
import { FORGED_TOKEN, requestLink } from './support/mailed-link.ts'

const door = djoserDoor(djoserSites())

const CONFIRM = 'POST users/reset_password_confirm/'

const links: ProbedLinks = {
  async ask(site, username) {
    const link = await requestLink(site, 'reset_password', `${username}@example.org`)
    const forged = { ...link, token: FORGED_TOKEN }
    const passwordOf = { weak: '1234', good: OTHER_PASSWORD } as const
    return {
      // A password that is weak whoever it is for is told before any look at the link.
      forged: () => [CONFIRM, { json: { ...forged, new_password: OTHER_PASSWORD } }],
      elsewhere: [
        ['POST users/activation/', { json: forged }],
        ['POST users/reset_username_confirm/', { json: { ...forged, new_username: 'other' } }],
      ],
      genuine: (password) => [CONFIRM, { json: { ...link, new_password: passwordOf[password] } }],
    }
  },
}

floodSuite(door)
linksSuite(door, links)
