/** The anchor of a heading as GitHub makes it, so that one link is right there and here. The check of documents knows the same rule. */
export function githubAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
}
