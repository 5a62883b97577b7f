import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import type { NamedField } from '../parts/problems.ts'
import { formName, labelOf } from '../parts/user-fields.ts'
import type { AdminSetup } from '../setup.ts'
import type { AdminForm } from '../shell/admin-form.ts'

/** What the built-in fields are called in forms, as in those of Django, by what commands call them. */
const FORM_NAMES = {
  username: 'username',
  email: 'email',
  firstName: 'first_name',
  lastName: 'last_name',
  isEmailVerified: 'email_verified',
  status: 'is_active',
  isStaff: 'is_staff',
  isSuperuser: 'is_superuser',
  groupIds: 'groups',
  permissions: 'user_permissions',
  password: 'password1',
  passwordAgain: 'password2',
} as const

type BuiltInField = keyof typeof FORM_NAMES

const isBuiltIn = (field: string): field is BuiltInField => Object.hasOwn(FORM_NAMES, field)

/** Finds the field of the form that a command complains of. */
export function namedField(setup: AdminSetup, words: AdminMessages, form: AdminForm): (field: string) => NamedField {
  return (field) => {
    const name = isBuiltIn(field) ? FORM_NAMES[field] : formName({ path: field })
    const label = isBuiltIn(field) ? builtInLabel(words, field) : labelOf(setup, field, words.language)
    return { name, label, text: form.text(name) }
  }
}

function builtInLabel({ fields }: AdminMessages, field: BuiltInField): string {
  if (field === 'groupIds') return fields.groups
  return field === 'status' ? fields.isActive : fields[field]
}
