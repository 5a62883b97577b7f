/** What one call of the hasher is for. */
export interface HashRequest {
  readonly password: string
  /** Work for one key never keeps other keys waiting: a user's id, a canonical identifier, an address. */
  readonly fairnessKey: string
}

/**
 * Turns passwords into stored text and checks them, off the main thread.
 *
 * Stored text is Django's: `algorithm$…`. A hasher bounds the cost it accepts from stored text before it computes
 * anything, and its queue before it accepts anything.
 */
export interface PasswordHasher {
  /** @throws {AuthError} `overloaded` with `retryAfterSeconds` when the queue is full */
  hash(request: HashRequest): Promise<string>
  /**
   * Tells whether the password belongs to the stored text. `null`, text that marks an unusable password, broken text
   * and an unknown algorithm are never right and cost as much as a wrong password for a text of today's parameters;
   * so do texts of cheaper parameters.
   *
   * @throws {AuthError} `overloaded`
   */
  verify(request: HashRequest, encoded: string | null): Promise<boolean>
  /** Tells whether a right password should be hashed again because the parameters are no longer today's. */
  needsRehash(encoded: string): boolean
  /** Refuses new work, finishes what is queued, ends the workers. */
  close(): Promise<void>
  /** How many passwords were hashed or checked since the start. */
  evaluations(): number
}
