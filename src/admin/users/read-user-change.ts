import type { UserForOperator } from '../../commands/admin-read-user.ts'
import type { AdminUpdateUserInput } from '../../commands/admin-update-user.ts'
import type { GroupId } from '../../model/group.ts'
import { formName, readDeclared } from '../parts/user-fields.ts'
import type { AdminForm } from '../shell/admin-form.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { editableFields } from './declared-fields.ts'

type Change = Omit<AdminUpdateUserInput, 'userId'>

/**
 * What a form asks to change, of what it offered to this operator. A box that is not there is one that is not ticked, as
 * browsers have it; so what was not offered is not read at all. Whether it may be changed the command says.
 */
export function readUserChange(call: AdminCall, found: UserForOperator, form: AdminForm): Change {
  const { may } = found
  return {
    firstName: form.text('first_name'),
    lastName: form.text('last_name'),
    ...(may.changeWayIn || claims(form, WAY_IN) ? readWayIn(call, form) : {}),
    ...(isSelf(call, found) ? {} : readStatus(found, form)),
    ...(may.changePrivileges || claims(form, PRIVILEGES) ? readPrivileges(form) : {}),
    ...readOwnFields(call, found, form),
    ...readProfiles(call, found, form),
  }
}

const WAY_IN = ['username', 'email', 'email_verified']
const PRIVILEGES = ['is_staff', 'is_superuser', 'groups', 'user_permissions']

/** A form that names what it was not offered was made by hand. It gets the command's answer, and not silence. */
const claims = (form: AdminForm, names: readonly string[]): boolean => names.some((name) => form.has(name))

export const isSelf = ({ operator }: AdminCall, { user }: UserForOperator): boolean =>
  operator.actor.user.id === user.id

function readWayIn({ exchange }: AdminCall, form: AdminForm): Change {
  const { user } = exchange.engine.config
  return {
    ...(user.username === 'none' || !form.has('username') ? {} : { username: form.text('username').trim() }),
    ...(form.has('email') ? { email: form.text('email').trim() } : {}),
    isEmailVerified: form.has('email_verified'),
  }
}

/** Somebody who has not been activated stays so until the box is ticked. */
function readStatus({ user, may }: UserForOperator, form: AdminForm): Change {
  if (!may.change) return {}
  const isTicked = form.has('is_active')
  if (isTicked === (user.status === 'active')) return {}
  if (!isTicked && user.status !== 'active') return {}
  return { status: isTicked ? 'active' : 'disabled' }
}

function readPrivileges(form: AdminForm): Change {
  return {
    isStaff: form.has('is_staff'),
    isSuperuser: form.has('is_superuser'),
    groupIds: form.all('groups') as readonly GroupId[],
    permissions: form.all('user_permissions'),
  }
}

function readOwnFields(call: AdminCall, found: UserForOperator, form: AdminForm): Change {
  const fields = editableFields(call, found, null)
  if (fields.length === 0) return {}
  const entries = fields.map((field) => {
    const name = formName(field)
    return [field.path, readDeclared(field, form.text(name), form.has(name))] as const
  })
  return { fields: Object.fromEntries(entries) }
}

/** A profile that the user does not have is made once anything of it is given. */
function readProfiles(call: AdminCall, found: UserForOperator, form: AdminForm): Change {
  const profiles: Record<string, Readonly<Record<string, unknown>>> = {}
  for (const profile of Object.keys(call.exchange.engine.config.user.profiles)) {
    const fields = editableFields(call, found, profile)
    const isGiven = fields.some((field) => form.text(formName(field)) !== '')
    if (fields.length === 0 || ((found.user.profiles[profile] ?? null) === null && !isGiven)) continue
    const entries = fields.map((field) => {
      const name = formName(field)
      return [field.path.slice(profile.length + 1), readDeclared(field, form.text(name), form.has(name))] as const
    })
    profiles[profile] = Object.fromEntries(entries)
  }
  return Object.keys(profiles).length === 0 ? {} : { profiles }
}
