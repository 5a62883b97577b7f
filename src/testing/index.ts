export {
  type AuthenticationBackendConformanceOptions,
  type AuthenticationBackendTest,
  authenticationBackendConformance,
} from './authentication-backend-conformance.ts'
export { type Duration, type FakeClock, fakeClock } from './fake-clock.ts'
export { mailedCode } from './mailed-code.ts'
export {
  type MailerConformanceOptions,
  type MailerTest,
  mailerConformance,
  type ReceivedMail,
} from './mailer-conformance.ts'
export { type MemoryMailer, memoryMailer } from './memory-mailer.ts'
export {
  type PasswordHasherConformanceOptions,
  type PasswordHasherTest,
  passwordHasherConformance,
} from './password-hasher-conformance.ts'
export { quickHasher } from './quick-hasher.ts'
export { type StoreConformanceOptions, storeConformance } from './store-conformance/store-conformance.ts'
export { type TestOptions, testOptions } from './test-options.ts'
export {
  type Handler,
  PASSWORD_OF_TEST_USERS,
  type TestClient,
  type TestUserInput,
  type TestUsers,
  type TestUsersOptions,
  testUsers,
} from './test-users.ts'
export {
  type ThrottleStoreConformanceOptions,
  throttleStoreConformance,
} from './throttle-store-conformance.ts'
export {
  type TokenManagerConformanceOptions,
  type TokenManagerTest,
  type TokenManagerTraits,
  tokenManagerConformance,
} from './token-manager-conformance.ts'
export {
  type ValidatorConformanceOptions,
  type ValidatorExample,
  type ValidatorTest,
  validatorConformance,
} from './validator-conformance.ts'
