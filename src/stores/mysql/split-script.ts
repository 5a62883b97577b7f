/**
 * The statements of a text, each without the semicolon that ends it. Quotes and comments are read as the server reads them, so
 * that a semicolon in them ends nothing. The driver sends one statement at a time: no value of a user can become a second one.
 */
export function splitScript(text: string): readonly string[] {
  const statements: string[] = []
  let current = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === ';') {
      statements.push(current.trim())
      current = ''
    } else current += token
  }
  return [...statements, current.trim()].filter((statement) => withoutLeadingComments(statement) !== '')
}

/**
 * The statements of a migration.
 *
 * @throws {TypeError} for DELIMITER, which is a command of the client `mysql`, and for a statement that ends transactions
 */
export function splitMigration(text: string): readonly string[] {
  const statements = splitScript(text)
  for (const statement of statements) assertPlain(withoutLeadingComments(statement))
  return statements
}

/**
 * A semicolon, something that may hold one, or any other character. Two hyphens begin a comment only before white space or the
 * end. What is never closed goes on to the end of the text.
 */
const TOKENS =
  /;|'(?:[^'\\]|\\.|'')*(?:'|$)|"(?:[^"\\]|\\.|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|--(?=\s|$)[^\n]*|#[^\n]*|\/\*.*?(?:\*\/|$)|./gs

/** Those with an exclamation mark are none: the server runs what is in them. */
const LEADING_COMMENTS = /^(?:\s+|--(?=\s|$)[^\n]*|#[^\n]*|\/\*(?!M?!).*?(?:\*\/|$))+/s

const withoutLeadingComments = (statement: string): string => statement.replace(LEADING_COMMENTS, '')

function assertPlain(text: string): void {
  if (/^delimiter\b/i.test(text)) {
    throw new TypeError('a script has DELIMITER, which only the client "mysql" knows; run what it is for by hand')
  }
  if (/^(?:begin|start\s+transaction|commit|rollback|xa|lock\s+tables?|unlock\s+tables?)\b/i.test(text)) {
    throw new TypeError('the script ended the transaction it runs in')
  }
}
