import type { Workplace } from './portress.ts'

export const PASSWORD = 'quiet otter by the weir'

/** With an address of that name. */
export async function makeUser(place: Workplace, name: string): Promise<void> {
  await place.json(['createuser', '--noinput', '--username', name, '--email', `${name}@example.org`], {
    PORTRESS_USER_PASSWORD: PASSWORD,
  })
}

export interface Credentials {
  readonly identifier: string
  readonly password: string
  readonly agent?: string
}

/** Gives the status. */
export async function logIn(url: string, { identifier, password, agent = 'test' }: Credentials): Promise<number> {
  const response = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': agent },
    body: JSON.stringify({ identifier, password }),
  })
  return response.status
}
