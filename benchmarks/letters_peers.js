// What virastar makes of a list of texts: JSON in, JSON out. Run with NODE_PATH naming the folder it is installed in.
const Virastar = require('virastar');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const editor = new (Virastar.default || Virastar)();
process.stdout.write(JSON.stringify({ 'virastar cleanup': texts.map((text) => editor.cleanup(text)) }));
