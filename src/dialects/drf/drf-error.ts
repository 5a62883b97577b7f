import type { DrfAnswer } from './answer.ts'

/** A refusal on the way to an action, already in the words of the wire. */
export class DrfError extends Error {
  override readonly name = 'DrfError'
  readonly answer: DrfAnswer

  constructor(answer: DrfAnswer) {
    super(`answered with ${answer.status}`)
    this.answer = answer
  }
}

/** `{"detail": …}`, the shape of everything that is not about a field. */
export const refuse = (status: number, detail: string, headers: Readonly<Record<string, string>> = {}): DrfError =>
  new DrfError({ status, body: { detail }, headers })
