export type {
  AskedMail,
  Auth,
  Caller,
  FinishedSocialLogin,
  LoggedIn,
  MailAskedByIdentifier,
  NewAccount,
  OperatorCommands,
  OwnCommands,
  ProviderProof,
  PublicCommands,
  Registered,
  SessionOf,
  SocialCommands,
  SociallyLoggedIn,
  UserOf,
} from './auth.ts'
export type { AdminCommands } from './auth-admin.ts'
export { passwordBackend } from './backends/password-backend.ts'
export type { FieldIdentifier, PasswordBackendOptions } from './backends/password-backend-options.ts'
export type * from './config/options.ts'
export type * from './contracts/address-rule-store.ts'
export type * from './contracts/audit-store.ts'
export type {
  AuthenticatedId,
  AuthenticationBackend,
  Authenticator,
  BackendTools,
  BackendVerdict,
  Credentials,
  PermissionTools,
  PermissionVerdict,
} from './contracts/authentication-backend.ts'
export type { Clock, RandomSource } from './contracts/clock.ts'
export type * from './contracts/figure-store.ts'
export type * from './contracts/group-store.ts'
export type { EventContext, EventMap, EventName, HookAnswer, Hooks, Listeners } from './contracts/hooks.ts'
export type {
  BeginInput,
  BegunLogin,
  FinishInput,
  IdentityProof,
  IdentityProvider,
  IdentityProviderFactory,
  IdentityProviderTools,
  ProvenIdentity,
  ProviderTokens,
} from './contracts/identity-provider.ts'
export { IdentityProviderError, type IdentityProviderReason } from './contracts/identity-provider-error.ts'
export type { Logger } from './contracts/logger.ts'
export type { MailTemplateInput, MailTemplates, RenderedMail } from './contracts/mail-template.ts'
export type { Mailer } from './contracts/mailer.ts'
export type { HashRequest, PasswordHasher } from './contracts/password-hasher.ts'
export type { SharedThrottles } from './contracts/shared-throttles.ts'
export type * from './contracts/store.ts'
export type { LockedKey, ThrottleEntry, ThrottleStep, ThrottleStore } from './contracts/throttle-store.ts'
export type {
  IssueInput,
  RotateResult,
  TokenFindings,
  TokenKeyPurpose,
  TokenManager,
  TokenManagerFactory,
  TokenTools,
  TokenUse,
} from './contracts/token-manager.ts'
export type * from './contracts/user-list-store.ts'
export type { PasswordContext, PasswordValidator } from './contracts/validator.ts'
export { type AuthOptions, createAuth } from './create-auth.ts'
export {
  AuthError,
  type AuthErrorOptions,
  ERRORS,
  type ErrorCode,
  type ErrorDetails,
  type FieldError,
  type FieldErrorCode,
  type RefusalReason,
} from './errors.ts'
export type { AddressRule } from './model/address-rule.ts'
export type { Attempt, AttemptFilter, AttemptOutcome, NewAttempt } from './model/attempt.ts'
export type { AuditChange, AuditEntry, AuditFilter, AuditObject, NewAuditEntry } from './model/audit.ts'
export type { Code, CodePurpose } from './model/code.ts'
export { field } from './model/declare-field.ts'
export type {
  FieldDefinition,
  FieldDefinitions,
  FieldOptions,
  FieldValues,
  JsonValue,
  ValuesOf,
} from './model/field.ts'
export type { Group, GroupId, ListedGroup, NamedGroup, NewGroup } from './model/group.ts'
export type { Identity, IdentityInfo, IdentityKey, KnownIdentity, NewIdentity } from './model/identity.ts'
export type { LockInfo, LockSubject } from './model/lock-key.ts'
export type { Mail, MailKind, OutboxRow } from './model/mail.ts'
export type { DeclaredPermission } from './model/permission.ts'
export type { RequestInfo } from './model/request-info.ts'
export type { ActiveSession, Assurance, Carrier, IssuedToken, Session } from './model/session.ts'
export type { NewUser, User, UserChanges, UserId, UserStatus } from './model/user.ts'
export type {
  UserConditions,
  UserListPosition,
  UserOrder,
  UserOrderKey,
  UserSearch,
} from './model/user-list.ts'
export { type ManagedUser, type UserManager, type UserManagerOptions, userManager } from './user-manager.ts'
export { minimumLength } from './validators/minimum-length.ts'
export { noContextWords } from './validators/no-context-words.ts'
export { notCommon } from './validators/not-common.ts'
export { notEntirelyNumeric } from './validators/not-entirely-numeric.ts'
export { notSimilar } from './validators/not-similar.ts'
