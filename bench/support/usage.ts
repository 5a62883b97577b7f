import process from 'node:process'

/** What the calling process, with all its threads, has used so far. */
export interface Usage {
  readonly cpuMicroseconds: number
  readonly peakMebibytes: number
}

export function usage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return { cpuMicroseconds: userCPUTime + systemCPUTime, peakMebibytes: maxRSS / 1024 }
}
