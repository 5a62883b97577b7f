export type { FieldDescription, FieldSet, ReadFields, WireErrors, WireValues } from '../drf/field-set.ts'
export type { Permission, PermissionInput } from '../drf/permissions.ts'
export type { StandardIssue, StandardResult, StandardSchema } from '../drf/standard-schema.ts'
export type { SchemeName, ThrottleRate } from '../drf/view.ts'
export type { RestAuthMailInput, RestAuthMailTemplate } from './mail-template.ts'
export type {
  JwtAnswer,
  RestAuthAccount,
  RestAuthGeneration,
  RestAuthInput,
  RestAuthMail,
  RestAuthOptions,
  RestAuthSerializers,
  SocialPath,
} from './options.ts'
export { restAuth } from './rest-auth.ts'
export { restAuthSocialAccounts } from './rest-auth-social-accounts.ts'
