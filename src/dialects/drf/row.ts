import type { CommandContext } from '../../commands/context.ts'
import { AuthError, type ErrorCode } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import { DrfError } from './drf-error.ts'
import { type FieldNames, wireErrors } from './field-errors.ts'
import type { FieldSet, WireErrors, WireValues } from './field-set.ts'
import type { Permission } from './permissions.ts'
import { readCallData } from './read-call-data.ts'
import type { Action, DrfAnswer, DrfCall } from './view.ts'

/** One action as it is written: which command, how its input is read, how its result and its refusals are put. */
export interface RowSpec<I, O> {
  readonly permission: Permission
  /** `true`: whoever has logged in and may not do this is told that there is nothing. @default false */
  readonly isHidden?: boolean
  /** What whoever has logged in and may not do this is told. @default the common words */
  readonly denial?: string | null
  /**
   * Looks up the user that the path names, before the body is read, and refuses who may not see or touch them.
   *
   * @throws {DrfError} 403 or 404
   */
  readonly subject?: (call: DrfCall) => Promise<User>
  /** What is read from the body. @default the body is not read */
  readonly fields?: FieldSet
  /**
   * What is told together with wrong fields, such as that a name is taken. Asked only where there are wrong ones, with the
   * others: else the command itself finds out.
   */
  readonly check?: (values: WireValues, call: DrfCall) => WireErrors | Promise<WireErrors>
  readonly command: (ctx: CommandContext, input: I) => Promise<O>
  readonly read: (values: WireValues, call: DrfCall) => I
  readonly write: (output: O, call: DrfCall) => DrfAnswer | Promise<DrfAnswer>
  /** What the command's fields are called on the wire. */
  readonly names?: FieldNames
  /**
   * The order in which complaints are told: only those of the first step that has any. A field of the command that no
   * step names belongs to the first.
   */
  readonly steps?: readonly (readonly string[])[]
  /** Refusals with other words than the common ones, given what was read; `null` leaves it at those. */
  readonly refusals?: {
    readonly [K in ErrorCode]?: (error: AuthError, call: DrfCall, values: WireValues) => DrfAnswer | null
  }
}

/** Joins the parts of a row. What a body holds is judged before the command runs. */
export function row<I, O>(spec: RowSpec<I, O>): Action {
  return {
    permission: spec.permission,
    isHidden: spec.isHidden ?? false,
    denial: spec.denial ?? null,
    fields: spec.fields ?? null,
    run: async (found) => {
      const subject = (await spec.subject?.(found)) ?? null
      const call = { ...found, subject }
      const values = await readValues(spec, call)
      try {
        return await spec.write(await spec.command(call.ctx, spec.read(values, call)), call)
      } catch (error) {
        throw error instanceof AuthError ? inOwnWords(spec, error, { call, values }) : error
      }
    },
  }
}

async function readValues<I, O>({ fields, check }: RowSpec<I, O>, call: DrfCall): Promise<WireValues> {
  if (fields === undefined) return {}
  const data = await readCallData(call)
  const { values, errors } = await fields.read(data, call.words)
  if (Object.keys(errors).length === 0) return values
  const all = { ...errors, ...(check === undefined ? {} : await check(values, call)) }
  throw new DrfError({ status: 400, body: inOrder(all, fields) })
}

/** In the order of the fields, as a serializer tells them. */
function inOrder(errors: WireErrors, { fields }: FieldSet): WireErrors {
  const names = [...new Set([...Object.keys(fields), ...Object.keys(errors)])]
  return Object.fromEntries(names.flatMap((name) => (errors[name] ? [[name, errors[name]]] : [])))
}

interface Sent {
  readonly call: DrfCall
  readonly values: WireValues
}

function inOwnWords<I, O>(
  { refusals, names = {}, steps = [], fields: read }: RowSpec<I, O>,
  error: AuthError,
  { call, values }: Sent,
): Error {
  const own = refusals?.[error.code]?.(error, call, values) ?? null
  if (own !== null) return new DrfError(own)
  if (error.code !== 'validation_failed') return error
  const errors = wireErrors(firstStep(error.details.fields ?? {}, steps), names, call.words)
  return new DrfError({ status: 400, body: read === undefined ? errors : inOrder(errors, read) })
}

type Complaints = NonNullable<AuthError['details']['fields']>

function firstStep(complaints: Complaints, steps: readonly (readonly string[])[]): Complaints {
  const later = new Set(steps.flat())
  const unnamed = Object.keys(complaints).filter((field) => !later.has(field))
  for (const step of [unnamed, ...steps]) {
    const told = Object.entries(complaints).filter(([field]) => step.includes(field))
    if (told.length > 0) return Object.fromEntries(told)
  }
  return complaints
}
