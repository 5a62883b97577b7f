/** Where a page of the repository lies on the site: those below `docs` at its root, and each `README.md` as its folder. */
export function sitePath(file: string): string {
  const path = file.replace(/^docs\//, '')
  // The front page of the site is that of the documentation; that of the repository keeps its name.
  return file === 'README.md' ? file : path.replace(/(^|\/)README\.md$/, '$1index.md')
}
