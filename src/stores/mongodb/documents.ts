import type { MongoDocument } from './mongo-driver.ts'
import { encoded } from './values.ts'

/** Values by the names the code uses. `null` is kept as no value at all; `undefined` says nothing. */
export type Values<F extends string> = { readonly [K in F]?: unknown }

/** A document, or a part of one, as it is stored. Lists and documents in it are stored ones already. */
export function documentOf<F extends string>(names: Readonly<Record<F, string>>, values: Values<F>): MongoDocument {
  const document: Record<string, unknown> = {}
  for (const [name, value] of entriesOf(values)) {
    if (value !== undefined && value !== null) document[names[name]] = stored(value)
  }
  return document
}

/** How a document is brought to other values. */
export interface Changes {
  readonly $set?: MongoDocument
  readonly $unset?: MongoDocument
}

/** What sets the values, and takes those away that are `null`. */
export function changesOf<F extends string>(names: Readonly<Record<F, string>>, values: Values<F>): Changes {
  const unset = entriesOf(values).filter(([, value]) => value === null)
  return joinedChanges(documentOf(names, values), Object.fromEntries(unset.map(([name]) => [names[name], ''])))
}

/** MongoDB refuses an empty list of changes of one kind. */
export function joinedChanges(set: MongoDocument, unset: MongoDocument): Changes {
  return {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  }
}

const entriesOf = <F extends string>(values: Values<F>): [F, unknown][] => Object.entries(values) as [F, unknown][]

const EMBEDDED: unique symbol = Symbol('embedded')

/** A list or a document that this store has made of values that were looked at then. Only such ones lie in documents. */
export interface Embedded {
  readonly [EMBEDDED]: object
}

export const embedded = (made: readonly unknown[] | MongoDocument): Embedded => ({ [EMBEDDED]: made })

function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null && EMBEDDED in value ? value[EMBEDDED] : encoded(value)
}
