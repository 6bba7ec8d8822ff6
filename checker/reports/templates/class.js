"use strict";
// Without this script the page has everything too: closed parts that a click opens.
document.documentElement.classList.add("scripted");
const part = (id) => document.getElementById(id);
const students = [...document.querySelectorAll("details.student")];
const rows = [...part("marks").tBodies[0].rows];

function show(id) {
  const target = id && part(id);
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  target.scrollIntoView();
  target.querySelector(":scope > summary")?.focus({ preventScroll: true });
}
addEventListener("hashchange", () => show(location.hash.slice(1)));
addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link?.hash !== location.hash) return; // else the hash does not change
  event.preventDefault();
  show(link.hash.slice(1));
});

// Search: every word must occur in the name or in the words beside it.
const texts = new Map(rows.map((row) => [row, row.cells[0].textContent.toLowerCase()]));
function search() {
  const words = part("search").value.toLowerCase().split(/\s+/);
  let found = 0;
  for (const [row, text] of texts) {
    row.hidden = !words.every((word) => text.includes(word));
    found += !row.hidden;
  }
  part("found").value = `${found} of ${rows.length}`;
}
part("search").addEventListener("input", search);

// Sorting: numbers from the highest, names from A; once more turns the order round.
const order = new Intl.Collator(undefined, { numeric: true }).compare;
function sort(table, head) {
  const { cellIndex } = head;
  const numbers = head.classList.contains("number");
  const first = numbers ? "descending" : "ascending";
  const other = numbers ? "ascending" : "descending";
  const now = head.ariaSort === first ? other : first;
  for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
  head.ariaSort = now;
  const text = (row) => row.cells[cellIndex].textContent;
  const value = (row) => { const x = parseFloat(text(row)); return isNaN(x) ? -2 : x; };
  const keyed = [...table.tBodies[0].rows].map((row) => [numbers ? value(row) : text(row), row]);
  keyed.sort(([a], [b]) => (numbers ? a - b : order(a, b)) * (now === "ascending" ? 1 : -1));
  table.tBodies[0].append(...keyed.map(([, row]) => row));
}
for (const table of document.querySelectorAll("table.sortable"))
  for (const head of table.tHead.rows[0].cells)
    if (!head.classList.contains("plain")) {
      const button = document.createElement("button");
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    }

const all = (open) => students.forEach((each) => { each.open = open; });
part("open").addEventListener("click", () => all(true));
part("close").addEventListener("click", () => all(false));
part("print").addEventListener("click", () => {
  const closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((each) => { each.open = true; });
  addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }), { once: true });
  print();
});
document.querySelector(".tools").hidden = false;
search();
show(location.hash.slice(1));
