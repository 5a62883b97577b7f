export type { FieldDescription, FieldSet, ReadFields, WireErrors, WireValues } from '../drf/field-set.ts'
export type { Permission, PermissionInput } from '../drf/permissions.ts'
export type { StandardIssue, StandardResult, StandardSchema } from '../drf/standard-schema.ts'
export type { SchemeName, ThrottleRate } from '../drf/view.ts'
export type {
  MailContext,
  MailSelector,
  MailTemplates,
  SignedValues,
  UrlBuilder,
  VerificationMail,
} from './mail-template.ts'
export type {
  AuthenticatedUser,
  LoginAuthenticator,
  RestRegistrationAccount,
  RestRegistrationInput,
  RestRegistrationOptions,
  RestRegistrationSerializers,
  SuccessResponse,
  VerificationRedirects,
} from './options.ts'
export { restRegistration } from './rest-registration.ts'
export { userNotFound } from './user-not-found.ts'
