/** A place that a page leads to. */
export interface PageLink {
  readonly href: string
  /** What it is called: one text for everybody, or the one for a language such as `de`. */
  readonly label: string | ((language: string) => string)
}

export const labelIn = ({ label }: PageLink, language: string): string =>
  typeof label === 'string' ? label : label(language)
