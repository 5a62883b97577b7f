import type { JsonValue } from '../../model/field.ts'
import type { FieldDescription } from './field-set.ts'
import { RENDERED_TYPES } from './negotiate.ts'
import { callerOf } from './permissions.ts'
import { PARSED_TYPES } from './request-data.ts'
import type { Action, DrfCall, DrfMethod, View } from './view.ts'

const METHODS: readonly DrfMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The methods of a view in the order in which `Allow` names them. */
export function allowedMethods({ actions, allow }: View): readonly string[] {
  if (allow !== undefined) return allow
  const own = METHODS.filter((method) => actions[method] !== undefined)
  return [...own, ...(actions.GET === undefined ? [] : ['HEAD']), 'OPTIONS']
}

/** The answer to `OPTIONS`: what may be sent and got here, with the fields of what this caller may write. */
export function describeView(call: DrfCall): JsonValue {
  const { view, actor } = call
  const caller = callerOf(actor)
  const described = (['POST', 'PUT'] as const).flatMap((method) => {
    const action = view.actions[method]
    const isOpen = action?.permission({ caller, method, target: null }) === true
    return isOpen && action?.fields ? [[method, describeFields(action)] as const] : []
  })
  return {
    name: view.name,
    description: view.description ?? '',
    renders: RENDERED_TYPES,
    parses: PARSED_TYPES,
    ...(described.length === 0 ? {} : { actions: Object.fromEntries(described) }),
  }
}

function describeFields({ fields }: Action): JsonValue {
  const described = Object.entries(fields?.fields ?? {}).map(([name, field]) => [name, describeField(field)])
  return Object.fromEntries(described)
}

function describeField(field: FieldDescription): JsonValue {
  const { type, required, label, isReadOnly = false, minLength, maxLength, min, max, choices } = field
  return {
    type,
    required,
    read_only: isReadOnly,
    label,
    ...(minLength === undefined ? {} : { min_length: minLength }),
    ...(maxLength === undefined ? {} : { max_length: maxLength }),
    ...(min === undefined ? {} : { min_value: min }),
    ...(max === undefined ? {} : { max_value: max }),
    ...(choices === undefined ? {} : { choices: choices.map((value) => ({ value, display_name: value })) }),
  }
}
