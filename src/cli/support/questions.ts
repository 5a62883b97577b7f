import process from 'node:process'
import { type LineReader, openLineReader } from './line-reader.ts'
import { Stop } from './stop.ts'

/** Asks the person at the terminal. Questions go to the standard error output, so that results can be piped. */
export interface Questions {
  /** Asks until `check` has nothing to complain about. */
  text(question: TextQuestion): Promise<string>
  /** Asks twice, until both are the same and hold something. */
  newPassword(): Promise<string>
  /** `yes` only where that is typed. */
  yesOrNo(question: string): Promise<'yes' | 'no'>
  tell(message: string): void
}

export interface TextQuestion {
  readonly label: string
  /** What is wrong with the answer, or `null`. */
  readonly check: (answer: string) => string | null | Promise<string | null>
}

/**
 * Does work that asks.
 *
 * @throws {Stop} 1 before anything is done where nobody can be asked, with the words of `skipped`
 */
export async function withQuestions<T>(skipped: string, work: (questions: Questions) => Promise<T>): Promise<T> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new Stop(1, skipped)
  const reader = openLineReader(process.stdin, process.stderr)
  try {
    return await work({
      text: (question) => askText(reader, question),
      newPassword: () => askNewPassword(reader),
      yesOrNo: (question) => askYesOrNo(reader, question),
      tell: reader.tell,
    })
  } finally {
    reader.close()
  }
}

async function askText(reader: LineReader, { label, check }: TextQuestion): Promise<string> {
  for (;;) {
    const answer = await reader.ask(`${label}: `, 'shown')
    const complaint = await check(answer)
    if (complaint === null) return answer
    reader.tell(`Error: ${complaint}`)
  }
}

async function askNewPassword(reader: LineReader): Promise<string> {
  for (;;) {
    const first = await reader.ask('Password: ', 'hidden')
    const second = await reader.ask('Password (again): ', 'hidden')
    const complaint = complaintAbout(first, second)
    if (complaint === null) return first
    reader.tell(`Error: ${complaint}`)
  }
}

function complaintAbout(first: string, second: string): string | null {
  if (first !== second) return "Your passwords didn't match."
  return first.trim() === '' ? "Blank passwords aren't allowed." : null
}

async function askYesOrNo(reader: LineReader, question: string): Promise<'yes' | 'no'> {
  const answer = await reader.ask(`${question} [y/N]: `, 'shown')
  return /^(?:y|yes)$/i.test(answer.trim()) ? 'yes' : 'no'
}
