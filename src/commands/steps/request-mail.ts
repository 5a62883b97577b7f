import { AuthError } from '../../errors.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import type { MailJob } from '../../model/mail.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMailJob } from './enqueue-mail.ts'
import { findAddressees } from './find-addressees.ts'
import { assertIdentifier } from './input.ts'
import { limitByAddress } from './limit-rate.ts'
import { sharesAddress } from './shares-address.ts'

/** A mail that a visitor asks for. */
interface MailRequest extends Pick<MailJob, 'kind' | 'onlyFor'> {
  readonly email?: unknown
  /** Names the user in place of `email`, by any of `identifiers`. */
  readonly identifier?: unknown
  /** @default as `login.identifiers` says */
  readonly identifiers?: readonly IdentifierKind[]
  readonly dangerouslyTellUnknown: boolean
}

type IdentifierKind = 'username' | 'email'

/**
 * Mails to the stored address of the user who has this one, or this name.
 *
 * Resolves the same way, after the same work, whether or not anybody has it: who gets the mail is settled when it is
 * written, outside the request. Only `dangerouslyTellUnknown` looks now.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`; `not_found` only where the caller wants to be told
 */
export async function requestMail(ctx: CommandContext, request: MailRequest): Promise<void> {
  const { kind, onlyFor, dangerouslyTellUnknown } = request
  const asked = readAsked(request)
  await limitByAddress(ctx, 'mailsPerAddress')
  const { language } = ctx.request
  const whom = 'named' in asked ? await whoIsNamed(ctx, asked) : { to: asked.email, userId: null }
  const job = { kind, ...whom, sessionEpoch: null, isOwed: false, onlyFor, language, data: {} }
  if (dangerouslyTellUnknown) {
    const addressees = await findAddressees(ctx, { ...job, style: ctx.mailStyle })
    if (!addressees.some((addressee) => addressee.kind === kind)) throw new AuthError('not_found')
  }
  await enqueueMailJob(ctx, job)
}

/** What was typed where no address must be, and as what it counts. */
interface NamedUser {
  readonly named: string
  readonly kinds: readonly IdentifierKind[] | undefined
}

function readAsked({ email, identifier, identifiers: kinds }: MailRequest): NamedUser | { email: string } {
  if (email === undefined && identifier !== undefined) {
    assertIdentifier('identifier', identifier)
    return { named: identifier, kinds }
  }
  assertIdentifier('email', email)
  return { email }
}

/**
 * Of a name only its owner goes on. For one that nobody has a mail is asked for as well, which has nobody to go to, unless
 * it is an address and may be one. Those who share an address are found when the mail is written, all of them.
 */
async function whoIsNamed(ctx: CommandContext, { named, kinds }: NamedUser): Promise<Pick<MailJob, 'to' | 'userId'>> {
  const allowed = kinds ?? ctx.config.login.identifiers
  const key = canonicalIdentifier(named)
  const [user] = await ctx.store.users.findByIdentifier(key, allowed, 1)
  if (user !== undefined && !sharesAddress(ctx, user, key)) return { to: user.email ?? '', userId: user.id }
  return { to: allowed.includes('email') ? named : '', userId: null }
}
