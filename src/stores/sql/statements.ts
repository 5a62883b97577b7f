import { type Parameter, parameter, renderSql, type SqlText } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'

/** A rendered statement. Its identity is what drivers keep their prepared statement under. */
export interface Statement {
  readonly text: string
  /** What running it gives: rows, how many rows it changed, or the id it drew. */
  readonly gives: 'rows' | 'changes' | 'id'
}

/** Reads: `I` are the values of its parameters by name, `R` is what one row becomes. */
export interface Query<I, R> extends Statement {
  readonly gives: 'rows'
  bind(input: I): readonly unknown[]
  read(row: Row, input: I): R
}

/** Writes, and tells how many rows it changed. */
export interface Command<I> extends Statement {
  readonly gives: 'changes'
  bind(input: I): readonly unknown[]
}

/** Adds one row and tells the id that the engine drew for it. */
export interface Insert<I> extends Statement {
  readonly gives: 'id'
  bind(input: I): readonly unknown[]
}

/** The parameters that stand for the values of `I`. */
export type ParametersOf<I> = { readonly [K in keyof I]-?: Parameter }

/** Renders statements once, for all their runs. */
export interface Statements {
  query<I, R>(build: (p: ParametersOf<I>) => SqlText, read: (row: Row, input: I) => R): Query<I, R>
  command<I>(build: (p: ParametersOf<I>) => SqlText): Command<I>
  insert<I>(build: (p: ParametersOf<I>) => SqlText): Insert<I>
}

export function statementsFor(engine: SqlEngine): Statements {
  const compile = <I>(build: (p: ParametersOf<I>) => SqlText) => {
    const rendered = renderSql(build(parametersOf<I>()), engine)
    const names = rendered.parameters as readonly (keyof I)[]
    return {
      text: rendered.text.replace(/\s*\n\s*/g, ' ').trim(),
      bind: (input: I): readonly unknown[] => names.map((name) => engine.encode(input[name])),
    }
  }
  return {
    query: (build, read) => ({ gives: 'rows', read, ...compile(build) }),
    command: (build) => ({ gives: 'changes', ...compile(build) }),
    insert: (build) => ({ gives: 'id', ...compile(build) }),
  }
}

function parametersOf<I>(): ParametersOf<I> {
  return new Proxy({}, { get: (_target, name) => parameter(String(name)) }) as ParametersOf<I>
}
