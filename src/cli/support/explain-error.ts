import { AuthError, type FieldError } from '../../errors.ts'
import { messagesFor } from '../../messages/catalogues.ts'
import { type ExitCode, Stop } from './stop.ts'

/** Why a sub-command ended early, in words for a person and with a name for a program. */
export interface Explanation {
  readonly exitCode: ExitCode
  readonly code: string
  readonly message: string
  readonly fields?: Readonly<Record<string, readonly string[]>>
}

/** Puts whatever was thrown into plain words. A stack is nobody's business here. */
export function explainError(error: unknown): Explanation {
  if (error instanceof Stop) return explainStop(error)
  if (error instanceof AuthError) return explainRefusal(error)
  return { exitCode: 1, code: 'unexpected', message: `This failed unexpectedly: ${messageOf(error)}` }
}

/** A program reads the code and the fields of the refusal that was put into other words. */
function explainStop({ exitCode, message, cause }: Stop): Explanation {
  if (!(cause instanceof AuthError)) return { exitCode, code: exitCode === 2 ? 'usage' : 'refused', message }
  const { code, details } = cause
  return {
    exitCode,
    code,
    message,
    ...(details.fields === undefined ? {} : { fields: fieldSentences(details.fields) }),
  }
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What is wrong with fields, in English sentences. */
export function fieldSentences(
  fields: Readonly<Record<string, readonly FieldError[]>>,
): Readonly<Record<string, readonly string[]>> {
  const { fieldErrors } = messagesFor('en')
  const sentences = Object.entries(fields).map(
    ([name, errors]) => [name, errors.map(({ code, params }) => fieldErrors[code](params ?? {}))] as const,
  )
  return Object.fromEntries(sentences)
}

function explainRefusal(error: AuthError): Explanation {
  const { code, details } = error
  if (code === 'unavailable') {
    const reason = error.cause === undefined ? '' : `: ${messageOf(error.cause)}`
    return { exitCode: 1, code, message: `The database cannot be used${reason}` }
  }
  if (details.fields === undefined) return { exitCode: 1, code, message: messagesFor('en').errors[code](details) }
  const fields = fieldSentences(details.fields)
  const lines = Object.entries(fields).flatMap(([name, sentences]) => sentences.map((one) => `${name}: ${one}`))
  return { exitCode: 1, code, message: lines.join('\n'), fields }
}
