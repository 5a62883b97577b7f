/** The column of a declared field: `favouriteColour` is kept as `favourite_colour`. */
export function columnName(fieldName: string): string {
  return fieldName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Says what is wrong with the name of a declared field and what to write instead, or `null`. */
export function fieldNameProblem(name: string): string | null {
  const column = columnName(name)
  if (TAKEN.has(column))
    return `the name belongs to Portress in answers or requests; choose another, such as "${instead(name)}"`
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) return 'write it in camelCase: letters and digits, a small letter first'
  if (column.length > MAX_COLUMN_LENGTH)
    return `make it shorter: its column "${column}" is over ${MAX_COLUMN_LENGTH} characters`
  if (name in Object.prototype) return `every JavaScript object has a "${name}" already; choose another name`
  return null
}

// PostgreSQL cuts names at 63 bytes, and indexes put a prefix before the column's.
const MAX_COLUMN_LENGTH = 40

// As columns, so that `isStaff` and `is_staff` are one: a user's own columns, what other vocabularies call them, and the
// inputs of commands. A declared field of such a name would open a door for mass assignment.
const TAKEN: ReadonlySet<string> = new Set(
  (
    'id pk uid user user_id username email password password_hash first_name last_name status fields profiles ' +
    'is_active is_staff is_superuser is_verified email_verified email_verified_at date_joined last_login last_login_at ' +
    'session_epoch digest username_key email_key shared_email_key identifier credentials token access refresh code session session_id carrier door ' +
    'current_password new_password re_password re_new_password password1 password2 new_password1 new_password2 ' +
    'access_token id_token token_secret code_verifier nonce new_email new_username groups permissions user_permissions'
  ).split(' '),
)

function instead(name: string): string {
  return `my${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
