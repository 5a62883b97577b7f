import { html } from 'hono/html'
import type { Html } from '../../http/html-page.ts'
import { errorSummary } from '../parts/error-summary.ts'
import { formField } from '../parts/form-field.ts'
import type { Problems } from '../parts/problems.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { AdminPageParts } from '../shell/admin-page-parts.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { hiddenCsrf } from '../shell/hidden-csrf.ts'
import { permissionChoices } from '../users/privilege-fields.ts'

export interface GroupForm {
  readonly title: string
  /** Below the mount. */
  readonly path: string
  readonly name: string
  readonly permissions: readonly string[]
  readonly problems: Problems
  /** Nothing can be changed. @default false */
  readonly isReadOnly?: boolean
  /** Beside the button that saves. */
  readonly more?: Html
}

/** The form of a group: its name, and what its members may do. */
export async function writeGroupForm(call: AdminCall, group: GroupForm): Promise<Response> {
  const { words, exchange } = call
  const { groups } = words.lists
  const { title, path, problems, isReadOnly = false } = group
  const name = formField({
    kind: 'text',
    name: 'name',
    label: groups.name,
    value: group.name,
    required: true,
    isDisabled: isReadOnly,
    problems: problems['name'] ?? [],
  })
  const permissions = formField({
    kind: 'chooser',
    name: 'permissions',
    label: groups.permissions,
    values: group.permissions,
    choices: await permissionChoices(call, isReadOnly ? group.permissions : null),
    isDisabled: isReadOnly,
    problems: problems['permissions'] ?? [],
  })
  const save = html`<div class="buttons saving"><button type="submit">${words.frame.save}</button>${group.more ?? ''}</div>`
  const content = html`${errorSummary(problems, words, ['name', 'permissions'])}
<form method="post" action="${exchange.mountPath}${path}">${hiddenCsrf(call)}
<fieldset>${name}${permissions}</fieldset>
${isReadOnly ? '' : save}
</form>`
  const hasErrors = Object.keys(problems).length > 0
  const crumbs: AdminPageParts['crumbs'] = [{ label: words.sections.groups, path: '/groups/' }]
  return writeAdminPage(call, { title, content, section: 'groups', crumbs, hasErrors, status: hasErrors ? 400 : 200 })
}
