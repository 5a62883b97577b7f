import type { Engine } from '../context.ts'

/** Whoever says things in languages that are not all there from the start. */
interface Speaker {
  loadLanguage?(language: string): Promise<void> | null
}

/** Waits for the words of a language. What cannot be had is logged, and said in another one: an answer comes first. */
export async function fetchLanguage(
  { logger }: Pick<Engine, 'logger'>,
  speaker: Speaker | null,
  language: string,
): Promise<void> {
  try {
    await speaker?.loadLanguage?.(language)
  } catch (error) {
    logger.error({ err: error, language }, 'a language could not be loaded')
  }
}
