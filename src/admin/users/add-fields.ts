import type { AdminCreateUserInput } from '../../commands/admin-create-user.ts'
import type { Html } from '../../http/html-page.ts'
import type { FieldDefinition } from '../../model/field.ts'
import { formField } from '../parts/form-field.ts'
import type { Problems } from '../parts/problems.ts'
import { type DeclaredField, declaredFormField, formName, readDeclared } from '../parts/user-fields.ts'
import type { AdminForm } from '../shell/admin-form.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** Declared fields without which there is no user: all others are on the next page. */
function requiredFields({ exchange }: AdminCall): readonly DeclaredField[] {
  const isAsked = ({ required, default: preset, kind }: FieldDefinition): boolean =>
    required && preset === null && kind !== 'boolean'
  return Object.entries(exchange.engine.config.user.fields)
    .filter(([, definition]) => isAsked(definition))
    .map(([path, definition]) => ({ path, definition }))
}

export function readAddedFields(call: AdminCall, form: AdminForm): Pick<AdminCreateUserInput, 'fields'> {
  const entries = requiredFields(call).map((field) => {
    const name = formName(field)
    return [field.path, readDeclared(field, form.text(name), form.has(name))] as const
  })
  return entries.length === 0 ? {} : { fields: Object.fromEntries(entries) }
}

export function addFormFields(
  call: AdminCall,
  { form, problems }: { readonly form: AdminForm; readonly problems: Problems },
): readonly Html[] {
  const { setup, words } = call
  return requiredFields(call).map((field) => {
    const shown = { field, setup, words, value: undefined, typed: form, isReadOnly: false }
    return formField(declaredFormField({ ...shown, problems: problems[formName(field)] ?? [] }))
  })
}
