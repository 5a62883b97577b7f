/** Fields, buttons, groups of fields, and the two boxes of a chooser. */
export const FORM_STYLE = `label, legend, .label { font-weight: 600; }
label, .label { display: block; margin: 0 0 .3rem; }
input, select, textarea { width: 100%; max-width: 34rem; padding: .5rem .65rem; border: 1px solid var(--border); border-radius: .45rem; background: var(--surface); color: inherit; font: inherit; }
select[multiple] { padding: .25rem; }
textarea { resize: vertical; }
input[type=checkbox] { flex: none; width: 1.15rem; height: 1.15rem; margin: .2rem 0 0; accent-color: var(--accent); }
input[aria-invalid], textarea[aria-invalid], select[aria-invalid] { border-color: var(--bad); border-width: 2px; }
:disabled { opacity: 1; color: var(--quiet); background: var(--raised); cursor: not-allowed; }
button, .button { display: inline-block; padding: .5rem 1.1rem; border: 1px solid transparent; border-radius: .45rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; line-height: 1.5; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { filter: brightness(1.1); }
button.plain, .button.plain { padding: .3rem .7rem; border-color: var(--border); background: var(--surface); color: var(--text); font-weight: 500; }
button.plain:hover, .button.plain:hover { background: var(--raised); filter: none; }
button.danger { background: var(--bad); color: var(--surface); }
.head button.plain { padding: .15rem .6rem; font-size: inherit; }
form { margin: 0; }
.narrow { max-width: 30rem; }
.field { margin: 0 0 1.1rem; }
.field.check { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 .6rem; align-items: start; }
.field.check label { margin: 0; }
.field.check > .hint, .field.check > .problem { grid-column: 2; }
.hint, .problem { margin: .3rem 0 0; max-width: 46rem; font-size: .9rem; }
.problem { padding: 0; color: var(--bad); font-weight: 550; list-style: none; overflow-wrap: anywhere; }
fieldset { min-width: 0; margin: 0 0 1.25rem; padding: 1.1rem 1.2rem .3rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--surface); }
legend { float: left; width: 100%; margin: 0 0 .9rem; padding: 0; font-size: 1.08rem; }
legend + * { clear: both; }
.static { margin: 0; overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; margin: 1.25rem 0 0; }
.buttons .end { margin-left: auto; }
.saving { position: sticky; bottom: 0; z-index: 2; margin: 0; padding: .8rem 0; background: var(--page); border-top: 1px solid var(--line); }
.chooser { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6rem; max-width: 52rem; }
.chooser select { max-width: none; min-height: 11rem; }
.chooser .box { display: grid; gap: .35rem; align-content: start; min-width: 0; }
.chooser .moves { display: flex; gap: .5rem; align-self: center; }
@media (min-width: 46rem) {
  .chooser { grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); }
  .chooser .moves { flex-direction: column; }
}
`
