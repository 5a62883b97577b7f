interface ConsoleLogger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What is logged where the application brings no logger: warnings and errors, a line of JSON each. */
export const consoleLogger: ConsoleLogger = {
  debug() {},
  info() {},
  // biome-ignore lint/suspicious/noConsole: this is the one place that logs without a logger
  warn: (fields, message) => console.warn(lineOf('warn', fields, message)),
  // biome-ignore lint/suspicious/noConsole: this is the one place that logs without a logger
  error: (fields, message) => console.error(lineOf('error', fields, message)),
}

/** JSON escapes control characters, so that one call is one line. */
function lineOf(level: string, fields: object, message: string): string {
  return JSON.stringify({ level, message, ...fields }, (_key, value: unknown) =>
    value instanceof Error
      ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
      : value,
  )
}
