import process from 'node:process'
import { CANCEL_SYMBOL, confirm, log, password, text } from '@clack/prompts'
import { printableLines } from './printable.ts'
import { Stop } from './stop.ts'

/** Asks the person at the terminal. Questions go to the standard error output, so that results can be piped. */
export interface Questions {
  /** Asks until `check` has nothing to complain about. */
  text(question: TextQuestion): Promise<string>
  /** Asks twice, until both are the same. */
  newPassword(): Promise<string>
  yesOrNo(message: string): Promise<boolean>
  tell(message: string): void
}

export interface TextQuestion {
  readonly message: string
  /** What is wrong with the answer, or `null`. */
  readonly check: (answer: string) => string | null | Promise<string | null>
}

/** @throws {Stop} 1 where nobody can be asked; `instead` says what to do then */
export function openQuestions(instead: string): Questions {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new Stop(1, `There is no terminal to ask questions at, so nothing was done. ${instead}`)
  }
  return { text: askText, newPassword: askNewPassword, yesOrNo: askYesOrNo, tell }
}

const output = process.stderr

async function askText({ message, check }: TextQuestion): Promise<string> {
  return answered(
    await text({
      message: printableLines(message),
      output,
      async validate(answer) {
        const complaint = await check(answer ?? '')
        return complaint === null ? undefined : printableLines(complaint)
      },
    }),
  )
}

async function askNewPassword(): Promise<string> {
  for (;;) {
    const validate = (answer: string | undefined) => (answer ? undefined : 'This is required.')
    const first = answered(await password({ message: 'Password', output, validate }))
    const second = answered(await password({ message: 'Password, once more', output }))
    if (first === second) return first
    tell('The two passwords were not the same.')
  }
}

async function askYesOrNo(message: string): Promise<boolean> {
  return answered(await confirm({ message, initialValue: false, output }))
}

function tell(message: string): void {
  log.error(printableLines(message), { output })
}

function answered<T extends string | boolean>(answer: T | typeof CANCEL_SYMBOL): T {
  if (answer === CANCEL_SYMBOL) throw new Stop(1, 'Cancelled; nothing was done.')
  return answer
}
