import { createRequire } from 'node:module'
import type { destination, Logger as PinoLogger, pino } from 'pino'
import type { Logger } from '../../contracts/logger.ts'
import { maskFields } from './mask-fields.ts'
import type { LogLevel } from './read-environment.ts'

/**
 * JSON lines on the standard error output, so that what a sub-command prints stays readable for programs.
 *
 * The library is loaded for the first line that is really written: most starts write none.
 */
export function stderrLogger(level: LogLevel): Logger {
  let logger: PinoLogger | undefined
  const write = (at: Exclude<LogLevel, 'silent'>) => {
    if (ORDER[at] < ORDER[level]) return () => {}
    return (fields: object, message: string): void => {
      logger ??= openLogger(level)
      logger[at](fields, message)
    }
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

const ORDER: Readonly<Record<LogLevel, number>> = { debug: 1, info: 2, warn: 3, error: 4, silent: 5 }

function openLogger(level: LogLevel): PinoLogger {
  const library: { readonly pino: typeof pino; readonly destination: typeof destination } = createRequire(
    import.meta.url,
  )('pino')
  const options = {
    level,
    base: null,
    timestamp: library.pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: maskFields },
    // Errors are plain objects by then; the library's own form would add every property that a driver hangs on one.
    serializers: { err: (error: unknown) => error },
  }
  // Written at once: a line about a crash must not be lost in a buffer.
  return library.pino(options, library.destination({ dest: 2, sync: true }))
}
