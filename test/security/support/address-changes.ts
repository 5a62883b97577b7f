import type { Answer } from './answer.ts'
import { PASSWORD, type Site } from './open-site.ts'

/** The address of `ann`, and the one that it is changed to. */
export const OLD = 'ann@example.org'

export const NEW = 'ann@example.net'

/** How a log-in is answered. */
export async function statusOfLogin(site: Site, identifier: string, password: string = PASSWORD): Promise<number> {
  return (await site.send('POST /login', { body: { identifier, password } })).status
}

/** Asks for another address, with the right password. */
export function askForChange(site: Site, token: string, newEmail: string = NEW): Promise<Answer> {
  return site.send('POST /email/change', { token, body: { newEmail, currentPassword: PASSWORD } })
}

/** Opens the link that was mailed to the new one. */
export function confirmChange(site: Site, code: string): Promise<Answer> {
  return site.send('POST /email/change/confirm', { body: { code } })
}
