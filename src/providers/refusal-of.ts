import {
  AuthorizationResponseError,
  JWT_CLAIM_COMPARISON,
  OperationProcessingError,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import { IdentityProviderError, type IdentityProviderReason } from '../contracts/identity-provider-error.ts'
import { asObject, callbackRefusal } from './answers.ts'

/**
 * Runs a step of the protocol and gives what `oauth4webapi` throws a reason of ours.
 *
 * The original never goes along: it holds the answer, tokens and claims included. What is no refusal, such as a
 * `TypeError`, is a fault of the program and stays one.
 *
 * @param otherwise the reason for a check that failed without telling more
 */
export async function refusing<T>(otherwise: IdentityProviderReason, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw isProtocolFault(error) ? refusalOf(error, otherwise) : error
  }
}

type ProtocolFault = AuthorizationResponseError | CodedFault

type CodedFault =
  | OperationProcessingError
  | ResponseBodyError
  | UnsupportedOperationError
  | WWWAuthenticateChallengeError

function isProtocolFault(error: unknown): error is ProtocolFault {
  return [
    AuthorizationResponseError,
    OperationProcessingError,
    ResponseBodyError,
    UnsupportedOperationError,
    WWWAuthenticateChallengeError,
  ].some((fault) => error instanceof fault)
}

function refusalOf(error: ProtocolFault, otherwise: IdentityProviderReason): IdentityProviderError {
  if (error instanceof AuthorizationResponseError) return callbackRefusal(error.error)
  const claim = error.code === JWT_CLAIM_COMPARISON ? asObject(error.cause)?.['claim'] : undefined
  if (claim === 'aud' || claim === 'azp') return new IdentityProviderError('wrong_audience', claim)
  if (claim === 'nonce') return new IdentityProviderError('state_mismatch', claim)
  return new IdentityProviderError(otherwise, typeof claim === 'string' ? claim : (error.code ?? null))
}
