// Starts the server and hands the editor over to it. Everything else is the server's.
import { type ExtensionContext, languages, window, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { inlineCompletions } from './inline-completion';

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const [command, ...args] = workspace
    .getConfiguration('vouchServer')
    .get<string[]>('command', ['vouch', '--stdio']);
  if (!command) return;
  const server: ServerOptions = { command, args };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: 'file' }, { scheme: 'untitled' }],
  };
  client = new LanguageClient('vouch', 'vouch', server, options);
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      `vouch could not be started: ${reason}. Set "vouchServer.command" to the program and its parameters.`,
    );
    return;
  }
  context.subscriptions.push(
    languages.registerInlineCompletionItemProvider([{ scheme: 'file' }], inlineCompletions(client)),
  );
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
