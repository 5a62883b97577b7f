import { adminReadUser } from '../../commands/admin-read-user.ts'
import { adminUpdateUser } from '../../commands/admin-update-user.ts'
import { AuthError } from '../../errors.ts'
import { nameOfUser } from '../parts/name-of-user.ts'
import { problemsBy } from '../parts/problems.ts'
import type { FormPage } from '../shell/admin-row.ts'
import { doneWithin } from '../shell/redirect.ts'
import { namedField } from './form-names.ts'
import { readUserChange } from './read-user-change.ts'
import { writeUserForm } from './user-form.ts'
import { userIdOf } from './user-id-of.ts'

/** Everything about one user that an operator may see and change. */
export const userChangePage: FormPage = {
  path: '/users/:id/',
  async show(call) {
    const found = await adminReadUser(call.ctx, { userId: userIdOf(call) })
    return writeUserForm(call, { found, typed: null, problems: {}, status: 200 })
  },
  async submit(call, form) {
    const found = await adminReadUser(call.ctx, { userId: userIdOf(call) })
    try {
      const change = readUserChange(call, found, form)
      const { proofSeconds } = call.setup
      const user = await adminUpdateUser(call.ctx, { ...change, userId: found.user.id, proofSeconds })
      return doneWithin(
        call,
        nextAfter(form.has.bind(form), user.id),
        call.words.users.change.changed(nameOfUser(user)),
      )
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== 'validation_failed') throw error
      const problems = problemsBy(error, call.words, namedField(call.setup, call.words, form))
      return writeUserForm(call, { found, typed: form, problems, status: 400 })
    }
  },
}

function nextAfter(has: (name: string) => boolean, id: string | number): string {
  if (has('_continue')) return `/users/${id}/`
  return has('_addanother') ? '/users/add/' : '/users/'
}
