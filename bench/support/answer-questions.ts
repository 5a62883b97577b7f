import process from 'node:process'
import type { Answers, Question, Reply } from './question.ts'

/** Tells the parent that the program is ready, then answers its questions until it leaves. Then `finish` is awaited. */
export function answerQuestions(answers: Answers, finish: () => unknown = () => null): void {
  process.on('disconnect', () => void Promise.resolve(finish()).finally(() => process.exit()))
  process.on('message', (question: Question) => void answer(answers, question).then(reply))
  reply({ outcome: 'done', value: null })
}

async function answer(answers: Answers, { name, input }: Question): Promise<Reply> {
  try {
    return { outcome: 'done', value: await answers[name]?.(input as never) }
  } catch (error) {
    return { outcome: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

function reply(message: Reply): void {
  process.send?.(message)
}
