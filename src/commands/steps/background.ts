import type { Engine } from '../context.ts'

/** How often last uses are written. */
const FLUSH_MILLISECONDS = 10_000

/** How often what has expired is deleted. */
const CLEAN_UP_MILLISECONDS = 3_600_000

/**
 * How long a mail waits before it is written. By then the answer that caused it has left: whether anybody has the
 * address is found out while writing, and must not be told by the time of that answer (CVE-2024-45231).
 */
const MAIL_DELAY_MILLISECONDS = 25

/** Longest time until the outbox is looked at again: another process may have put something there. */
const MAX_MAIL_WAIT_MILLISECONDS = 30_000

/** The work that happens outside requests. It never keeps a process alive by itself. */
export interface Background {
  /** Looks at the outbox soon, and never within the call. */
  wakeMails(): void
  /** Resolves once the outbox holds nothing that is due, and last uses are written. */
  flush(): Promise<void>
  /** Ends the timers, after one last flush; of mails only where this process has sent any before. */
  stop(): Promise<void>
}

/** The commands that run by themselves. */
export interface BackgroundWork {
  /** Sends what is due, and tells when the next mail falls due. */
  deliverMails(engine: Engine): Promise<Date | null>
  cleanUp(engine: Engine): Promise<unknown>
}

export function startBackground(engine: Engine, work: BackgroundWork): Background {
  const mails = mailPump(engine, work)
  const flushUses = (): Promise<void> => logged(engine, 'last uses could not be written', engine.lastUses.flush())
  const timers = [
    setInterval(() => void flushUses(), FLUSH_MILLISECONDS),
    setInterval(() => void logged(engine, 'the clean-up failed', work.cleanUp(engine)), CLEAN_UP_MILLISECONDS),
  ]
  for (const timer of timers) timer.unref?.()
  const flush = async (): Promise<void> => {
    await Promise.all([mails.run(), flushUses()])
  }
  return {
    wakeMails: () => mails.wake(),
    flush,
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all([mails.finish(), flushUses()])
      mails.stop()
    },
  }
}

interface MailPump {
  /** Runs soon; several calls until then make one run. */
  wake(): void
  run(): Promise<void>
  /** One more run, unless nobody asked for any: who came only to look at something leaves other people's mails alone. */
  finish(): Promise<void>
  stop(): void
}

/** One delivery at a time; whoever asks during one makes another follow. */
function mailPump(engine: Engine, work: BackgroundWork): MailPump {
  let running: Promise<void> | null = null
  let isWanted = false
  let isAwake = false
  let hasBeenAsked = false
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const runAfter = (milliseconds: number): void => {
    clearTimeout(timer)
    if (isStopped) return
    timer = setTimeout(() => void run(), milliseconds)
    timer.unref?.()
  }
  const pass = async (): Promise<void> => {
    let wait = MAX_MAIL_WAIT_MILLISECONDS
    try {
      while (isWanted) {
        isWanted = false
        const due = await work.deliverMails(engine)
        if (due !== null) wait = due.getTime() - engine.clock.now().getTime()
      }
    } finally {
      // Also after a failure: the store may be back by then.
      runAfter(Math.max(1000, Math.min(wait, MAX_MAIL_WAIT_MILLISECONDS)))
    }
  }
  const run = (): Promise<void> => {
    isWanted = !isStopped
    isAwake = false
    hasBeenAsked = true
    if (running !== null) return running
    clearTimeout(timer)
    running = logged(engine, 'the outbox could not be worked off', pass()).finally(() => {
      running = null
      // Somebody asked after the last look and before this line.
      if (isWanted) wake()
    })
    return running
  }
  const wake = (): void => {
    hasBeenAsked = true
    if (running !== null) isWanted = !isStopped
    // Calls in quick succession must not put each other off.
    else if (!isAwake) {
      isAwake = true
      runAfter(MAIL_DELAY_MILLISECONDS)
    }
  }
  return {
    wake,
    run,
    finish: () => (hasBeenAsked ? run() : Promise.resolve()),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

async function logged(engine: Engine, message: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    engine.logger.error({ err: error }, message)
  }
}
