
// Texts are only ever set as text: `element` is the one place that makes elements, and it takes no HTML.

const { providers, kinds, effects, retries, entries } = JSON.parse(document.getElementById("data").textContent);

const { title } = document;
const byId = (id) => document.getElementById(id);
const [search, kind, results, detail] = ["search", "kind", "results", "detail"].map(byId);

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.flat());
  return made;
}

/** Splits a text at its backticks, and makes `code` elements of what stands between two. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/** Lets a long code break after its underscores. */
function breakable(text) {
  return text.split(/(?<=_)/).flatMap((part, index) => (index ? [element("wbr", {}), part] : [part]));
}

/** Says a text to those who cannot see what changed. */
function say(text) {
  byId("said").textContent = text;
}

// Results: all are made once; a search orders and shows them

const titles = new Map(providers.map(({ name, title }) => [name, title]));
const used = kinds.filter(({ name }) => entries.some((entry) => entry.kind === name));
const byPlace = new Map();

/** Returns the link of an error. */
function linkOf(provider, name) {
  return `#${encodeURIComponent(provider)}/${encodeURIComponent(name)}`;
}

/** Makes one text of all ways to write a name: `ROOM_TAKEN`, `room-taken`, `RoomTaken`. */
function squeeze(text) {
  return text.toLowerCase().replace(/[\s_-]+/g, "");
}

for (const entry of entries) {
  entry.link = linkOf(entry.provider, entry.name);
  entry.key = squeeze(entry.name);
  const names = [entry.name, entry.provider, titles.get(entry.provider), entry.kind, entry.effect, entry.retry];
  const texts = [entry.name, entry.meaning, entry.remedy, entry.template, entry.api, ...entry.statuses, ...(entry.methods ?? [])];
  entry.text = [...names.map((name) => squeeze(name ?? "")), ...texts].join("\n").toLowerCase().replace(/[_-]/g, "");
  entry.anchor = element("a", { href: entry.link },
    element("span", { class: entry.is_code ? "name" : "name words" }, entry.name),
    element("span", { class: "about" }, `${titles.get(entry.provider)} · ${entry.kind}`));
  entry.item = element("li", {}, entry.anchor);
  byPlace.set(`${entry.provider}/${entry.name}`, entry);
}
// in any case too, where that is clear
for (const entry of entries) {
  const place = `${entry.provider}/${entry.name}`.toLowerCase();
  if (!byPlace.has(place)) byPlace.set(place, entry);
}

/** Says how well the name of an entry fits the one that was typed: 0 is best. */
function rank(entry, typed) {
  if (entry.key === typed) return 0;
  if (entry.key.startsWith(typed)) return 1;
  return entry.key.includes(typed) ? 2 : 3;
}

/** Returns those of the entries that have most of the words, and whether that is fewer than all. */
function nearest(among, words) {
  const fits = among.map((entry) => words.filter((word) => entry.text.includes(word)).length);
  const most = Math.max(...fits, Math.min(words.length, 1));
  const found = among.filter((_, index) => fits[index] === most);
  return [found, !found.length || most < words.length];
}

function update() {
  const typed = search.value.trim().toLowerCase();
  const words = typed.split(/[^\p{L}\p{N}_]+/u).map(squeeze).filter(Boolean);
  const provider = document.querySelector("input[name=provider]:checked").value;
  const among = entries.filter((entry) =>
    (!provider || entry.provider === provider) && (!kind.value || entry.kind === kind.value));
  let [found, isNear] = nearest(among, words);
  // a name that no entry has may have parts that one has
  if (isNear) [found] = nearest(among, typed.split(/[^\p{L}\p{N}]+/u).filter(Boolean));
  const name = squeeze(typed.split("/").pop());
  if (name) found.sort((a, b) => rank(a, name) - rank(b, name));
  results.replaceChildren(...found.map((entry) => entry.item));
  byId("found").scrollTop = 0;
  byId("count").textContent = summary(found.length, isNear);
}

