// The built extension starts the real server in a stand-in of VS Code, and the findings of an open text arrive there.
// CORPUSLINT names the program, as `/path/to/corpuslint`.
const assert = require("node:assert");
const { mkdtempSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { mock, test } = require("node:test");
const { createVSCodeMock } = require("jest-mock-vscode");

const known = createVSCodeMock({ fn: (body) => mock.fn(body ?? (() => ({ dispose() {} }))) });
// kinds of values that the stand-in leaves out are only extended, never made
const vscode = new Proxy({ ...known }, { get: (all, name) => all[name] ?? (/^[A-Z]/.test(String(name)) ? class {} : undefined) });
const load = Module._load;
Module._load = (name, ...more) => (name === "vscode" ? vscode : load(name, ...more));
const extension = require("./dist/extension.js");

const folder = mkdtempSync(join(tmpdir(), "corpuslint-"));
const commands = {};
const errors = [];
let arrived;

function define(target, values) {
  for (const [name, value] of Object.entries(values)) Object.defineProperty(target, name, { value, configurable: true });
}

function stand(command) {
  const text = "قال, ثم انصرف [ad_1]\n";
  writeFileSync(join(folder, "a.txt"), text);
  const uri = vscode.Uri.file(join(folder, "a.txt"));
  const nothing = () => ({ dispose() {} });
  define(vscode.workspace, {
    workspaceFolders: [{ uri: vscode.Uri.file(folder), name: "news", index: 0 }],
    textDocuments: [{ uri, languageId: "plaintext", version: 1, getText: () => text, isClosed: false, lineCount: 2 }],
    getConfiguration: () => ({ get: (key) => (key === "command" ? command : undefined) }),
    createFileSystemWatcher: () => ({ onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose() {} }),
  });
  const collection = { set: (_at, diagnostics) => arrived?.(diagnostics), delete() {}, clear() {}, dispose() {} };
  define(vscode.languages, { match: () => 10, createDiagnosticCollection: () => collection });
  const channel = { append() {}, appendLine() {}, show() {}, clear() {}, dispose() {} };
  const showErrorMessage = async (message) => void errors.push(message);
  define(vscode.window, { showErrorMessage, createOutputChannel: () => channel });
  const token = { isCancellationRequested: false, onCancellationRequested: nothing };
  const CancellationTokenSource = class {
    token = token;
    cancel() {}
    dispose() {}
  };
  define(vscode, { env: { appName: "a stand-in", language: "en" }, version: "1.91.0", CancellationTokenSource });
  define(vscode.commands, { registerCommand: (name, run) => ((commands[name] = run), { dispose() {} }) });
}

test("a text that is open has its findings, and the server ends with the extension", { timeout: 60_000 }, async () => {
  stand([process.env.CORPUSLINT ?? "corpuslint", "server"]);
  const diagnostics = new Promise((resolve) => (arrived = resolve));
  await extension.activate({ subscriptions: [] });
  const codes = (await diagnostics).map(({ code }) => code?.value ?? code);
  assert.ok(codes.includes("PUN001") && codes.includes("ART001"), String(codes));
  assert.deepEqual(Object.keys(commands), ["corpuslint.restart"]);
  await extension.deactivate();
  assert.deepEqual(errors, []);
});

test("a program that is not there is named, with what to do", async () => {
  stand([join(folder, "nowhere"), "server"]);
  await extension.activate({ subscriptions: [] });
  assert.match(errors.join("\n"), /nowhere did not start: .*pip install '\.\[lsp\]'/s);
  await extension.deactivate();
});
