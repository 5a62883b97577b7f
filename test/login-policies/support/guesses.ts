import { type Answer, header } from '../../security/support/answer.ts'
import { PASSWORD, type SendOptions, type Site } from '../../security/support/open-site.ts'

/** Where strangers come from; the owner comes from elsewhere. */
export const STRANGER = '203.0.113.66'

export const WRONG = 'mistaken-walrus'

/** Types a name and a password into the Portress API. */
export function tryPassword(
  site: Site,
  { identifier = 'ann', password = PASSWORD, ...origin }: Partial<Tried> = {},
): Promise<Answer> {
  return site.send('POST /login', { body: { identifier, password }, ...origin })
}

export interface Tried extends Pick<SendOptions, 'address' | 'headers' | 'cookie'> {
  readonly identifier: unknown
  readonly password: unknown
}

/** The same with wrong passwords, so many times. */
export async function guessWrong(site: Site, times: number, tried: Partial<Tried> = {}): Promise<void> {
  for (let guess = 0; guess < times; guess += 1) await tryPassword(site, { password: `${WRONG}-${guess}`, ...tried })
}

/** Whether the right password opens now. */
export async function isOpen(site: Site, tried: Partial<Tried> = {}): Promise<boolean> {
  return (await tryPassword(site, tried)).status === 200
}

/** How many passwords were looked at in the course of something. */
export async function judgedIn(site: Site, work: () => Promise<unknown>): Promise<number> {
  site.hasher.forget()
  await work()
  return site.hasher.guesses()
}

export const retryAfter = (answer: Answer): number | null => {
  const value = header(answer, 'retry-after')
  return value === null ? null : Number(value)
}
