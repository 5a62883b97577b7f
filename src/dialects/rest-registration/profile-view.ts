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
import type { Profile } from './profile.ts'

/** `profile/`: what the caller is, and what of it they may change. */
export function profileView(parts: DoorParts): View {
  const { settings, profile } = parts
  const readers = profile.readers('profile')
  const whole = change(parts, parts.input('profile', readers))
  const part = replacedInput(settings.schemas.profile) ?? serializer(readers, { isPartial: true })
  return doorView(parts, {
    path: '/profile',
    name: 'Profile',
    permission: isAuthenticated,
    actions: {
      GET: row({
        permission: isAuthenticated,
        command: currentUser,
        read: () => undefined,
        write: answerWith(profile),
      }),
      POST: whole,
      PUT: whole,
      PATCH: change(parts, part),
    },
  })
}

const answerWith =
  ({ write }: Profile) =>
  (user: User): DrfAnswer => ({ status: 200, body: write(user) })

function change({ profile }: DoorParts, fields: FieldSet): Action {
  return row({
    permission: isAuthenticated,
    fields,
    check: (values, call) => nameComplaints(values, call, profile.names),
    command: updateProfile,
    read: profile.input,
    write: answerWith(profile),
    names: profile.names,
  })
}
