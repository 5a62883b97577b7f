import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import type { Answers, Question, Reply } from './question.ts'

/** A program of the benchmark in a process of its own. */
export interface Child<A extends Answers> {
  /** One question at a time. Rejects with what the child says when it cannot answer. */
  ask<K extends keyof A & string>(name: K, ...input: Parameters<A[K]>): Promise<Awaited<ReturnType<A[K]>>>
  stop(): Promise<void>
}

export interface Program {
  /** A path, and what it is given on the command line. */
  readonly script: string
  readonly args?: readonly string[]
  /** What Node itself is given. */
  readonly nodeOptions?: readonly string[]
  /** The core that all its threads are held to; `null` leaves it to the system. */
  readonly core: string | null
}

/** Starts a program that calls `answerQuestions`, and waits until it does. */
export async function startChild<A extends Answers>(program: Program): Promise<Child<A>> {
  const [command, args] = commandLine(program)
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await nextReply(child)
  return {
    async ask(name, ...[input]) {
      child.send({ name, input } satisfies Question)
      // What comes back is what the child's own answer returned; the types of `A` were taken from there.
      return (await nextReply(child)) as never
    },
    async stop() {
      if (child.exitCode !== null) return
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

export function commandLine({
  script,
  args = [],
  nodeOptions = [],
  core,
}: Program): readonly [string, readonly string[]] {
  const node = [process.execPath, ...nodeOptions, script, ...args]
  return core === null ? [process.execPath, node.slice(1)] : ['taskset', ['-c', core, ...node]]
}

async function nextReply(child: ChildProcess): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const fail = (code: unknown) => reject(new Error(`A program of the benchmark ended (${code}).`))
  child.once('message', resolve)
  child.once('exit', fail)
  child.once('error', reject)
  const reply = await promise.finally(() => {
    child.off('message', resolve)
    child.off('exit', fail)
    child.off('error', reject)
  })
  if (reply.outcome === 'failed') throw new Error(reply.message)
  return reply.value
}
