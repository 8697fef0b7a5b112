// What a learner wrote and answered: kept in this browser and nowhere else, by notebook; a cell by what it was made from.

// A short sum of a text: a cell that a new version leaves as it was has the same, wherever it stands then.
export function sum(text) {
  let value = 5381;
  for (const sign of text) value = (value * 33 + sign.codePointAt(0)) >>> 0;
  return value.toString(36);
}

// Events with one more: of several values that one thing was turned to the last is enough, and time that passes is counted.
export function remembered(events, event) {
  const last = events.at(-1) || [];
  if (event[0] === 'turn' && last[0] === 'turn' && last[1] === event[1]) return [...events.slice(0, -1), event];
  if (event[0] === 'tick') return last[0] === 'tick' ? [...events.slice(0, -1), ['tick', last[1] + 1]] : [...events, ['tick', 1]];
  return [...events, event];
}

// Events as text for an address, and back: the same that `share` writes and `reopen` reads in Python.
export async function packed(events) {
  const stream = new Blob([JSON.stringify(events)]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export async function unpacked(text) {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0));
    const events = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json();
    if (areEvents(events)) return events;
  } catch {} // not one of ours
  return [];
}

const isCode = each => typeof each?.code === 'string';
const areEvents = each => Array.isArray(each) && each.every(Array.isArray);
const isAnswer = each => areEvents(each?.events);
const entries = (kept, usable) => Object.fromEntries(Object.entries(kept ?? {}).filter(([, each]) => usable(each)));

export class Store {
  constructor(name, version) {
    Object.assign(this, {place: `backprop-lab/${name}`, version, works: true});
  }

  read() { // whatever is there: what can be used of it
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(this.place));
    } catch {} // forbidden, or not ours
    return {code: entries(kept?.code, isCode), answers: entries(kept?.answers, isAnswer)};
  }

  change(act) { // read anew each time: another tab may have written
    const all = this.read();
    act(all);
    try {
      localStorage.setItem(this.place, JSON.stringify(all));
    } catch { // full, or forbidden
      this.works = false;
    }
  }

  code = key => this.read().code[key];
  keepCode = (key, entry) => this.change(all => { all.code[key] = {...all.code[key], ...entry, version: this.version}; });
  dropCode = key => this.change(all => { delete all.code[key]; });

  answers = key => this.read().answers[key]?.events || [];
  keepAnswer = (key, event) => this.change(all => {
    const events = remembered(all.answers[key]?.events || [], event);
    all.answers[key] = {events: events.slice(-500), version: this.version};
  });

  forget() {
    try {
      localStorage.removeItem(this.place);
    } catch {} // where it is forbidden there is nothing to forget
  }
}
