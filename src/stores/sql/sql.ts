/**
 * SQL as data: text whose holes can only be filled with identifiers, named parameters and more such text.
 *
 * A plain string does not fit into a hole, so nothing that came from outside can become SQL. It is rendered once per
 * statement, when a store opens.
 */

export type SqlPart = Identifier | Parameter | SqlText

/** The name of a table, column or index; quoted when rendered. */
export interface Identifier {
  readonly part: 'identifier'
  readonly name: string
  /** The schema of a table or index; without it the database looks where it looks first. */
  readonly schema?: string | undefined
}

/** Stands for a value that each run gives under this name. */
export interface Parameter {
  readonly part: 'parameter'
  readonly name: string
}

export interface SqlText {
  readonly part: 'text'
  readonly strings: readonly string[]
  readonly parts: readonly SqlPart[]
}

/** How an engine writes names and placeholders. */
export interface SqlStyle {
  quote(name: string): string
  /** `position` counts from 1. */
  placeholder(position: number): string
  /** Placeholders carry their position, so that a parameter used twice is one parameter. */
  readonly numbersPlaceholders: boolean
}

/** Text for a driver, and the names of its parameters in the order of their placeholders. */
export interface RenderedSql {
  readonly text: string
  readonly parameters: readonly string[]
}

/** Writes SQL: sql`SELECT ${columns} FROM ${table} WHERE ${id} = ${parameter('id')}`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlPart[]): SqlText {
  return { part: 'text', strings, parts }
}

export function identifier(name: string): Identifier {
  return { part: 'identifier', name }
}

/** The name of a table or index. */
export function identifierIn(schema: string | undefined, name: string): Identifier {
  return { part: 'identifier', name, schema }
}

export function parameter(name: string): Parameter {
  return { part: 'parameter', name }
}

/** The parts one after another, such as the columns of a list or conditions with `AND` between them. */
export function joined(parts: readonly SqlPart[], separator: string): SqlText {
  const between = parts.slice(1).map(() => separator)
  return { part: 'text', strings: parts.length === 0 ? [''] : ['', ...between, ''], parts }
}

/** Text that the program itself contains: a type, a literal it has quoted, a clause of an engine. */
export function fixedText(text: string): SqlText {
  return { part: 'text', strings: [text], parts: [] }
}

/**
 * A comparison of a column that is never null with a parameter; where the parameter is null, it holds. Not `IS NULL OR`:
 * PostgreSQL cannot tell the type of a parameter from that.
 */
export function unlessNull(comparison: SqlText): SqlText {
  return sql`COALESCE(${comparison}, 1 = 1)`
}

export function renderSql(text: SqlText, style: SqlStyle): RenderedSql {
  const parameters: string[] = []
  const render = (part: SqlPart): string => {
    switch (part.part) {
      case 'identifier':
        return part.schema === undefined
          ? style.quote(part.name)
          : `${style.quote(part.schema)}.${style.quote(part.name)}`
      case 'parameter': {
        const known = style.numbersPlaceholders ? parameters.indexOf(part.name) : -1
        return style.placeholder(known < 0 ? parameters.push(part.name) : known + 1)
      }
      case 'text':
        return part.strings.reduce((before, string, at) => {
          const hole = part.parts[at - 1]
          return before + (hole ? render(hole) : '') + string
        })
    }
  }
  return { text: render(text), parameters }
}
