import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RaceJob } from './race-jobs.ts'

export interface Race {
  readonly job: RaceJob
  readonly location: string
  readonly migrationsFolder?: string
}

/** Has two processes do one job at the same time, and tells what each made of it. */
export async function runInProcesses({ job, location, migrationsFolder = '' }: Race): Promise<readonly string[][]> {
  const children = [0, 1].map((index) => fork(PROGRAM, [location, job, String(index), migrationsFolder]))
  try {
    // Started together only when both have loaded everything, so that neither is done before the other begins.
    await Promise.all(children.map((child) => nextMessage(child)))
    const results = children.map((child) => nextMessage(child))
    for (const child of children) child.send('go')
    return (await Promise.all(results)).map((message) => (message as { result: string[] }).result)
  } finally {
    for (const child of children) child.kill()
  }
}

const PROGRAM = fileURLToPath(new URL('race-process.ts', import.meta.url))

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('a racing process ended without a word; see what it printed above')
  })
  // Whichever comes first counts; the other must not be an unhandled rejection.
  ended.catch(() => undefined)
  const [message] = await Promise.race([once(child, 'message'), ended])
  return message
}
