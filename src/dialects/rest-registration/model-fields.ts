import type { Engine } from '../../commands/context.ts'
import type { RestRegistrationOptions } from './options.ts'

type Model = Engine['config']['user']

type FieldOptions = Pick<RestRegistrationOptions, 'userHiddenFields' | 'userPublicFields' | 'userEditableFields'>

/** Shown only where `userPublicFields` names them, and never writable here. */
const GUARDED_FIELDS = ['lastLoginAt', 'isSuperuser', 'isStaff', 'isActive', 'dateJoined'] as const

/** Shown, and written by nobody at the profile. */
const READ_ONLY: ReadonlySet<string> = new Set([...GUARDED_FIELDS, 'id', 'email'])

/** Every field of a user that this door knows, by its name in the model and in the order of the original's answers. */
export function modelFields({ username, fields }: Model): readonly string[] {
  const name = username === 'none' ? [] : ['username']
  return [
    ...[
      'id',
      'lastLoginAt',
      'isSuperuser',
      ...name,
      'firstName',
      'lastName',
      'email',
      'isStaff',
      'isActive',
      'dateJoined',
    ],
    ...Object.keys(fields),
  ]
}

/** `USER_PUBLIC_FIELDS`, else all but the hidden ones. The address is always among them. */
export function publicFieldsOf({ userPublicFields, userHiddenFields }: FieldOptions, model: Model): readonly string[] {
  const hidden = new Set<string>([...GUARDED_FIELDS, ...(userHiddenFields ?? [])])
  const isShown = (name: string): boolean => userPublicFields?.includes(name) ?? !hidden.has(name)
  return modelFields(model).filter((name) => name === 'email' || isShown(name))
}

/** `USER_EDITABLE_FIELDS`, as far as anybody may change them. */
export function editableFieldsOf(
  { userEditableFields }: FieldOptions,
  publicFields: readonly string[],
): ReadonlySet<string> {
  const isEditable = (name: string): boolean => userEditableFields?.includes(name) ?? true
  return new Set(publicFields.filter((name) => !READ_ONLY.has(name) && isEditable(name)))
}
