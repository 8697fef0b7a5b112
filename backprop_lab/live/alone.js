// A page that is one file: Python is in it, packed, and the scripts, as addresses that hold them (a page that is a file may
// not start a module from a blob). The picture that keeps still gives way to the live one.
import {Python} from './page.js';

const note = document.getElementById('note');
note.tabIndex = -1; // it takes the focus when its button goes
const again = Object.assign(document.createElement('button'), {type: 'button', textContent: 'Start again', onclick: start});
let picture = document.getElementById('picture'), leave = () => {};
const say = (...words) => { note.hidden = !words.length; note.replaceChildren(...words); };

async function unpack(script) {
  const packed = await (await fetch(`data:;base64,${script.textContent}`)).blob();
  script.remove();
  return new Uint8Array(await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

function start() {
  const asked = document.activeElement === again;
  say('Python is starting …');
  if (asked) note.focus(); // the button is gone
  python.start();
}

say('Python is starting …');
const files = {};
for (const script of document.querySelectorAll('script[data-file]')) files[script.dataset.file] = await unpack(script);
const HOME = 'https://in.this.file/'; // asked of nobody: the worker answers from `files`
const python = new Python({worker: './worker.js', files, runtime: HOME, archive: `${HOME}backprop_lab.zip`, packages: ['numpy']}, {
  ready: () => python.run('picture', new TextDecoder().decode(files['picture.py'])),
  output({output}) {
    if (output.error) return say(output.text);
    if (!output.picture) return console.log(output.text); // what a picture prints
    leave(); // the one that kept still, or that another Python has moved
    const live = Object.assign(document.createElement('main'), {id: 'picture', tabIndex: -1}), asked = document.activeElement === note;
    picture.replaceWith(live);
    picture = live;
    leave = python.show(output, picture);
    say();
    if (asked) live.focus();
  },
  done() {},
  broken({text}) {
    const alive = picture.classList.contains('bl-stage');
    python.stop();
    say(`Python ${alive ? 'has broken down' : 'could not start here'}, so the picture keeps still. (${text}) `, again);
  },
});
start();
