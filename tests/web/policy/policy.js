// Tries what the policy must forbid, and what it must allow.

const attempts = {
  eval: () => eval('1'),
  Function: () => new Function('return 1')(),
  inline: () => { if (!window.inlineRan) throw new Error('inline script did not run'); },
  style: () => {
    if (getComputedStyle(document.getElementById('inline')).color !== 'rgb(1, 2, 3)') throw new Error('inline style did not apply');
  },
  wasm: () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
};

const outcome = {};
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    attempt();
    outcome[name] = 'allowed';
  } catch {
    outcome[name] = 'refused';
  }
}
document.getElementById('result').textContent = JSON.stringify(outcome);
