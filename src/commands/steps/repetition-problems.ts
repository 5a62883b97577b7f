import type { FieldError } from '../../errors.ts'

/** What is wrong with the second entry of something that was typed twice. One that was not asked for is right. */
export function repetitionProblems(typed: unknown, again: unknown): readonly FieldError[] {
  return again === undefined || again === typed ? [] : [{ code: 'differs' }]
}
