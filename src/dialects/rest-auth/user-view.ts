import { currentUser } from '../../commands/current-user.ts'
import { updateProfile } from '../../commands/update-profile.ts'
import type { User } from '../../model/user.ts'
import type { FieldSet } from '../drf/field-set.ts'
import { nameComplaints } from '../drf/name-complaints.ts'
import { isAuthenticated } from '../drf/permissions.ts'
import { replacedInput } from '../drf/replaced-input.ts'
import { row } from '../drf/row.ts'
import { serializer } from '../drf/serializer.ts'
import type { Action, DrfAnswer, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'
import type { UserDetails } from './user-details.ts'

/** `user/`: what the caller is, and what of it they may change. */
export function userView(parts: DoorParts): View {
  const { settings, details } = parts
  const part = serializer(details.readers('update'), { isPartial: true })
  return doorView(parts, {
    path: '/user',
    name: 'User Details',
    permission: isAuthenticated,
    actions: {
      GET: row({
        permission: isAuthenticated,
        command: currentUser,
        read: () => undefined,
        write: answerWith(details),
      }),
      PUT: change(parts, parts.input('userDetails', details.readers('create'))),
      PATCH: change(parts, replacedInput(settings.schemas.userDetails) ?? part),
    },
  })
}

const answerWith =
  ({ write }: UserDetails) =>
  (user: User): DrfAnswer => ({ status: 200, body: write(user) })

function change({ details }: DoorParts, fields: FieldSet): Action {
  return row({
    permission: isAuthenticated,
    fields,
    check: (values, call) => nameComplaints(values, call, details.names),
    command: updateProfile,
    read: details.input,
    write: answerWith(details),
    names: details.names,
  })
}
