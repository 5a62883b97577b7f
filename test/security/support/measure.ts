/**
 * What a piece of work costs: the least CPU time of a few runs, in milliseconds, all threads of this process together.
 * Unlike the time on the clock it does not grow while other programs have the machine.
 */
export async function leastCpuMilliseconds(work: () => unknown, runs = 4): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

/** The value below which the share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
