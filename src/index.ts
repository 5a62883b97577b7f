export type {
  Auth,
  Caller,
  LoggedIn,
  NewAccount,
  OperatorCommands,
  OwnCommands,
  PublicCommands,
  SessionOf,
  UserOf,
} from './auth.ts'
export type * from './config/options.ts'
export { type AuthOptions, createAuth } from './create-auth.ts'
export { AuthError, ERRORS, type ErrorCode, type ErrorDetails, type FieldError, type FieldErrorCode } from './errors.ts'
export { field } from './model/declare-field.ts'
