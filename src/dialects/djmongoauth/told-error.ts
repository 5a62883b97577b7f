/** A refusal whose text is settled already, in the words of this vocabulary. */
export class ToldError extends Error {
  override readonly name = 'ToldError'
}
