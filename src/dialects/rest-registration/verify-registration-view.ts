import { type ActivateInput, type ActivateResult, activate } from '../../commands/activate.ts'
import type { CommandContext } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView, whereEnabled } from './door-view.ts'
import { carriersOf, loginAnswer } from './login-answer.ts'
import { linkReaders, presentedCode, refusedLink } from './presented-link.ts'

/** `verify-registration/`: proves the address that the link was mailed to. */
export function verifyRegistrationView(parts: DoorParts): View {
  const { settings } = parts
  return doorView(parts, {
    path: '/verify-registration',
    name: 'Verify Registration',
    permission: settings.publicPermission,
    actions: { POST: whereEnabled(settings.registerVerificationEnabled, verification(parts)) },
  })
}

function verification(parts: DoorParts): Action {
  const { settings, words } = parts
  const { registerVerificationAutoLogin, authenticatesSession, retrievesToken } = settings
  // Where a log-in gives nothing to come back with, there is none to begin.
  const letsIn = registerVerificationAutoLogin && (authenticatesSession || retrievesToken)
  const entrance = letsIn ? carriersOf(settings) : {}
  const letIn = loginAnswer(parts, (call) => words(call).done.userVerified)
  return row({
    permission: settings.publicPermission,
    fields: serializer(linkReaders),
    command: verifyRegistration(parts),
    read: (values) => ({ ...presentedCode(parts, values), ...entrance }),
    write: (activated, call) => {
      const { issued = null, cookie = null } = activated ?? {}
      return issued === null ? parts.succeed(words(call).done.userVerified) : letIn({ issued, cookie }, call)
    },
    refusals: { code_invalid: refusedLink(parts) },
  })
}

/** A link that was pressed before does nothing, and is answered like the first time unless the site wants to tell; `null` then. */
export function verifyRegistration({
  settings,
}: Pick<DoorParts, 'settings'>): (ctx: CommandContext, input: ActivateInput) => Promise<ActivateResult | null> {
  return async (ctx, input) => {
    try {
      return await activate(ctx, input)
    } catch (error) {
      if (settings.registerVerificationOneTimeUse || !isRepeated(error)) throw error
      return null
    }
  }
}

const isRepeated = (error: unknown): boolean => error instanceof AuthError && error.details.reason === 'already_active'
