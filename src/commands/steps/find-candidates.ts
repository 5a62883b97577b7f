import type { AuthenticationBackend, BackendTools } from '../../contracts/authentication-backend.ts'
import type { BackendCandidates } from './ask-backends.ts'
import { assertCandidates } from './backend-answer.ts'

/** Asks each backend whom an identifier may mean. */
export async function findCandidates(
  backends: readonly AuthenticationBackend[],
  identifier: string,
  tools: BackendTools,
): Promise<readonly BackendCandidates[]> {
  const candidates: BackendCandidates[] = []
  for (const backend of backends) {
    const users: unknown = await backend.candidates(identifier, tools)
    assertCandidates(backend, users)
    candidates.push({ backend, users })
  }
  return candidates
}
