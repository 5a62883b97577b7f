/** What an operator says of a source address, or of a range of them. */
export interface AddressRule {
  /** Random; it names the rule and opens nothing. */
  readonly id: string
  /** An address or a CIDR range, in canonical form: `192.0.2.7`, `2001:db8::/32`. */
  readonly range: string
  /**
   * `block`: no password from there is ever looked at. `allow`: guesses from there never lock the source, so that many people
   * behind it do not shut each other out; what is guessed at is locked as ever. `block` goes first.
   */
  readonly effect: 'block' | 'allow'
  /** Why, for other operators. */
  readonly note: string
  readonly createdAt: Date
  /** After this moment it means nothing; `null`: it stays. */
  readonly expiresAt: Date | null
}
