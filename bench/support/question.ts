/** What a child can be asked, by name. */
export type Answers = Readonly<Record<string, (input: never) => unknown>>

export interface Question {
  readonly name: string
  readonly input: unknown
}

export type Reply =
  | { readonly outcome: 'done'; readonly value: unknown }
  | { readonly outcome: 'failed'; readonly message: string }
