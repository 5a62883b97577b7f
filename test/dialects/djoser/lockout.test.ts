/** Rows 66, 67, 78, 79, 83 and 84 of the attack table through the doors of this dialect, each with its control. */
import { expect, it } from 'vitest'
import { lockoutSuite, watched } from '../drf/support/lockout-suite.ts'
import { djoserSites } from './support/djoser-site.ts'
import { djoserDoor } from './support/doors.ts'

const door = djoserDoor(djoserSites())

lockoutSuite(door)

it('row 84: another spelling of a door’s path is no other door', async () => {
  const { world: site, hasher } = watched(door)
  await site.addUser('victim')
  hasher.forget()
  const paths = ['token/login', 'token/login/', 'jwt/create', 'jwt/createx', 'jwt/create/../x', 'jwt/create.json?a=1']
  for (const path of [...paths, ...paths]) {
    const { status } = await site.call(`POST ${path}`, { json: { username: 'VICTIM ', password: 'mistaken-walrus' } })
    expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code >= 400 && code < 500)])
  }
  expect(hasher.guesses()).toBe(3)
})
