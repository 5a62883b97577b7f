import type { UserForOperator } from '../../commands/admin-read-user.ts'
import type { Problems } from '../parts/problems.ts'
import type { AdminForm } from '../shell/admin-form.ts'

/** The change form of a user, on its way to a page. */
export interface UserForm {
  readonly found: UserForOperator
  /** The form as it came, where it is shown again. */
  readonly typed: AdminForm | null
  readonly problems: Problems
  readonly status: number
}
