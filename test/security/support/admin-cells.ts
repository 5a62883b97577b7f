import type { Fields } from '../../admin/support/admin-browser.ts'
import { OTHER_PASSWORD, PASSWORD } from '../../admin/support/admin-site.ts'

/** One thing that can be asked of the admin, and who may have it. */
export interface AdminCell {
  readonly method: 'GET' | 'POST'
  /** Below the mount. */
  readonly path: string
  readonly fields?: Fields
  /** What staff need for it, without the module; `superuser`: no permission is enough. `nobody`: not even a superuser may. */
  readonly needs: readonly string[] | 'superuser' | 'nobody'
  /** The list of users comes back and says that it was refused, because each user is judged alone. @default 403 */
  readonly refusal?: 302
  /** Whether it is written to the audit log. @default for forms */
  readonly isAudited?: boolean
}

/** Who is who in the house that the cells are asked in. */
export const PEOPLE = { root: 1, clerk: 2, bare: 3, boss: 4, ann: 5, zoe: 6, newcomer: 7 } as const

const page = (path: string, needs: AdminCell['needs']): AdminCell => ({ method: 'GET', path, needs })

const form = (path: string, fields: Fields, rest: Pick<AdminCell, 'needs' | 'refusal' | 'isAudited'>): AdminCell => ({
  method: 'POST',
  path,
  fields,
  ...rest,
})

/** What is looked at. */
const PAGES: readonly AdminCell[] = [
  page('/', []),
  page('/password_change/', []),
  page('/password_change/done/', []),
  page('/users/', ['view_user']),
  page('/users/?q=ann&staff=no&o=-email', ['view_user']),
  page('/users/?locked=yes', ['view_user', 'view_lock']),
  page('/users/add/', ['add_user']),
  page('/users/5/', ['view_user']),
  page('/users/6/', ['view_user']),
  page('/users/5/password/', ['view_user', 'change_user']),
  page('/users/6/password/', 'superuser'),
  page('/users/5/delete/', ['delete_user']),
  page('/users/4/delete/', 'superuser'),
  page('/users/5/sessions/', ['view_session']),
  page('/users/5/attempts/', ['view_attempt']),
  page('/users/5/identities/', ['view_user']),
  page('/users/5/history/', ['view_user', 'view_audit']),
  page('/groups/', ['view_group']),
  page('/groups/add/', ['add_group']),
  page('/groups/1/', ['view_group']),
  page('/groups/1/delete/', ['view_group', 'delete_group']),
  page('/attempts/', ['view_attempt']),
  page('/locks/', ['view_lock']),
  page('/addresses/', ['view_lock']),
  page('/outbox/', ['view_mail']),
  page('/audit/', ['view_audit']),
  page('/parcels/', ['view_mail']),
]

const NEW = { username: 'eve', email: 'eve@example.org' }
const PASSWORDS = { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD }

/** What is done to nobody in particular. */
const OTHER_FORMS: readonly AdminCell[] = [
  form('/logout/', {}, { needs: [], isAudited: false }),
  form(
    '/password_change/',
    { old_password: PASSWORD, new_password1: OTHER_PASSWORD, new_password2: OTHER_PASSWORD },
    { needs: [], isAudited: false },
  ),
  form('/users/export/', {}, { needs: ['view_user'] }),
  form('/users/export/?locked=yes', {}, { needs: ['view_user', 'view_lock'] }),
  form('/users/add/', { ...NEW, ...PASSWORDS }, { needs: ['add_user'] }),
  form('/users/add/', { ...NEW, how: 'invitation', is_superuser: 'on' }, { needs: ['add_user'] }),
  form('/groups/add/', { name: 'Writers' }, { needs: ['add_group'] }),
  form('/groups/add/', { name: 'Writers', permissions: ['portress.unlock'] }, { needs: ['add_group', 'unlock'] }),
  form('/groups/1/', { name: 'Writers', permissions: ['portress.unlock'] }, { needs: ['change_group'] }),
  form('/groups/1/', { name: 'Editors', permissions: [] }, { needs: ['change_group', 'unlock'] }),
  form('/groups/1/delete/', { post: 'yes' }, { needs: ['view_group', 'delete_group', 'unlock'] }),
  form('/locks/', { lock: 'lock:user:5' }, { needs: ['unlock'] }),
  form('/locks/', { lock: 'lock:user:6' }, { needs: 'superuser' }),
  form('/locks/', { lock: 'all' }, { needs: 'superuser' }),
  form('/addresses/', { range: '203.0.113.7', effect: 'block' }, { needs: ['change_address_rule'] }),
  form('/addresses/', { remove: 'RULE', range: '198.51.100.1' }, { needs: ['change_address_rule'] }),
  form('/outbox/', { mail: 'MAIL' }, { needs: ['retry_mail'] }),
]

