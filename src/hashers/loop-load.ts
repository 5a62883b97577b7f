/** Shorter spans tell more about single requests than about load. */
const SPAN_MILLISECONDS = 50

/** Tells what share of the last moments the calling thread's event loop was busy, from 0 to 1. */
export function loopLoad(): () => number {
  let since = performance.eventLoopUtilization()
  let load = 0
  return () => {
    const { idle, active, utilization } = performance.eventLoopUtilization(since)
    if (idle + active < SPAN_MILLISECONDS) return load
    since = performance.eventLoopUtilization()
    load = utilization
    return load
  }
}