function summary(number, isNear) {
  if (!number) return "No error matches. Try fewer words, or all kinds and providers.";
  const errors = number === 1 ? "1 error" : `${number} errors`;
  return isNear ? `No error has all these words. The nearest: ${errors}` : errors;
}

function clear() {
  search.value = "";
  kind.value = "";
  document.querySelector("input[name=provider]").checked = true;
  update();
  search.focus();
}

// One error in full

/** Shows JSON with one member a line; other bodies as they are. */
function readable(sample) {
  const [head, body] = sample.split(/\r\n\r\n([^]*)/);
  try {
    return `${head}\n\n${JSON.stringify(JSON.parse(body), null, 2)}`.replaceAll("\r", "");
  } catch {
    return sample.replaceAll("\r", "");
  }
}

async function copy(text, shown, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    say("Copied");
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  } catch {
    getSelection().selectAllChildren(shown);
    say("Your browser blocked copying. The response is selected: copy it with your keyboard.");
  }
}

function row(term, ...value) {
  return element("div", {}, element("dt", {}, term), element("dd", {}, ...value));
}

/** Returns a name with its meaning, which is in a list. */
function badge(name, words) {
  const word = words.find((word) => word.name === name);
  return [element("span", { class: `badge ${name}` }, name), " ", ...prose(word?.meaning ?? "")];
}

function successors(entry) {
  return entry.successors.flatMap((name, index) => {
    const other = byPlace.get(`${entry.provider}/${name}`);
    return [index ? ", " : "", other ? element("a", { href: other.link }, name) : name];
  });
}

function facts(entry) {
  return [
    row("Kind", ...badge(entry.kind, kinds)),
    entry.effect && row("Effect", ...badge(entry.effect, effects)),
    entry.retry && row("Send again", ...badge(entry.retry, retries)),
    entry.statuses.length && row("Status", entry.statuses.join(", ")),
    entry.template && row("Message", ...prose(entry.template)),
    entry.methods && row("Sent by", entry.methods.join(", ")),
    entry.successors && row("Replaced by", ...successors(entry)),
    entry.source && row("Source", entry.api ? `${entry.api}, ${entry.source}` : entry.source),
  ].filter(Boolean);
}

function sampleOf(entry) {
  if (!entry.sample) return [];
  const shown = element("pre", {}, readable(entry.sample));
  const button = element("button", { type: "button", "aria-label": "Copy the sample response" }, "Copy");
  button.addEventListener("click", () => copy(entry.sample, shown, button));
  const about = element("p", {}, "Effect and Send again apply to this response.");
  return [element("div", { class: "sample" }, element("h3", {}, "Sample response"), about, button), shown];
}

function show(entry) {
  const { title: whose, docs } = providers.find(({ name }) => name === entry.provider);
  // a provider of one's own may give any text as its address
  const source = /^https?:/.test(docs) ? element("a", { href: docs, rel: "noreferrer" }, whose) : whose;
  detail.replaceChildren(
    element("p", { class: "of" }, source),
    element("h2", { id: "name", class: entry.is_code ? "" : "words" },
      // a screen reader would read each part of a name that may break as a word of its own
      element("a", { href: entry.link, "aria-label": entry.name }, breakable(entry.name))),
    element("p", { class: "meaning" }, prose(entry.meaning)),
    element("section", { class: "remedy" }, element("h3", {}, "What to do"), element("p", {}, prose(entry.remedy))),
    element("dl", {}, facts(entry)),
    ...sampleOf(entry));
  document.title = `${entry.name} · ${whose}`;
}

/** Shows the kinds, while no error is chosen. */
function showKinds() {
  mark(undefined);
  document.title = title;
  const rows = used.map(({ name, meaning }) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => { kind.value = name; update(); results.querySelector("a")?.focus(); });
    return element("div", {}, element("dt", {}, button), element("dd", {}, meaning));
  });
  detail.replaceChildren(
    element("h2", { id: "name", class: "words" }, "Choose an error or a kind"),
    element("p", { class: "meaning" }, "All providers share these kinds. Each error has a link of its own."),
    element("dl", { class: "kinds" }, rows));
}

