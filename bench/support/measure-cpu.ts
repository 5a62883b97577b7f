import type { Child } from './child.ts'
import type { Usage } from './usage.ts'

/** CPU that a program used while `work` ran, in microseconds, over all its threads. */
export async function measureCpu<T>(
  program: Child<{ readonly usage: () => Usage }>,
  work: () => Promise<T>,
): Promise<{ readonly cpuMicroseconds: number; readonly result: T }> {
  const before = await program.ask('usage')
  const result = await work()
  const after = await program.ask('usage')
  return { cpuMicroseconds: after.cpuMicroseconds - before.cpuMicroseconds, result }
}
