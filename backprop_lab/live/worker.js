// Python in a worker of the page: it starts, runs cells, and hands events on. What it tells is JSON text.
// `files`: a page that is one file brings Python's along, by name, and nothing is fetched.
let python, cells, last = Promise.resolve();

const tell = message => postMessage(JSON.stringify(message));

const script = bytes => URL.createObjectURL(new Blob([bytes], {type: 'text/javascript'}));

function serve(files) {
  self.fetch = async address => {
    const name = String(address?.url ?? address).split('/').at(-1);
    return new Response(files[name], {headers: name.endsWith('.wasm') ? {'content-type': 'application/wasm'} : {}});
  };
}

async function start({runtime, archive, packages, files, env = {}}) {
  if (files) serve(files);
  const code = fetch(archive).then(answer => {
    if (!answer.ok) throw new Error(`${archive}: ${answer.status}`);
    return answer.arrayBuffer();
  });
  const {loadPyodide} = await import(files ? script(files['pyodide.mjs']) : `${runtime}pyodide.mjs`);
  const brought = files && {createPyodideModule: (await import(script(files['pyodide.asm.mjs']))).default};
  python = await loadPyodide({indexURL: runtime, packages, env, ...brought});
  python.unpackArchive(await code, 'zip');
  const {Cells} = python.pyimport('backprop_lab.live.cells');
  cells = Cells(text => { postMessage(text); }, python.globals);
  tell({kind: 'ready'});
}

async function run({cell, source, packages}) { // packages: what only some cells want, such as Matplotlib
  if (packages.length) await python.loadPackage(packages, {messageCallback() {}}).catch(() => {});
  const missed = packages.filter(name => !(name in python.loadedPackages)); // their import will fail: why is said here
  if (missed.length) tell({kind: 'output', cell, output: {stream: 'stderr', text: `${missed.join(', ')} could not be fetched: is there a connection?\n`}});
  if ('tqdm' in python.loadedPackages) python.runPython('import tqdm; tqdm.tqdm.monitor_interval = 0'); // it would start a thread
  cells.run(cell, source);
}

const DO = {start, run, answer: ({picture, events}) => cells.answer(picture, events), again: ({picture, events}) => cells.again(picture, events)};

onmessage = ({data}) => { // one after the other, in their order
  last = last.then(() => DO[data.kind](data)).catch(error => tell({kind: 'broken', at: data.kind, text: String(error)}));
};