const ACTIONS = [
  ['activate', 'change_user', 'newcomer'],
  ['deactivate', 'change_user', 'ann'],
  ['unlock', 'unlock', 'ann'],
  ['verify-email', 'change_user', 'newcomer'],
  ['end-sessions', 'end_session', 'ann'],
  ['send-reset', 'change_user', 'ann'],
  ['delete', 'delete_user', 'ann'],
] as const

/** The same for people, for staff, for another superuser, and for whoever does it. */
const BULK: readonly AdminCell[] = ACTIONS.flatMap(([action, right, whom]) => {
  const to = (id: number): Fields => ({ action, post: 'yes', _selected_action: [String(id)] })
  // A boss whose address is confirmed and who is active is not confirmed or activated again: only that nobody else may counts.
  const isAudited = action !== 'activate' && action !== 'verify-email'
  return [
    form('/users/', to(PEOPLE[whom]), { needs: [right] }),
    form('/users/', to(PEOPLE.boss), { needs: 'superuser', refusal: 302, isAudited }),
    form('/users/', to(PEOPLE.zoe), { needs: 'superuser', refusal: 302, isAudited }),
    form('/users/', to(PEOPLE.root), { needs: 'nobody', refusal: 302 }),
  ]
})

const changeOf = (name: keyof typeof PEOPLE, more: Fields = {}): Fields => ({
  username: name,
  email: `${name}@example.org`,
  email_verified: 'on',
  is_active: 'on',
  first_name: 'Other',
  ...more,
})

/** What is done on the pages about one user. */
const USER_FORMS: readonly AdminCell[] = [
  form('/users/5/', changeOf('ann'), { needs: ['view_user', 'change_user'] }),
  form('/users/4/', changeOf('boss'), { needs: 'superuser' }),
  form('/users/6/', changeOf('zoe', { is_staff: 'on', is_superuser: 'on' }), { needs: 'superuser' }),
  ...(['is_staff', 'is_superuser'] as const).map((mark) =>
    form('/users/5/', changeOf('ann', { [mark]: 'on' }), { needs: 'superuser' }),
  ),
  form('/users/5/', changeOf('ann', { groups: ['1'] }), { needs: 'superuser' }),
  form('/users/5/', changeOf('ann', { user_permissions: ['portress.view_user'] }), { needs: 'superuser' }),
  form('/users/5/', changeOf('ann', { email: 'clerk+ann@example.org' }), { needs: ['view_user', 'change_user'] }),
  form('/users/5/password/', PASSWORDS, { needs: ['view_user', 'change_user'] }),
  form('/users/4/password/', PASSWORDS, { needs: 'superuser' }),
  form('/users/6/password/', { usable_password: 'false' }, { needs: 'superuser' }),
  form('/users/1/password/', PASSWORDS, { needs: 'nobody' }),
  form('/users/5/delete/', { post: 'yes' }, { needs: ['delete_user'] }),
  form('/users/4/delete/', { post: 'yes' }, { needs: 'superuser' }),
  form('/users/6/delete/', { post: 'yes' }, { needs: 'superuser' }),
  form('/users/1/delete/', { post: 'yes' }, { needs: 'nobody' }),
  form('/users/5/sessions/', { all: 'yes' }, { needs: ['end_session'] }),
  form('/users/5/sessions/', { session: 'SESSION' }, { needs: ['end_session'] }),
  form('/users/4/sessions/', { all: 'yes' }, { needs: 'superuser' }),
  form('/users/1/sessions/', { all: 'yes' }, { needs: 'nobody' }),
]

const OWN_ACTION = 'own:shout'

/** The developer's own action, on people and on staff. */
const OWN_FORMS: readonly AdminCell[] = [
  form('/users/', { action: OWN_ACTION, _selected_action: ['5'] }, { needs: ['view_user', 'view_attempt'] }),
  form('/users/', { action: OWN_ACTION, _selected_action: ['4', '6'] }, { needs: 'superuser', refusal: 302 }),
]

/** Every row of the admin that is not for everybody, with each thing that it can be sent. */
export const ADMIN_CELLS: readonly AdminCell[] = [...PAGES, ...OTHER_FORMS, ...BULK, ...USER_FORMS, ...OWN_FORMS]
