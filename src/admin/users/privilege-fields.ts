import { html } from 'hono/html'
import { listDeclaredPermissions } from '../../commands/list-declared-permissions.ts'
import type { Html } from '../../http/html-page.ts'
import { type Choice, formField } from '../parts/form-field.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { type GroupChoices, groupChoices } from './group-choices.ts'
import type { UserForm } from './user-form-state.ts'

/** Groups that the form offers at most, besides those that the user is in. */
const MAX_GROUPS = 5000

/** Marks, groups and permissions. Whoever may not set them sees them all the same. */
export async function privilegeFields(call: AdminCall, { found, typed, problems }: UserForm): Promise<Html> {
  const { words } = call
  const { user, may } = found
  const { change } = words.users
  const isDisabled = !may.changePrivileges
  const sent = isDisabled ? null : typed
  const marks = [
    ['is_staff', words.fields.isStaff, change.staffHelp, user.isStaff],
    ['is_superuser', words.fields.isSuperuser, change.superuserHelp, user.isSuperuser],
  ] as const
  const boxes = marks.map(([name, label, help, isSet]) =>
    formField({
      kind: 'checkbox',
      name,
      label,
      help,
      isChecked: sent === null ? isSet : sent.has(name),
      isDisabled,
      problems: problems[name] ?? [],
    }),
  )
  const offered = await offeredGroups(call, found)
  const groups = formField({
    kind: 'chooser',
    name: 'groups',
    label: words.fields.groups,
    help: offered.hasMore ? `${change.groupsHelp} ${change.groupsMore(MAX_GROUPS)}` : change.groupsHelp,
    values: sent?.all('groups') ?? found.groups.map(({ id }) => String(id)),
    choices: offered.choices,
    isDisabled,
    problems: problems['groups'] ?? [],
  })
  const permissions = formField({
    kind: 'chooser',
    name: 'user_permissions',
    label: words.fields.permissions,
    help: change.permissionsHelp,
    values: sent?.all('user_permissions') ?? found.permissions,
    choices: await permissionChoices(call, isDisabled ? found.permissions : null),
    isDisabled,
    problems: problems['user_permissions'] ?? [],
  })
  return html`${isDisabled ? html`<p class="hint">${change.fixed}</p>` : ''}${boxes}${groups}${permissions}`
}

async function offeredGroups(call: AdminCall, { groups, may }: UserForm['found']): Promise<GroupChoices> {
  if (may.changePrivileges) return groupChoices(call, { max: MAX_GROUPS, always: groups })
  return { choices: groups.map(({ id, name }) => ({ value: String(id), label: name })), hasMore: false }
}

/** Every permission that can be given, or those of a list. */
export async function permissionChoices(
  { ctx }: AdminCall,
  only: readonly string[] | null,
): Promise<readonly Choice[]> {
  const declared = await listDeclaredPermissions(ctx)
  return declared
    .filter(({ permission }) => only === null || only.includes(permission))
    .map(({ permission, module, description }) => ({ value: permission, label: `${module} | ${description}` }))
}
