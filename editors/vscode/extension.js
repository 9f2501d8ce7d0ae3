// Starts `corpuslint server` for texts and hands it to VS Code; everything else is the server's.
const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const [command, ...args] = workspace.getConfiguration("corpuslint").get("command");
  const files = workspace.createFileSystemWatcher("**/{corpuslint*.toml,pyproject.toml,*.meta.json}");
  // the server runs Python of a pack only where it was started in the workspace
  const cwd = workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient(
    "corpuslint",
    "corpuslint",
    { command, args, options: { cwd } },
    { documentSelector: [{ language: "plaintext" }], synchronize: { fileEvents: files } },
  );
  try {
    await client.start();
  } catch (error) {
    const remedy = "Install it with `pip install '.[lsp]'`, or set corpuslint.command to where it is.";
    window.showErrorMessage(`corpuslint: ${command} did not start: ${error.message}. ${remedy}`);
  }
}

async function deactivate() {
  await client?.stop().catch(() => {});
}

async function activate(context) {
  const restart = async () => {
    await deactivate();
    await start();
  };
  context.subscriptions.push(
    commands.registerCommand("corpuslint.restart", restart),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("corpuslint") && restart()),
  );
  await start();
}

module.exports = { activate, deactivate };
