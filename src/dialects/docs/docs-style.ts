import { PAGE_STYLE } from '../../http/page-style.ts'

/** The look of all pages, and what only this one has. */
export const DOCS_STYLE: string = `${PAGE_STYLE}
h2 { font-size: 1.15rem; }
h3 { margin: 1.25rem 0 .4rem; font-size: 1rem; }
h4 { margin: 1rem 0 .3rem; font-size: .95rem; font-weight: 500; }
code, kbd, textarea, .answer { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; }
kbd { padding: 0 .3em; border: 1px solid var(--line); border-radius: .25rem; }
small { font-weight: 400; }
details { margin: 0; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
details[open] { padding: 0 0 1.25rem; }
details:target > summary { box-shadow: inset .25rem 0 var(--accent); }
summary { padding: .65rem .5rem; cursor: pointer; overflow-wrap: anywhere; }
summary:hover { background: var(--page); }
summary .quiet { margin-left: .35rem; }
.method { display: inline-block; min-width: 4.5em; color: var(--accent); font-weight: 700; }
.tools { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); gap: 0 1.5rem; }
[hidden] { display: none !important; }
.scroll { margin: 0 0 1rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th, td { padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; color: var(--quiet); font-weight: 500; }
.codes { margin: 0 0 .5rem; font-size: .95rem; }
.try { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; }
textarea { display: block; width: 100%; padding: .65rem .75rem; border: 1px solid var(--quiet); border-radius: .5rem; background: var(--surface); color: inherit; line-height: 1.5; resize: vertical; }
.try button { margin: 0; }
.answer { white-space: pre-wrap; overflow-wrap: anywhere; }
.answer p { margin: 1rem 0 .5rem; font-weight: 700; }
.answer div:empty { height: 1em; }
.answer .refused { color: var(--bad); }
@media (max-width: 34rem) {
  .codes { display: block; }
  .codes dd { margin: 0 0 .5rem 1rem; }
  th, td { padding-right: .5rem; }
}
`
