import { html } from 'hono/html'
import { adminCreateGroup } from '../../commands/admin-create-group.ts'
import { adminReadGroup } from '../../commands/admin-read-group.ts'
import { adminUpdateGroup } from '../../commands/admin-update-group.ts'
import { AuthError } from '../../errors.ts'
import { type Problems, problemsBy } from '../parts/problems.ts'
import type { AdminForm } from '../shell/admin-form.ts'
import type { FormPage } from '../shell/admin-row.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import { doneWithin } from '../shell/redirect.ts'
import { writeGroupForm } from './group-form.ts'

const ADD = '/groups/add/'

/** Makes a group. */
export const groupAddPage: FormPage = {
  path: ADD,
  async show(call) {
    if (!call.operator.rights.has('portress.add_group')) throw new AuthError('forbidden')
    return writeGroupForm(call, {
      title: call.words.lists.groups.addTitle,
      path: ADD,
      name: '',
      permissions: [],
      problems: {},
    })
  },
  async submit(call, form) {
    const { words, ctx, setup } = call
    const { groups } = words.lists
    const given = { name: form.text('name').trim(), permissions: form.all('permissions') }
    try {
      const group = await adminCreateGroup(ctx, { ...given, proofSeconds: setup.proofSeconds })
      return doneWithin(call, '/groups/', groups.added(group.name))
    } catch (error) {
      const problems = complaintsIn(call, form, error)
      return writeGroupForm(call, { title: groups.addTitle, path: ADD, ...given, problems })
    }
  },
}

/** Changes a group, and with it what all of its members may do. */
export const groupChangePage: FormPage = {
  path: '/groups/:id/',
  async show(call) {
    const { words, operator, exchange } = call
    const group = await adminReadGroup(call.ctx, { groupId: idOf(call) })
    const title = `${words.lists.groups.changeTitle}: ${group.name}`
    const path = `/groups/${group.id}/`
    const more = operator.rights.has('portress.delete_group')
      ? html`<a class="button plain end" href="${exchange.mountPath}${path}delete/">${words.frame.delete}</a>`
      : html``
    const isReadOnly = !operator.rights.has('portress.change_group')
    return writeGroupForm(call, {
      title,
      path,
      name: group.name,
      permissions: group.permissions,
      problems: {},
      isReadOnly,
      more,
    })
  },
  async submit(call, form) {
    const { words, ctx, setup } = call
    const { groups } = words.lists
    const given = { name: form.text('name').trim(), permissions: form.all('permissions') }
    try {
      const group = await adminUpdateGroup(ctx, { groupId: idOf(call), ...given, proofSeconds: setup.proofSeconds })
      return doneWithin(call, '/groups/', groups.changed(group.name))
    } catch (error) {
      const problems = complaintsIn(call, form, error)
      return writeGroupForm(call, { title: groups.changeTitle, path: `/groups/${idOf(call)}/`, ...given, problems })
    }
  },
}

/** The id in the address, as it stands there. */
export const idOf = ({ exchange }: Pick<AdminCall, 'exchange'>): string => exchange.params['id'] ?? ''

/** What a form can show; everything else is thrown on. */
function complaintsIn({ words }: AdminCall, form: AdminForm, error: unknown): Problems {
  if (!(error instanceof AuthError) || error.code !== 'validation_failed') throw error
  const { name, permissions } = words.lists.groups
  const labels = new Map([
    ['name', name],
    ['permissions', permissions],
  ])
  return problemsBy(error, words, (field) => ({
    name: field,
    label: labels.get(field) ?? field,
    text: form.text(field),
  }))
}
