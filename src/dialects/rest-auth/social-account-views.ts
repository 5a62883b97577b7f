import { listIdentities } from '../../commands/list-identities.ts'
import { socialDisconnect } from '../../commands/social-disconnect.ts'
import type { JsonValue } from '../../model/field.ts'
import type { IdentityInfo } from '../../model/identity.ts'
import { NON_FIELD } from '../drf/field-set.ts'
import { listAnswer } from '../drf/list-answer.ts'
import { isAuthenticated } from '../drf/permissions.ts'
import { row } from '../drf/row.ts'
import type { Action, View } from '../drf/view.ts'
import { writeMoment } from '../drf/write-moment.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'

/** The caller's accounts at providers, and how one is let go; `path` is below the mount, and `''` the mount itself. */
export function socialAccountViews(parts: DoorParts, path: string): readonly View[] {
  const base = path === '' ? '' : `/${path}`
  return [
    doorView(parts, {
      path: base,
      name: 'Social Account List',
      permission: isAuthenticated,
      actions: { GET: list(parts) },
    }),
    doorView(parts, {
      path: `${base}/:id{[0-9]+}/disconnect`,
      name: 'Social Account Disconnect',
      permission: isAuthenticated,
      actions: { POST: disconnect(parts) },
    }),
  ]
}

function list({ settings: { pageSize } }: DoorParts): Action {
  return row({
    permission: isAuthenticated,
    command: listIdentities,
    read: () => undefined,
    write: (items, call) => listAnswer({ items, pageSize, write: writeIdentity }, call),
  })
}

const writeIdentity = ({ id, provider, subject, lastLoginAt, createdAt }: IdentityInfo): JsonValue => ({
  id,
  provider,
  uid: subject,
  last_login: writeMoment(lastLoginAt),
  date_joined: writeMoment(createdAt),
})

function disconnect({ words }: DoorParts): Action {
  return row({
    permission: isAuthenticated,
    command: socialDisconnect,
    read: (_, { params }) => ({ identityId: params['id'] }),
    write: () => ({ status: 200, body: {} }),
    refusals: {
      last_way_in: (_, call) => ({ status: 400, body: { [NON_FIELD]: [words(call).social.noPasswordSet] } }),
    },
  })
}