let current;

/** Marks the result of the error that is shown. */
function mark(entry) {
  current?.anchor.removeAttribute("aria-current");
  current = entry;
  entry?.anchor.setAttribute("aria-current", "true");
  entry?.anchor.scrollIntoView({ block: "nearest" });
}

/** Says that there is no error of this name, and searches for it. */
function showMissing(place) {
  mark(undefined);
  document.title = title;
  search.value = place;
  update();
  detail.replaceChildren(
    element("h2", { id: "name", class: "words" }, `No error is called ${place}`),
    element("p", { class: "meaning" }, results.childElementCount
      ? "The results are the errors nearest to this name."
      : "Search for a part of the name or of the message."));
}

/** Shows what the address names; returns whether it names anything. */
function route() {
  let place = location.hash.slice(1);
  try {
    place = decodeURIComponent(place);
  } catch {
    // a link with a broken escape names no error
  }
  // the address of the article is the one of the link that skips to it
  if (!place || place === "detail") {
    showKinds();
    return false;
  }
  const entry = byPlace.get(place) ?? byPlace.get(place.toLowerCase());
  if (entry) {
    mark(entry);
    show(entry);
  } else {
    showMissing(place);
  }
  return true;
}

/** Returns whether the error stands below the results, as the style has it. */
function isNarrow() {
  return matchMedia("(max-width: 800px), (max-height: 600px)").matches;
}

/** Shows the beginning of the error, and moves the focus there for screen readers. */
function enter() {
  // the focus alone keeps how far the error before was scrolled
  detail.scrollIntoView();
  detail.focus({ preventScroll: true });
}

// Keyboard

function move(step) {
  const anchors = [...results.querySelectorAll("a")];
  const at = anchors.indexOf(document.activeElement);
  if (at + step < 0) search.focus();
  else anchors[at + step]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const isWriting = event.target.matches("textarea, select, input:not([type=radio])");
  const isFinding = event.target === search || results.contains(event.target);
  if (event.key === "/" && !isWriting) search.focus();
  else if (event.key === "Escape" && isFinding) clear();
  else if (event.key === "ArrowDown" && isFinding) move(1);
  else if (event.key === "ArrowUp" && isFinding) move(-1);
  else if (event.key === "Enter" && event.target === search) results.querySelector("a")?.click();
  else return;
  event.preventDefault();
});

// Decoding, where the server can

/** Returns what was pasted, with a status line if it has none and its status is given. */
function pasted() {
  const text = byId("response").value;
  const status = byId("status").value;
  return status && !/^\s*HTTP\//.test(text) ? `HTTP/1.1 ${status}\r\n\r\n${text}` : text;
}

byId("decode")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const decoded = byId("decoded");
  let text;
  try {
    const answer = await fetch("_decode", { method: "POST", body: pasted() });
    decoded.classList.toggle("failed", !answer.ok);
    text = await answer.text();
  } catch {
    decoded.classList.add("failed");
    text = "The server does not answer. Is it still running?";
  }
  decoded.textContent = text;
});

// Start

function begin() {
  const choices = [{ name: "", title: "All" }, ...providers].map(({ name, title }) => {
    const input = element("input", { type: "radio", name: "provider", value: name });
    input.checked = !name;
    return element("label", {}, input, element("span", {}, title));
  });
  byId("providers").append(...choices);
  kind.append(...used.map(({ name }) => element("option", { value: name }, name)));
  search.addEventListener("input", update);
  kind.addEventListener("change", update);
  byId("providers").addEventListener("change", update);
  addEventListener("hashchange", () => {
    if (route()) enter();
  });
  // a click on the error that is already shown changes no address
  results.addEventListener("click", (event) => { if (event.target.closest("[aria-current]")) enter(); });
  document.querySelector(".skip").addEventListener("click", (event) => {
    // the address keeps its error
    event.preventDefault();
    enter();
  });
  update();
  if (route() && isNarrow()) detail.scrollIntoView();
}

begin();
