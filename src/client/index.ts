export type {
  Answers,
  WireAttempt,
  WireComplaint,
  WireIdentity,
  WireSession,
  WireUser,
} from '../dialects/portress-api/answers.ts'
export type { Bodies } from '../dialects/portress-api/bodies.ts'
export { type ClientOptions, createClient } from './create-client.ts'
export type { PortressClient } from './portress-client.ts'
export type {
  ClientError,
  Failure,
  FieldComplaint,
  InvalidInput,
  NetworkFailure,
  Refusal,
  Result,
  Success,
  UnexpectedAnswer,
} from './result.ts'
export { memoryTokens, type TokenStorage, type Tokens } from './tokens.ts'
export type { CallOptions } from './transport.ts'
