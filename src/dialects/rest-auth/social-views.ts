import { connectAndLogIn } from '../../commands/connect-and-log-in.ts'
import { type SocialLoginInput, socialLogin } from '../../commands/social-login.ts'
import { allowAny, isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { DrfCall, View } from '../drf/view.ts'
import { acceptableName } from './acceptable-name.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import { inPlace } from './in-place.ts'
import { carrierOf, loginAnswer, sessionBeside } from './login-answer.ts'
import type { SocialWay } from './settings.ts'
import { socialProof } from './social-proof.ts'
import { socialRefusals } from './social-refusals.ts'

/** For each path of social log-in the log-in itself, and `connect/` below it. */
export function socialViews(parts: DoorParts): readonly View[] {
  return Object.entries(parts.settings.socialPaths).flatMap(([path, way]) => [
    loginView(parts, path, way),
    connectView(parts, path, way),
  ])
}

function loginView(parts: DoorParts, path: string, way: SocialWay): View {
  const { settings, details } = parts
  const { readers, read } = socialProof(parts, way)
  return doorView(parts, {
    path: `/${path}`,
    name: `${titleOf(path)} Login`,
    permission: allowAny,
    isThrottled: settings.generation === '7',
    ignoresBadCredentials: settings.ignoreStaleCredentials,
    actions: {
      POST: inPlace(
        parts,
        row({
          permission: allowAny,
          fields: parts.input('socialLogin', readers),
          command: socialLogin,
          read: (values, call) => {
            const { fields = {}, profiles = {} } = details.input(values)
            return { ...read(values, call), ...sessionFor(parts), ...newcomers(parts, call), fields, profiles }
          },
          write: loginAnswer(parts, 'social'),
          names: details.names,
          refusals: socialRefusals(parts, way),
        }),
      ),
    },
  })
}

/** Like a log-in, but for the caller's own account: that of somebody else is never the answer. */
function connectView(parts: DoorParts, path: string, way: SocialWay): View {
  const { settings } = parts
  const { readers, read } = socialProof(parts, way)
  return doorView(parts, {
    path: `/${path}/connect`,
    name: `${titleOf(path)} Connect`,
    permission: isAuthenticated,
    isThrottled: settings.generation === '7',
    actions: {
      POST: inPlace(
        parts,
        row({
          permission: isAuthenticated,
          fields: parts.input('socialLogin', readers),
          command: connectAndLogIn,
          read: (values, call) => ({ ...read(values, call), ...sessionFor(parts) }),
          write: loginAnswer(parts, 'social'),
          refusals: socialRefusals(parts, way),
        }),
      ),
    },
  })
}

type SessionInput = Required<Pick<SocialLoginInput, 'carrier' | 'withCookie' | 'updateLastLogin'>>

const sessionFor = ({ settings }: DoorParts): SessionInput => ({
  carrier: carrierOf(settings),
  withCookie: sessionBeside(settings),
  updateLastLogin: settings.sessionLogin,
})

type NewcomersInput = Pick<SocialLoginInput, 'acceptsUsername' | 'activation' | 'dangerouslyTellTaken'>

const newcomers = ({ settings }: DoorParts, call: DrfCall): NewcomersInput => ({
  acceptsUsername: acceptableName(settings, call),
  dangerouslyTellTaken: settings.tellsTakenAddresses,
  ...(settings.emailVerification === 'mandatory' ? { activation: 'mailed' } : {}),
})

/** As the original names a view after its class: `FacebookLogin` is shown as `Facebook Login`. */
const titleOf = (path: string): string =>
  path
    .split(/[/_-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
