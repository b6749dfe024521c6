// Shows, hides, zooms and swaps; everything else is made in Python. Without it each change is a page load.
const $ = (id) => document.getElementById(id);
let bench, days, known, now, playing, stop;

const tell = (text) => { if ($("told")) $("told").textContent = text; };

function put(step) {
  $("day").innerHTML = step.marks;
  $("key").innerHTML = step.legend;
  $("map-said").textContent = step.said;
  $("on").textContent = step.words;
  $("on").dateTime = step.day;
  $("what").replaceChildren(...step.says.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  $("notes").replaceChildren(...step.notes.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  const open = [...$("answers").querySelectorAll("section > details[open]")].map((part) => part.parentElement.className);
  $("answers").innerHTML = step.panel;
  for (const name of open) $("answers").querySelector(`section.${name} > details`)?.setAttribute("open", "");
}

async function fetched(day) {
  if (!known.has(day)) {
    known.set(day, fetch(bench.dataset.step + day, { signal: stop.signal }).then((answer) => answer.json()));
    known.get(day).catch(() => known.delete(day));
  }
  return known.get(day);
}

function mark(i) {
  const day = days[i];
  const scrub = $("scrub");
  scrub.value = i;
  for (const part of document.querySelectorAll("#timeline [data-day]")) part.classList.toggle("chosen", part.dataset.day === day);
  for (const item of document.querySelectorAll(".events li")) item.classList.toggle("now-on", item.dataset.day === day);
  for (const field of document.querySelectorAll("input[name=at]")) field.value = day;
  scrub.setAttribute("aria-valuetext", day);
}

async function show(i) {
  now = Math.max(0, Math.min(days.length - 1, i));
  const day = days[now], mine = bench;
  mark(now);
  const step = await fetched(day);
  if (mine !== bench || days[now] !== day) return;
  put(step);
  $("scrub").setAttribute("aria-valuetext", [step.words, ...step.says].join(". "));
  bench.dataset.shown = day;
  if (bench.dataset.step) {
    const here = new URL(location.href);
    here.searchParams.set("at", day);
    history.replaceState(history.state, "", here);
    for (const link of document.querySelectorAll("a[data-keep]")) {
      const there = new URL(link.href);
      there.searchParams.set("at", day);
      link.href = there;
    }
  }
}

function play() {
  clearInterval(playing);
  const on = $("play").getAttribute("aria-pressed") !== "true";
  $("play").setAttribute("aria-pressed", on);
  $("play").textContent = on ? "❚❚ Pause" : "▶ Play";
  if (!on) return;
  if (now >= days.length - 1) show(0);
  playing = setInterval(() => (now >= days.length - 1 ? play() : show(now + 1)), 1100);
}

// zoom: the box that is seen; lines and words keep their size
function zoomable(map) {
  const whole = map.getAttribute("viewBox").split(" ").map(Number);
  let [x, y, w, h] = whole;
  const set = () => {
    w = Math.min(whole[2], Math.max(whole[2] / 24, w));
    h = (w * whole[3]) / whole[2];
    x = Math.min(whole[0] + whole[2] - w, Math.max(whole[0], x));
    y = Math.min(whole[1] + whole[3] - h, Math.max(whole[1], y));
    map.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    map.style.setProperty("--k", whole[2] / w);
  };
  const zoom = (by, cx = x + w / 2, cy = y + h / 2) => {
    const left = (cx - x) / w, top = (cy - y) / h;
    w /= by; h /= by;
    x = cx - left * w; y = cy - top * h;
    set();
  };
  const pan = (dx, dy) => { x += dx * w; y += dy * h; set(); };
  const fit = () => map.style.setProperty("--grow", Math.min(1.45, Math.max(1, (0.75 * whole[2]) / map.clientWidth)));
  new ResizeObserver(fit).observe(map);
  const home = () => { [x, y, w, h] = whole; set(); };
  const keys = { "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), "0": home, ArrowLeft: () => pan(-0.15, 0),
    ArrowRight: () => pan(0.15, 0), ArrowUp: () => pan(0, -0.15), ArrowDown: () => pan(0, 0.15) };
  map.addEventListener("keydown", (event) => { if (keys[event.key]) { keys[event.key](); event.preventDefault(); } });
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    zoom(event.deltaY < 0 ? 1.25 : 0.8, spot.x, spot.y);
    event.preventDefault();
  }, { passive: false });
  let held = null;
  map.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; });
  map.addEventListener("pointermove", (event) => {
    if (!held || w === whole[2]) return;
    const box = map.getBoundingClientRect();
    pan((held[0] - event.clientX) / box.width, (held[1] - event.clientY) / box.height);
    held = [event.clientX, event.clientY];
  });
  for (const end of ["pointerup", "pointerleave"]) map.addEventListener(end, () => { held = null; });
  $("closer").onclick = () => zoom(1.6);
  $("farther").onclick = () => zoom(1 / 1.6);
  $("whole").onclick = home;
}

// a change of the scenario: the server answers with the whole page, of which the bench is swapped
async function go(url, push = true) {
  const focus = document.activeElement?.id;
  const scrolled = document.querySelector(".events")?.scrollTop;
  stop?.abort();
  tell("Working it out …");
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("bench");
  if (!fresh) {
    const told = [...page.querySelectorAll("main .error")].map((part) => part.textContent.trim());
    $("error").textContent = told.join("\n") || "That did not work.";
    tell("");
    return;
  }
  const old = $("map"), made = fresh.querySelector("#map");
  if (fresh.dataset.sheet === bench.dataset.sheet) {
    old.querySelector("#day").innerHTML = made.querySelector("#day").innerHTML;
    made.replaceWith(old);
  }
  bench.replaceWith(fresh);
  document.title = page.title;
  if (push) history.pushState(null, "", answer.url);
  wire();
  if (focus) $(focus)?.focus({ preventScroll: true });
  if (scrolled) document.querySelector(".events").scrollTop = scrolled;
  tell("Worked out.");
}

