// A page that is one file: Python is in it, packed, and the scripts, as addresses that hold them (a page that is a file may
// not start a module from a blob). The picture that keeps still gives way to the live one.
import {Python} from './page.js';

const note = document.getElementById('note'), picture = document.getElementById('picture');
const say = words => { note.textContent = words; };

async function unpack(script) {
  const packed = await (await fetch(`data:;base64,${script.textContent}`)).blob();
  script.remove();
  return new Uint8Array(await new Response(packed.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

say('Python is starting …');
const files = {};
for (const script of document.querySelectorAll('script[data-file]')) files[script.dataset.file] = await unpack(script);
const HOME = 'https://in.this.file/'; // asked of nobody: the worker answers from `files`
const python = new Python({worker: './worker.js', files, runtime: HOME, archive: `${HOME}backprop_lab.zip`, packages: ['numpy']}, {
  ready: () => python.run('picture', new TextDecoder().decode(files['picture.py'])),
  output({output}) {
    if (output.error) return say(output.text);
    picture.replaceChildren();
    python.show(output, picture);
  },
  done: () => { if (picture.classList.contains('bl-stage')) note.remove(); },
  broken: ({text}) => say(`Python could not start here, so the picture keeps still. (${text})`),
});
python.start();
