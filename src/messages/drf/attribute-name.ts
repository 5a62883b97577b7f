/** What a password may resemble, in the form that the sentence about it needs. */
export interface AttributeNames {
  readonly username: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** Stands for an attribute that has no name here. */
  readonly other: string
}

/** The name of the attribute that a validator gave, which may be one of the application's own. */
export function attributeName(names: AttributeNames, attribute: string | number | undefined): string {
  switch (attribute) {
    case 'username':
    case 'email':
    case 'firstName':
    case 'lastName':
      return names[attribute]
    default:
      return names.other
  }
}
