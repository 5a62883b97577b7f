import { checkUsername } from '../../commands/check-username.ts'
import { deleteAccount } from '../../commands/delete-account.ts'
import { readUser } from '../../commands/read-user.ts'
import { register } from '../../commands/register.ts'
import { updateProfile } from '../../commands/update-profile.ts'
import type { User } from '../../model/user.ts'
import { complaintsOf } from '../drf/complaints-of.ts'
import { forgetSession } from '../drf/cookies.ts'
import type { FieldSet, WireErrors, WireValues } from '../drf/field-set.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import { accountInput, accountNames } from './account-fields.ts'
import { activationOf, type DoorParts } from './door-parts.ts'
import { caller, userInPath } from './subject.ts'
import { userList } from './user-list.ts'

/** `users/`, `users/me/` and `users/{id}/`. */
export function userViews(parts: DoorParts): readonly View[] {
  const { settings, generation } = parts
  const shared = {
    slash: 'required',
    hasFormatSuffix: true,
    permission: settings.permissions.user,
    generation,
  } as const
  return [
    { ...shared, path: '/users', name: 'User List', actions: { GET: userList(parts), POST: registration(parts) } },
    { ...shared, path: '/users/me', name: 'Me', actions: accountActions(parts, ownAccount(parts)) },
    // Last among its kind: whatever is no other path below `users/` is an id.
    { ...shared, path: '/users/:id{[^/.]+}', name: 'User Instance', actions: accountActions(parts, anAccount(parts)) },
  ]
}

function registration({ settings, inputs, objects, refusals }: DoorParts): Action {
  const { model, permissions } = settings
  const names = accountNames(model)
  return row({
    permission: permissions.userCreate,
    fields: inputs.userCreate,
    check: (values, call) => nameComplaints(values, call, names),
    command: register,
    read: (values) => ({
      ...accountInput(model, values),
      password: values['password'],
      ...(settings.userCreatePasswordRetype ? { passwordAgain: values['re_password'] } : {}),
      activation: activationOf(settings),
    }),
    write: ({ user }) => ({ status: 201, body: objects.userCreate(user) }),
    names: { ...names, passwordAgain: refusals.passwordsDiffer },
    steps: [['password'], ['passwordAgain']],
    refusals: { validation_failed: refusals.cannotCreate },
  })
}

/** Beside other complaints a name that is taken is told as well; without others the command finds out. */
function nameComplaints(
  { username }: WireValues,
  call: DrfCall,
  names: ReturnType<typeof accountNames>,
): Promise<WireErrors> | WireErrors {
  if (username === undefined) return {}
  return complaintsOf(checkUsername(call.ctx, { username }), call, names)
}

/** How one account is reached, and what may be changed of it. */
interface Account {
  readonly subject: (call: DrfCall) => Promise<User>
  readonly subjectToDelete: (call: DrfCall) => Promise<User>
  readonly isHidden: boolean
  readonly put: FieldSet
  readonly patch: FieldSet
  readonly write: (user: User) => DrfAnswer
}

function ownAccount({ settings, inputs, objects }: DoorParts): Account {
  return {
    subject: caller(settings, 'user'),
    subjectToDelete: caller(settings, 'userDelete'),
    // What everybody has is no secret.
    isHidden: false,
    put: inputs.currentUser,
    patch: inputs.currentUserPart,
    write: (user) => ({ status: 200, body: objects.currentUser(user) }),
  }
}

function anAccount({ settings, inputs, objects }: DoorParts): Account {
  const { hideUsers: isHidden } = settings
  return {
    subject: userInPath(settings, { action: 'user', isHidden }),
    // In the original whoever deletes somebody else is told that they may not, hidden or not.
    subjectToDelete: userInPath(settings, { action: 'userDelete', isHidden: false }),
    isHidden,
    put: inputs.user,
    patch: inputs.userPart,
    write: (user) => ({ status: 200, body: objects.user(user) }),
  }
}

function accountActions(parts: DoorParts, account: Account): View['actions'] {
  const { permissions } = parts.settings
  const { subject, isHidden, write } = account
  return {
    GET: row({
      permission: permissions.user,
      isHidden,
      subject,
      command: readUser,
      // Who may see the user has been decided with the subject.
      read: (_, call) => ({ userId: call.subject?.id, sees: 'everybody' as const }),
      write,
    }),
    PUT: update(parts, account, account.put),
    PATCH: update(parts, account, account.patch),
    DELETE: deletion(parts, account),
  }
}

function update({ settings }: DoorParts, { subject, isHidden, write }: Account, fields: FieldSet): Action {
  const { model, permissions } = settings
  return row({
    permission: permissions.user,
    isHidden,
    subject,
    fields,
    command: updateProfile,
    read: (values, call) => ({
      ...accountInput(model, values),
      userId: call.subject?.id,
      activation: activationOf(settings),
    }),
    write,
    names: accountNames(model),
  })
}

function deletion({ settings, inputs, refusals }: DoorParts, { subjectToDelete }: Account): Action {
  return row({
    permission: settings.permissions.userDelete,
    subject: subjectToDelete,
    fields: inputs.userDelete,
    command: deleteAccount,
    read: (values, call) => ({ userId: call.subject?.id, currentPassword: values['current_password'] }),
    write: (_, call) => ({ status: 204, cookies: call.subject?.id === call.actor?.user.id ? forgetSession(call) : [] }),
    names: { currentPassword: refusals.currentPassword },
    refusals: { wrong_current_password: refusals.wrongPassword },
  })
}
