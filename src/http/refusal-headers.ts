import type { ErrorDetails } from '../errors.ts'

/** The headers that a refusal's details ask for: RFC 9110 §10.2.3 and §10.2.1. */
export function refusalHeaders({ retryAfterSeconds, allow }: ErrorDetails): Readonly<Record<string, string>> {
  return {
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(allow === undefined ? {} : { allow: allow.join(', ') }),
  }
}
