import { type Finding, present } from './finding.ts'

/** Where locks are kept beside the database: what is wrong there, if anything. */
export function reviewLocks(problem: string | null): readonly Finding[] {
  return present([
    problem !== null && {
      id: 'locks-not-kept',
      severity: 'error',
      message: `Locks and rate limits cannot be kept: ${problem}.`,
      advice: 'Correct PORTRESS_THROTTLES, the option `throttles`, or the server; until then nobody can log in.',
    },
  ])
}
