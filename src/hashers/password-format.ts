/**
 * One way of storing passwords.
 *
 * A format never compares: whoever calls compares the two texts whole, so that `02000` iterations, a missing padding or
 * a trailing newline never match, exactly as in Django.
 */
export interface PasswordFormat {
  /**
   * Makes the text that this password would have with the salt and the parameters of `encoded`.
   *
   * `null`, before anything has been computed, when `encoded` is broken or asks for more work or memory than the
   * format's bounds allow, when the format cannot tell this password from others, or when its library is missing.
   */
  reencode(password: Uint8Array, encoded: string): string | null
}
