import type { PgResult, PgSubmittable, PgWire } from './pg-pool.ts'
import { COLUMN_TYPES } from './postgres-values.ts'

/** A statement as one connection keeps it. */
export interface Prepared {
  readonly name: string
  readonly text: string
  /** One for each column; `null` until the server has said which there are. */
  parsers: readonly ((text: string) => unknown)[] | null
}

export interface PreparedRun {
  readonly values: readonly unknown[]
  readonly timeoutMilliseconds: number | null
  readonly done: (error: unknown, result: PgResult) => void
}

/**
 * One run of a prepared statement. It asks which columns there are only the first time: the driver's own query asks each
 * time, and reading the answer costs more than the row. A table that has changed since makes the server refuse the
 * statement (0A000).
 */
export function preparedQuery(prepared: Prepared, run: PreparedRun): PgSubmittable {
  const rows: unknown[][] = []
  let failure: unknown = null
  let tag = ''
  const query: PgSubmittable = {
    name: prepared.name,
    text: prepared.text,
    ...(run.timeoutMilliseconds === null ? {} : { query_timeout: run.timeoutMilliseconds }),
    // The driver puts a function of its own in its place, which gives up after the time-out.
    callback: (error, result) => run.done(error, result ?? NOTHING),
    submit(wire) {
      // All messages leave together.
      wire.stream.cork()
      try {
        send(wire, prepared, run.values)
      } finally {
        wire.stream.uncork()
      }
      return null
    },
    handleRowDescription({ fields }) {
      prepared.parsers = fields.map(({ dataTypeID }) => COLUMN_TYPES.getTypeParser(dataTypeID))
    },
    handleDataRow({ fields }) {
      try {
        rows.push(fields.map((text, at) => (text === null ? null : prepared.parsers?.[at]?.(text))))
      } catch (error) {
        failure = error
      }
    },
    handleCommandComplete({ text }) {
      tag = text
    },
    handleReadyForQuery() {
      const [command = '', ...counts] = tag.split(' ')
      query.callback(failure, { command, rowCount: Number(counts.at(-1) ?? 0), rows })
    },
    handleError: (error) => query.callback(error),
  }
  return query
}

const NOTHING: PgResult = { command: '', rowCount: 0, rows: [] }

function send(wire: PgWire, { name, text, parsers }: Prepared, values: readonly unknown[]): void {
  if (wire.parsedStatements[name] === undefined) wire.parse({ name, text, types: [] })
  wire.bind({ statement: name, values: values.map(parameterOf) })
  if (parsers === null) wire.describe({ type: 'P', name: '' })
  wire.execute({})
  wire.sync()
}

/** Bytes as they are, everything else as text. */
function parameterOf(value: unknown): Buffer | string | null {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return value === null ? null : String(value)
}
