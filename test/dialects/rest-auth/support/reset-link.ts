import type { RestAuthGeneration } from '../../../../src/dialects/rest-auth/options.ts'
import type { Mail } from '../../../../src/model/mail.ts'
import type { DrfWorld } from '../../drf/support/drf-world.ts'
import { OTHER_PASSWORD } from '../../drf/support/passwords.ts'

/** What a front end reads from the link of a mail, and sends back. */
export interface ResetLink {
  readonly uid: string
  readonly token: string
}

/** A token of the right form that nobody was mailed. */
export const FORGED_TOKEN: string = 'A'.repeat(43)

/** `uid` of a user (contract §4): base64url of the id as text, or base 36, or the digits of a UUID. */
export function uidOf(generation: RestAuthGeneration, id: number | string): string {
  if (generation === '0.9') return Buffer.from(String(id)).toString('base64url')
  return typeof id === 'number' ? id.toString(36) : id.replaceAll('-', '')
}

/** Asks for a reset mail, and gives what its link holds. */
export async function requestReset(world: DrfWorld, username: string): Promise<ResetLink> {
  const { email } = await world.stored(username)
  const { status } = await world.call('POST password/reset/', { json: { email } })
  if (status !== 200) throw new Error(`password/reset/ is answered ${status}`)
  return linkIn((await world.mails()).findLast(({ to }) => to === email))
}

function linkIn(mail: Mail | undefined): ResetLink {
  const [, uid, token] = /^https:\S+\/password-reset\/confirm\/([^/\s]+)\/([^/\s]+)\/$/m.exec(mail?.text ?? '') ?? []
  if (uid === undefined || token === undefined) throw new Error(`there is no link in the mail ${mail?.subject}`)
  return { uid, token }
}

/** A confirmation that is right but for what `changes` spoils. */
export const confirmation = (link: ResetLink, changes: object = {}): object => ({
  ...link,
  new_password1: OTHER_PASSWORD,
  new_password2: OTHER_PASSWORD,
  ...changes,
})
