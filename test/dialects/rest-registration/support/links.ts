import type { SignedValues } from '../../../../src/dialects/rest-registration/mail-template.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import type { DrfWorld } from '../../drf/support/drf-world.ts'

/** What a front end reads from a link, and sends back. */
export type LinkValues = SignedValues

/** A signature of the right form that nobody was mailed. */
export const FORGED: string = 'A'.repeat(43)

/** The link of a mail, which has a line of its own. */
export function linkOf(mail: Mail | undefined): string {
  const [link] = /^https?:\/\/\S+$/m.exec(mail?.text ?? '') ?? []
  if (link === undefined) throw new Error(`there is no link in the mail ${mail?.subject}`)
  return link
}

/** The values in the query of a link. */
export function valuesOf(link: string): LinkValues {
  const values = Object.fromEntries(new URL(link).searchParams)
  const { user_id, timestamp, signature } = values
  if (user_id === undefined || timestamp === undefined || signature === undefined)
    throw new Error(`no values in ${link}`)
  return { ...values, user_id, timestamp, signature }
}

/** The values in the newest mail to an address. */
export async function mailedValues(world: Pick<DrfWorld, 'mails'>, to: string): Promise<LinkValues> {
  return valuesOf(linkOf((await world.mails()).findLast((mail) => mail.to === to)))
}

/** A whole registration. */
export const newcomer = (username: string, changes: object = {}): object => ({
  username,
  email: `${username}@example.org`,
  password: 'plum-tart-4-breakfast',
  password_confirm: 'plum-tart-4-breakfast',
  ...changes,
})

/** Somebody who has registered, and what their mail holds. */
export async function registered(world: DrfWorld, username: string = 'ann'): Promise<LinkValues> {
  const { status, text } = await world.call('POST register/', { json: newcomer(username) })
  if (status !== 201) throw new Error(`register/ is answered ${status}: ${text}`)
  return mailedValues(world, `${username}@example.org`)
}

/** Asks for a reset link by a user name. */
export async function askedForReset(world: DrfWorld, username: string = 'ann'): Promise<LinkValues> {
  const { status, text } = await world.call('POST send-reset-password-link/', { json: { login: username } })
  if (status !== 200) throw new Error(`send-reset-password-link/ is answered ${status}: ${text}`)
  return mailedValues(world, (await world.stored(username)).email ?? '')
}

/** Asks for another address. */
export async function askedForEmail(
  world: DrfWorld,
  { token, email }: { readonly token: string; readonly email: string },
): Promise<LinkValues> {
  const { status, text } = await world.call('POST register-email/', { token, json: { email } })
  if (status !== 200) throw new Error(`register-email/ is answered ${status}: ${text}`)
  return mailedValues(world, email)
}

/** The same values but for a timestamp that is so many seconds later. */
export const shifted = (values: LinkValues, seconds: number): LinkValues => ({
  ...values,
  timestamp: String(Number(values.timestamp) + seconds),
})
