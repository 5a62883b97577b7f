import { InvalidArgumentError } from 'commander'
import type { FieldDefinition, FieldDefinitions } from '../../model/field.ts'

/** Values of declared fields as they were typed, by name. */
export type FieldArguments = Readonly<Record<string, string>>

/** Gathers `--field name=value`, which may be given several times. */
export function collectField(text: string, gathered: FieldArguments = {}): FieldArguments {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Write name=value.')
  return { ...gathered, [name]: value }
}

/** What was typed, as the values that the fields take. What fits no field is handed on and refused as input is. */
export function fieldValues(definitions: FieldDefinitions, typed: FieldArguments): Readonly<Record<string, unknown>> {
  const entries = Object.entries(typed).map(([name, text]) => {
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
    return [name, typedValue(definition, text)] as const
  })
  return Object.fromEntries(entries)
}

function typedValue(definition: FieldDefinition | undefined, text: string): unknown {
  switch (definition?.kind) {
    case 'number':
    case 'boolean':
    case 'json':
      return parsed(text)
    default:
      return text
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
