import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import type { FieldDefinition, FieldValue } from '../../model/field.ts'
import type { FieldWidget } from '../options.ts'
import type { AdminSetup } from '../setup.ts'
import type { AdminForm } from '../shell/admin-form.ts'
import type { FormField } from './form-field.ts'
import { textIn } from './text-in.ts'

/** A declared field on its way between a form and a command. */
export interface DeclaredField {
  /** `phone`, or `author.penName` for the field of a profile. */
  readonly path: string
  readonly definition: FieldDefinition
}

/** Below what name a declared field stands in a form: none of the built-in ones can be called so. */
export const formName = ({ path }: Pick<DeclaredField, 'path'>): string => `field.${path}`

/** The words of a name: `penName` becomes `Pen name`. */
export function labelFromName(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[._-]+/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function labelOf(setup: Pick<AdminSetup, 'users'>, path: string, language: string): string {
  const label = setup.users.widgets?.[path]?.label
  return label === undefined ? labelFromName(path.split('.').at(-1) ?? path) : textIn(label, language)
}

/** A value as a form holds it. */
function textOf(value: FieldValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().replace(/:00\.000Z$/, 'Z')
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

/**
 * What a form holds of a field, as its kind wants it. What is not of that kind goes on as it was typed, for the command
 * to say what is wrong with it.
 */
export function readDeclared({ definition }: DeclaredField, text: string, isTicked: boolean): unknown {
  const { kind } = definition
  if (kind === 'boolean') return isTicked
  if (text === '' && (kind !== 'text' || definition.default === null)) return definition.required ? '' : null
  if (kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : text
  if (kind === 'date') return text.trim()
  // Forms send two characters for each line's end.
  return kind === 'json' ? jsonOf(text) : text.replaceAll('\r\n', '\n')
}

/** A text that is no JSON becomes a number that is none either, so that the command says what is wrong. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return Number.NaN
  }
}

export interface DeclaredFormField {
  readonly field: DeclaredField
  readonly setup: AdminSetup
  readonly words: AdminMessages
  readonly value: FieldValue | undefined
  /** What was typed, where the form came back. */
  readonly typed: AdminForm | null
  readonly problems: readonly string[]
  readonly isReadOnly: boolean
}

/** The field as a form shows it, by its kind or as the widget of the configuration says. */
export function declaredFormField(input: DeclaredFormField): FormField {
  const { field, setup, words, typed, problems, isReadOnly } = input
  const { definition, path } = field
  const widget = setup.users.widgets?.[path] ?? {}
  const name = formName(field)
  const help = widget.help === undefined ? {} : { help: textIn(widget.help, words.language) }
  return {
    name,
    label: labelOf(setup, path, words.language),
    problems,
    ...help,
    isDisabled: isReadOnly || widget.as === 'readonly',
    required: definition.required && definition.kind !== 'boolean',
    ...shapeOf(input, widget),
    value: typed === null ? textOf(input.value) : typed.text(name),
    isChecked: typed === null ? input.value === true : typed.has(name),
  }
}

type Shape = Pick<FormField, 'kind' | 'choices' | 'maxLength'>

function shapeOf({ field: { definition }, words }: DeclaredFormField, widget: FieldWidget): Shape {
  if (widget.as === 'choices') {
    const choices = (widget.choices ?? []).map(({ value, label }) => ({ value, label: textIn(label, words.language) }))
    return { kind: 'select', choices: [{ value: '', label: words.frame.none }, ...choices] }
  }
  const isLong = definition.kind === 'json' || (definition.kind === 'text' && (definition.maxLength ?? 0) > 255)
  if (widget.as === 'textarea' || (isLong && widget.as === undefined)) return { kind: 'textarea' }
  return shapeOfKind(definition, words)
}

function shapeOfKind(definition: FieldDefinition, words: AdminMessages): Shape {
  switch (definition.kind) {
    case 'boolean':
      return { kind: 'checkbox' }
    case 'number':
      return { kind: 'number' }
    case 'date':
      return { kind: 'datetime' }
    case 'enum': {
      const none = definition.required ? [] : [{ value: '', label: words.frame.none }]
      const choices = (definition.choices ?? []).map((value) => ({ value, label: value }))
      return { kind: 'select', choices: [...none, ...choices] }
    }
    default:
      return { kind: 'text', ...(definition.maxLength === undefined ? {} : { maxLength: definition.maxLength }) }
  }
}
