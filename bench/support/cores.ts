import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import process from 'node:process'

/** On which processors the programs run. `null` leaves it to the system. */
export interface Cores {
  readonly server: string | null
  readonly load: string | null
  readonly description: string
}

/** The server on one core and what loads it on another, where `taskset` can hold them there. */
export function chooseCores(): Cores {
  const [server, load] = allowedCores()
  if (server === undefined || load === undefined) {
    const description = `not pinned: taskset is missing, or there is one core of ${availableParallelism()}`
    return { server: null, load: null, description }
  }
  return { server, load, description: `the server on core ${server}, the load on core ${load}` }
}

/** Numbers of cores, from a list such as `0,2-5`. Empty where there is no `taskset`. */
function allowedCores(): readonly string[] {
  try {
    const answer = execFileSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' })
    const list = answer.slice(answer.lastIndexOf(':') + 1).trim()
    return list.split(',').flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
    })
  } catch {
    return []
  }
}
