
// All texts are in the page already: this only hides rows, and repeats what a column says.

const byId = (id) => document.getElementById(id);

// Search

const search = byId("search");
const provider = byId("provider");

/** Makes one text of all ways to write a name: `ROOM_TAKEN`, `room-taken`, `RoomTaken`. */
function squeeze(text) {
  return text.toLowerCase().replace(/[\s_-]+/g, "");
}

const rows = [...document.querySelectorAll(".row")].map((row) => ({ row, text: squeeze(row.textContent) }));

function update() {
  const words = search.value.split(/\s+/).map(squeeze).filter(Boolean);
  const isFiltered = words.length > 0 || Boolean(provider?.value);
  let found = 0;
  for (const { row, text } of rows) {
    const isOfProvider = !provider?.value || row.dataset.provider === provider.value;
    row.hidden = !(isOfProvider && words.every((word) => text.includes(word)));
    if (!row.hidden) found += 1;
  }
  // a part without rows goes, but only while one searches
  for (const part of document.querySelectorAll(".rest, .list, .group")) {
    part.hidden = isFiltered && !part.querySelector(".row:not([hidden])");
  }
  for (const rest of document.querySelectorAll(".rest")) rest.open = isFiltered;
  byId("none").hidden = found > 0 || !isFiltered;
  byId("count").textContent = isFiltered ? `${found} of ${rows.length} codes and examples` : "";
}

function clear() {
  search.value = "";
  if (provider) provider.value = "";
  update();
}

search?.addEventListener("input", update);
provider?.addEventListener("change", update);
document.addEventListener("keydown", (event) => {
  if (!search || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !event.target.matches("input, select")) search.focus();
  else if (event.key === "Escape" && event.target.matches("#search, #provider")) clear();
  else return;
  event.preventDefault();
});

// The chart: one stop for the tabulator, and the arrow keys go from column to column

const columns = [...document.querySelectorAll(".column")];
const readout = byId("readout");
const peak = readout?.textContent;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

function read(event) {
  readout.textContent = event.currentTarget.querySelector("title").textContent;
}

columns.forEach((column, index) => {
  column.setAttribute("tabindex", index ? -1 : 0);
  column.addEventListener("pointerenter", read);
  column.addEventListener("focus", read);
  column.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = columns[Math.min(Math.max(index + step, 0), columns.length - 1)];
    column.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
  for (const end of ["pointerleave", "blur"]) {
    column.addEventListener(end, () => { readout.textContent = peak; });
  }
});

// A page that was reloaded may keep what was typed
if (search) update();