const target = (form) => `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;

// the link that says what is ticked, as the server would write it
function ticked(form) {
  const told = new FormData(form), here = new URLSearchParams();
  const off = [...form.querySelectorAll("input[name=keep]:not(:checked)")].map((box) => box.value).sort();
  const facts = new Map(told.getAll("fact").map((text) => [text.slice(0, text.lastIndexOf("=")), text]));
  for (const [name, answer] of told) {
    if (name.startsWith("settle.")) facts.set(name.slice(7), `${name.slice(7)}=${answer}`);
  }
  const put = (name, value) => value && here.append(name, value);
  for (const name of ["branch", "at"]) put(name, told.get(name));
  put("off", off.join(","));
  for (const name of ["reading", "known_to"]) put(name, told.get(name));
  for (const text of told.getAll("add")) put("add", text);
  for (const about of [...facts.keys()].sort()) put("fact", facts.get(about));
  const query = `${here}`.replace(/%(3A|3B|2C|2F|3D|40)/g, decodeURIComponent).replaceAll("+", "%20");
  return `${location.pathname}${query && "?"}${query}`;
}

async function ask(form) {
  const answer = await fetch(target(form));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  $("asked").innerHTML = (page.getElementById("asked") ?? page.querySelector("main")).innerHTML.replaceAll("h1>", "h2>");
  $("asked").focus();
}

async function more(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  link.parentElement.outerHTML = page.getElementById("missing").innerHTML;
  $("answers").querySelector("section.not-bound > details")?.setAttribute("open", "");
}

// of each event struck out whose absence changes no answer, a sentence beside it
async function idle() {
  if (!$("idle")) return;
  const mine = bench;
  const answer = await fetch($("idle").href, { signal: stop.signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== bench) return;
  for (const told of page.querySelectorAll("[data-event]")) {
    const box = $(`e-${told.dataset.event}`);
    box.labels[0].after(Object.assign(document.createElement("small"), { className: "idle", textContent: told.textContent }));
    if (box === document.activeElement) tell(told.textContent);
  }
}

async function rest() {
  const packed = $("deck");
  if (packed) {
    const bytes = Uint8Array.from(atob(packed.textContent.trim()), (letter) => letter.charCodeAt(0));
    const deck = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
    for (const step of deck.days) {
      for (const key of ["marks", "legend", "panel"]) step[key] = deck.texts[step[key]];
      known.set(step.day, Promise.resolve(step));
    }
    return;
  }
  const mine = bench;
  await new Promise((done) => setTimeout(done, 400)); // whoever ticks on is not kept waiting
  if (mine !== bench) return;
  await idle();
  const near = days.map((day, i) => [Math.abs(i - now), day]).sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? 1 : -1));
  for (const [, day] of near) { // one at a time: a change of the scenario finds a worker free
    if (mine !== bench) return;
    await fetched(day);
  }
  const drawn = await fetch(bench.dataset.timeline, { signal: stop.signal }).then((answer) => answer.text());
  if (mine !== bench) return;
  $("timeline").outerHTML = drawn.slice(drawn.indexOf("<svg"));
  mark(now);
  bench.dataset.ready = "yes";
}

function wire() {
  bench = $("bench");
  days = JSON.parse(bench.dataset.days);
  known = new Map();
  stop = new AbortController();
  now = days.indexOf(bench.dataset.at);
  bench.dataset.shown = bench.dataset.at;
  for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-plain]")) part.hidden = true;
  const scrub = $("scrub");
  const wide = Math.min(100 / days.length, 8); // per cent of the timeline that a column takes
  scrub.style.width = `calc(${(days.length - 1) * wide}% + 16px)`;
  scrub.style.marginLeft = `calc(${wide / 2}% - 8px)`;
  scrub.oninput = () => show(+scrub.value);
  $("play").onclick = play;
  document.querySelector(".time").onclick = (event) => {
    const part = event.target.closest("[data-day]");
    if (part) show(days.indexOf(part.dataset.day));
  };
  zoomable($("map"));
  mark(now);
  rest().catch((error) => { if (error.name !== "AbortError") throw error; });
}

if ($("bench")) {
  wire();
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.id === "scenario" && event.target.matches("input[type=checkbox],input[type=radio]")) go(ticked(form));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "scenario") { event.preventDefault(); go(target(event.target)); }
    if (event.target.id === "ask") { event.preventDefault(); ask(event.target); }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-live]");
    if (link && !event.ctrlKey && !event.metaKey) { event.preventDefault(); go(link.href); }
    const day = event.target.closest("a[data-goto]");
    if (day && days.includes(day.dataset.goto)) { event.preventDefault(); show(days.indexOf(day.dataset.goto)); }
    const late = event.target.closest("a[data-late]");
    if (late && !event.ctrlKey && !event.metaKey) { event.preventDefault(); more(late); }
    if (event.target.id === "copy") navigator.clipboard.writeText(location.href).then(() => tell("Link copied."));
  });
  addEventListener("beforeprint", () => { for (const part of $("answers").querySelectorAll("details")) part.open = true; });
  addEventListener("popstate", () => go(location.href, false));
}
