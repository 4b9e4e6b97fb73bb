/** The style sheet: calm, high contrast, plain CSS that Chrome 68 knows. */
export const STYLE = `
:root { --ink: #1c2733; --quiet: #55616e; --line: #d3dae2; --paper: #ffffff; --ground: #f3f5f8; --deep: #12304a; --accent: #0b63a5; }
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--ink); font: 15px/1.5 "Segoe UI", "Noto Sans", "DejaVu Sans", Arial, "PingFang HK", "Microsoft JhengHei", "Noto Sans HK", "Noto Sans CJK HK", "Noto Sans CJK TC", "WenQuanYi Micro Hei", sans-serif; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
a { color: var(--accent); }
a:focus, button:focus, input:focus, select:focus, .scroll:focus { outline: 3px solid #f2a900; outline-offset: 2px; }
main:focus { outline: none; }
.hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0); white-space: nowrap; }
.skip:focus { position: absolute; top: 0; left: 0; z-index: 1; padding: 8px 16px; background: #fff; }

header { background: var(--deep); color: #fff; }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; max-width: 1280px; margin: 0 auto; padding: 8px 24px; }
.brand { margin: 0; font-size: 20px; letter-spacing: .2px; }
.brand strong { color: #ffd166; font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; margin: 0 0 0 auto; }
.facts div { margin-left: 32px; }
.facts dt { font-size: 12px; color: #b9cbdb; line-height: 1.3; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; line-height: 1.4; }
.language { margin-left: 24px; }
.language button { padding: 4px 12px; font-size: 14px; }
.phase::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 7px; border-radius: 50%; background: #93a4b3; }
.phase-enquiry-only::before { background: #ffd166; }
.phase-normal::before { background: #5fd38d; }
.warning { margin: 0; padding: 4px 24px; background: #ffd166; color: #33270a; font-size: 13px; text-align: center; }
.menu { padding-top: 0; padding-bottom: 0; }
.menu ul { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none; }
.menu nav a { display: block; padding: 13px 14px 10px; border-bottom: 3px solid transparent; color: #fff; text-decoration: none; }
.menu nav li:first-child a { margin-left: -14px; }
.menu nav a:hover { background: rgba(255, 255, 255, .1); }
.menu nav a[aria-current] { border-color: #ffd166; font-weight: 600; }
.who { display: flex; align-items: center; padding: 5px 0; font-size: 13px; line-height: 1.35; text-align: right; }
.who form { margin-left: 16px; }

main { flex: 1 0 auto; width: 100%; max-width: 1280px; margin: 0 auto; padding: 20px 24px 32px; }
main.narrow { max-width: 508px; padding-top: 40px; }
main.narrow .card { max-width: none; }
h1 { margin: 0 0 14px; font-size: 24px; font-weight: 600; }
footer { padding: 12px 24px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 13px; text-align: center; }

.unread { margin-left: 6px; padding: 1px 7px; border-radius: 9px; background: #ffd166; color: #33270a; font-size: 12px; font-weight: 600; }
[hidden] { display: none; }
.group ul { display: flex; flex-wrap: wrap; margin: 0 0 10px; padding: 0; list-style: none; font-size: 14px; }
.group li { margin-right: 18px; }
.group a { display: block; padding: 2px 0; }
.group a[aria-current] { border-bottom: 2px solid var(--accent); color: var(--ink); font-weight: 600; text-decoration: none; }

.note { margin: 0 0 14px; padding: 10px 14px; border-left: 4px solid; border-radius: 3px; background: #fff; }
.note.good { border-color: #1d7a46; background: #e8f5ed; }
.note.info { border-color: var(--accent); background: #e7f1f9; }
.note.warn { border-color: #b97a00; background: #fff6df; }
.note.bad { border-color: #b3261e; background: #fdeceb; }
.hint { max-width: 560px; color: var(--quiet); font-size: 14px; }
.hint ul { margin: 4px 0 0; padding-left: 20px; }
.hint p { margin: 14px 0 0; }
code { font-family: "DejaVu Sans Mono", Consolas, monospace; color: var(--ink); }

.card { width: 100%; max-width: 420px; padding: 20px 24px 24px; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); box-shadow: 0 1px 3px rgba(18, 48, 74, .08); }
.columns { display: flex; flex-wrap: wrap; align-items: flex-start; }
.columns .card { margin-right: 36px; }
.columns .hint { flex: 1 1 340px; }
.card label { display: block; margin: 12px 0 4px; font-weight: 600; }
.card label:first-of-type { margin-top: 0; }
.card input { width: 100%; }
.card fieldset { margin: 0; padding: 8px 12px 12px; border: 1px solid var(--line); }
.card label.choice { margin: 6px 0; font-weight: 400; }
.card .choice input { width: auto; }
.card > p:first-child { margin-top: 0; }
.card > p:last-child { margin-bottom: 0; }
.card .main { width: 100%; margin-top: 20px; }
.secret code { display: block; padding: 10px 14px; border: 1px dashed var(--accent); background: #e7f1f9; font-size: 20px; letter-spacing: 1px; text-align: center; }
input { padding: 8px 10px; border: 1px solid #8593a1; border-radius: 4px; background: #fff; color: var(--ink); font: inherit; }
input[readonly] { background: var(--ground); }
button { padding: 7px 14px; border: 1px solid var(--accent); border-radius: 4px; background: #fff; color: var(--accent); font: inherit; cursor: pointer; }
button:hover:enabled { background: #e7f1f9; }
button.main { padding: 10px; background: var(--accent); color: #fff; font-weight: 600; }
button.main:hover { background: #084d81; }
button:disabled { border-color: #c3ccd5; background: #eef1f4; color: #66727e; cursor: not-allowed; }
header button.quiet { border-color: #9fb6c9; background: transparent; color: #fff; }
header button.quiet:hover { background: rgba(255, 255, 255, .15); }

.tools { display: flex; flex-wrap: wrap; align-items: flex-end; justify-content: space-between; margin-bottom: 10px; }
.filter label { margin-right: 12px; color: var(--quiet); font-size: 13px; }
.filter input { width: 108px; margin-left: 6px; padding: 5px 8px; font-size: 15px; }
.filter select { margin-left: 6px; padding: 5px 8px; border: 1px solid #8593a1; border-radius: 4px; background: #fff; color: var(--ink); font: inherit; font-size: 15px; }
.filter input.time, .filter input.short { width: 76px; }
thead a { color: inherit; text-decoration: none; }
thead a:hover { text-decoration: underline; }
.filter label { display: inline-block; margin-bottom: 6px; }
.filter button { padding: 5px 14px; }
.filter a { margin-left: 8px; }
.formats { margin: 0 0 4px auto; color: var(--quiet); }
.post-trade { display: flex; flex-wrap: wrap; align-items: center; margin-bottom: 14px; color: var(--quiet); font-size: 14px; }
.post-trade p { margin: 4px 0; }
.post-trade button { margin-right: 12px; }

.scroll { position: relative; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
caption { padding: 10px 14px; color: var(--quiet); text-align: left; }
th, td { padding: 7px 14px; border-top: 1px solid var(--line); text-align: left; white-space: nowrap; }
thead th { background: #e9eef3; color: #33414e; font-size: 13px; font-weight: 600; }
tbody tr:nth-child(even) { background: #f8fafc; }
tbody tr:hover { background: #eef5fb; }
tfoot th, tfoot td { border-top: 2px solid #93a4b3; background: #f3f5f8; font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
td:last-child:not(.n):not(.actions) { white-space: normal; }
td.wraps { min-width: 98px; max-width: 360px; white-space: normal; }
td.empty { padding: 28px 14px; color: var(--quiet); text-align: center; }
.actions button { padding: 2px 9px; font-size: 13px; }
.actions form { display: inline-block; margin-right: 6px; }
.button { display: inline-block; padding: 7px 14px; border: 1px solid var(--accent); border-radius: 4px; background: #fff; color: var(--accent); text-decoration: none; }
.button:hover { background: #e7f1f9; }
.post-trade .button, .post-trade button { margin: 2px 12px 2px 0; }
.actions .button, .actions button { margin: 2px 6px 2px 0; }
td.actions { min-width: 84px; white-space: normal; }
.actions .button { min-height: 26px; padding: 2px 9px; font-size: 13px; line-height: 20px; }
.actions button { min-height: 26px; }
.button, button { white-space: nowrap; }
.card.wide { max-width: none; margin-bottom: 20px; padding-bottom: 8px; }
.card.wide .details { border: 0; margin: 0; }
h2 { margin: 0 0 8px; font-size: 18px; }
.card.function { max-width: 860px; }
.function h2 { margin: 18px 0 6px; font-size: 17px; }
.function .main { width: auto; margin: 8px 12px 0 0; padding: 8px 22px; }
.function > p button { margin-right: 12px; }
.details { display: flex; flex-wrap: wrap; margin: 0 0 14px; padding: 4px 0; border-bottom: 1px solid var(--line); }
.details div { margin: 0 32px 10px 0; }
.details dt { color: var(--quiet); font-size: 13px; }
.details dd { margin: 0; font-weight: 600; }
.field { max-width: 420px; margin-bottom: 14px; }
.field p { margin: 2px 0 0; font-size: 13px; }
.quiet { color: var(--quiet); font-weight: 400; }
.problem { color: #a1201a; }
[aria-invalid] { border-color: #a1201a; }
fieldset { min-width: 0; margin: 14px 0 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 600; }
.parts { width: auto; margin: 6px 0; }
.parts th, .parts td { padding: 4px 10px 4px 0; border: 0; background: none; }
.parts input { width: 130px; }
.parts input[type="number"] { width: 100px; }
.parts select { padding: 8px 6px; border: 1px solid #8593a1; border-radius: 4px; background: #fff; color: var(--ink); font: inherit; }
.effects { margin: 0; padding-left: 20px; }
.actions .quiet { color: var(--quiet); font-size: 13px; }
@media (max-width: 1340px) { th, td { padding-left: 8px; padding-right: 8px; } caption { padding-left: 8px; } }
@media (max-width: 700px) {
  .bar { padding-left: 16px; padding-right: 16px; }
  main { padding-left: 16px; padding-right: 16px; }
  .brand { order: -2; font-size: 18px; }
  .language { order: -1; margin-left: 0; }
  .facts { width: 100%; margin: 6px 0 0; }
  .facts div { margin: 0 20px 0 0; }
  .facts dd { font-size: 14px; }
  .menu nav { width: 100%; margin: 0 -10px; }
  .menu nav a, .menu nav li:first-child a { margin: 0; padding: 8px 10px 6px; }
  .who { width: 100%; justify-content: space-between; text-align: left; }
  .formats { margin-left: 0; }
  .card { padding-left: 16px; padding-right: 16px; }
  .details div { margin-right: 20px; }
  td.actions { white-space: nowrap; }
  .parts, .parts tbody, .parts tr, .parts td { display: block; }
  .parts thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0, 0, 0, 0); }
  .parts { width: 100%; }
  .parts tr { display: flex; flex-wrap: wrap; align-items: center; padding: 8px 0; border-top: 1px solid var(--line); }
  .parts th { flex: 0 0 100%; }
  .parts td { flex: 1 1 45%; }
  .parts td::before { content: attr(data-label); display: block; color: var(--quiet); font-size: 13px; }
  .parts input, .parts input[type="number"], .parts select { width: 100%; }
}
@media print { header .menu, .language, .tools, .post-trade, .actions { display: none; } }
`;
