/** When a connection failed: while it was made, before anything was sent over it, or at a moment that nobody knows. */
export type FailureMoment = 'connecting' | 'unsent' | 'unknown'

/** What the driver says about a connection, and not the server about a statement. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure'
  readonly moment: FailureMoment

  constructor(moment: FailureMoment, cause: unknown) {
    super(cause instanceof Error ? innermostMessage(cause) : String(cause), { cause })
    this.moment = moment
  }
}

/** Where a name has several addresses, each has an error of its own and the whole has no words. */
function innermostMessage(error: Error): string {
  const [first] = error instanceof AggregateError ? error.errors : []
  return error.message === '' && first instanceof Error ? first.message : error.message
}
